//! The metrics of this crate. Labels are kinds and names of queues, never tenants or ids.

use metrics::{counter, gauge};

pub(crate) const LANES: &str = "lanes";

pub(crate) fn claimed(queue: &'static str, jobs: usize) {
    counter!("queue_claims_total", "queue" => queue).increment(jobs as u64);
}

/// `outcome`: drop, again, park, late (the lease was gone), abandoned (shutdown came first).
pub(crate) fn settled(queue: &'static str, outcome: &'static str) {
    counter!("queue_settles_total", "queue" => queue, "outcome" => outcome).increment(1);
}

/// Counts expired leases that were taken back from workers.
pub(crate) fn leases_expired(jobs: u64) {
    counter!("queue_leases_expired_total").increment(jobs);
}

/// Counts leases that running jobs of this process lost.
pub(crate) fn lease_lost() {
    counter!("queue_leases_lost_total").increment(1);
}

pub(crate) fn redis_error(queue: &'static str, operation: &'static str) {
    counter!("queue_redis_errors_total", "queue" => queue, "operation" => operation).increment(1);
}

pub(crate) fn panicked(queue: &'static str) {
    counter!("queue_handler_panics_total", "queue" => queue).increment(1);
}

pub(crate) fn undecodable(queue: &'static str) {
    counter!("queue_undecodable_total", "queue" => queue).increment(1);
}

pub(crate) fn worker_restarted(queue: &'static str) {
    counter!("queue_worker_restarts_total", "queue" => queue).increment(1);
}

pub(crate) fn depth(queue: &'static str, jobs: u64) {
    gauge!("queue_depth", "queue" => queue).set(jobs as f64);
}
