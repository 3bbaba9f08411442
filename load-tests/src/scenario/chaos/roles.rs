//! The processes that run, by their roles. It must never know how they are started or harmed.

use std::time::Duration;

/// The processes.
pub(super) const ROLES: [&str; 7] = ["api", "api", "scheduler", "scheduler", "worker", "worker", "worker"];
/// Duration of a lease.
pub(super) const LEASE: Duration = Duration::from_secs(10);

/// The name of process `n`, such as `worker-2`.
pub(super) fn name(n: usize) -> String {
    let nth = ROLES[..=n].iter().filter(|role| **role == ROLES[n]).count();
    format!("{}-{nth}", ROLES[n])
}
