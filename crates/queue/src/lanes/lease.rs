//! The identity of a lease. It must never say who holds it or until when.

use super::types::LaneId;
use crate::JobId;

/// Identifies a lease: enough to renew or end it.
#[derive(Clone, Debug)]
pub(super) struct LeaseHandle {
    pub lane: LaneId,
    pub job: JobId,
    pub token: String,
}
