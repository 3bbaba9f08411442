//! People, and whom not to write to.

pub mod batches;
mod contact;
pub mod number_checks;
pub mod people;
pub mod suppressions;

pub use contact::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Contacts, of one organization.
    TenantContacts = Tenant::contacts;
    /// Who is behind a chat, of all organizations.
    SystemPeople = System::people;
    /// Who is behind a chat, of one organization.
    TenantPeople = Tenant::people;
    /// People who must not be written to, of one organization.
    TenantSuppressions = Tenant::suppressions;
    /// Checks whether a number has WhatsApp, of all organizations.
    SystemNumberChecks = System::number_checks;
    /// Checks whether a number has WhatsApp, of one organization.
    TenantNumberChecks = Tenant::number_checks;
}
