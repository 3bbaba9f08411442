//! The kernel of the store: scopes, transactions, errors, paging, idempotency, the audit log, wakes. Knows no noun.

pub(crate) mod actor;
pub mod audit;
pub(crate) mod baseline;
pub(crate) mod batch;
pub(crate) mod errors;
pub mod idempotency;
pub(crate) mod interval;
pub(crate) mod keyring;
pub(crate) mod migrating;
pub(crate) mod paging;
pub(crate) mod scope;
pub(crate) mod spans;
pub(crate) mod tx;
pub(crate) mod wake;
pub(crate) mod within;

use scope::{System, Tenant, handles};

handles! {
    /// Idempotency keys, of all organizations.
    SystemIdempotency = System::idempotency;
    /// Idempotency keys, of one organization.
    TenantIdempotency = Tenant::idempotency;
    /// The audit log, of all organizations.
    SystemAudit = System::audit;
    /// The audit log, of one organization.
    TenantAudit = Tenant::audit;
}
