//! People, and whom not to write to.

pub mod batches;
pub mod consents;
mod contact;
mod export;
pub mod number_checks;
pub mod people;
pub mod suppressions;

pub use contact::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Contacts, of one organization.
    TenantContacts = Tenant::contacts;
    /// Consent to bulk messages, of all organizations.
    SystemConsents = System::consents;
    /// Consent to bulk messages, of one organization.
    TenantConsents = Tenant::consents;
    /// People and their identities, of all organizations.
    SystemPeople = System::people;
    /// People and their identities, of one organization.
    TenantPeople = Tenant::people;
    /// People who must not be written to, of one organization.
    TenantSuppressions = Tenant::suppressions;
    /// Checks whether a number has WhatsApp, of all organizations.
    SystemNumberChecks = System::number_checks;
    /// Checks whether a number has WhatsApp, of one organization.
    TenantNumberChecks = Tenant::number_checks;
}
