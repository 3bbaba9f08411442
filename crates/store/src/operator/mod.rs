//! What operators see and do across all organizations.

pub mod controls;
pub mod figures;
pub mod job_control;
pub mod lanes;
pub mod overview;
pub mod queue_history;
pub mod restores;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// What operators hold or resize.
    SystemControls = System::controls;
    /// Counts over all organizations.
    SystemOverview = System::overview;
    /// Queue figures per minute.
    SystemQueueHistory = System::queue_history;
    /// Restoring a backup.
    SystemRestores = System::restores;
    /// Retrying and cancelling single jobs, of all organizations.
    SystemJobControl = System::job_control;
    /// Retrying and cancelling single jobs, of one organization.
    TenantJobControl = Tenant::job_control;
}
