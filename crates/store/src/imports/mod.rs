//! Imports of lists of people: the waiting file, its run, its refused lines, and how it is taken back.

mod file;
mod import;
mod rejects;
mod running;
mod undo;

pub use import::*;
pub use running::{Claimed, ImportBatch};

use crate::db::scope::{Tenant, handles};

handles! {
    /// Imports, of one organization.
    TenantImports = Tenant::imports;
}
