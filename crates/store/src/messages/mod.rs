//! Messages: accepting, sending, and finding out what became of a send.

pub(crate) mod accepting;
pub mod batches;
mod lost_leases;
pub mod media;
mod message;
pub(crate) mod replies;
pub mod resolving;
pub mod sending;

pub use message::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Messages, of all organizations.
    SystemMessages = System::messages;
    /// Messages, of one organization.
    TenantMessages = Tenant::messages;
    /// Files, of all organizations.
    SystemMedia = System::media;
    /// Files, of one organization.
    TenantMedia = Tenant::media;
}
