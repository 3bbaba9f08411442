//! Events from WAHA, conversations, LIDs.

pub mod conversations;
pub mod doubts;
pub mod inbound;
pub mod inbound_work;
pub mod lids;
pub mod message_changes;
mod opt_outs;
pub mod recovery;
mod seen;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Events from WAHA, of all organizations.
    SystemInbox = System::inbox;
    /// Conversations, of one organization.
    TenantConversations = Tenant::conversations;
    /// LIDs whose number is asked for, of all organizations.
    SystemLids = System::lids;
}
