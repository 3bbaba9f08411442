//! Recorded work: what is due, what is released, what runs, what gave up.

pub mod dead_letters;
pub mod lane_limits;
pub mod relay;
pub mod release_due;
mod running;
pub mod search;
pub mod timeline;
pub(crate) mod withdraw;
pub mod workers;

pub use running::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Jobs, of all organizations.
    SystemJobs = System::jobs;
    /// Jobs, of one organization.
    TenantJobs = Tenant::jobs;
    /// Lanes: what is due, and what is released to Redis, of all organizations.
    SystemLanes = System::lanes;
    /// Lanes: what is due, and what is released to Redis, of one organization.
    TenantLanes = Tenant::lanes;
    /// Jobs that gave up, of all organizations.
    SystemDeadLetters = System::dead_letters;
    /// Jobs that gave up, of one organization.
    TenantDeadLetters = Tenant::dead_letters;
    /// Heartbeats of workers and schedulers, of all organizations.
    SystemWorkers = System::workers;
}
