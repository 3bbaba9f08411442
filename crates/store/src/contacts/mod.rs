//! People, and whom not to write to.

pub mod batches;
mod contact;
mod export;
pub mod number_checks;
pub mod suppressions;

pub use contact::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Contacts, of one organization.
    TenantContacts = Tenant::contacts;
    /// Numbers that must not be written to, of one organization.
    TenantSuppressions = Tenant::suppressions;
    /// Checks whether a number has WhatsApp, of all organizations.
    SystemNumberChecks = System::number_checks;
    /// Checks whether a number has WhatsApp, of one organization.
    TenantNumberChecks = Tenant::number_checks;
}
