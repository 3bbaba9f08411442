//! Queues of jobs that may run now, and their workers. The only crate that names apalis or redis.
//!
//! Postgres is the source of truth; Redis holds ids of released jobs and nothing that cannot be released
//! again. A handler that finishes leaves nothing behind here. Retries, backoff and dead letters are decided
//! by the caller in Postgres; this crate delivers at least once, so a handler takes its fence in Postgres
//! before it acts.
//!
//! - [`Queue`] is the connection; `lane_*` and `plain_*` are the producers' side.
//! - A **lane** is the paced queue of one WhatsApp session: own apalis backend, see [`lanes`] and
//!   [`run_lanes`].
//! - A **plain queue** has no pacing: apalis-redis with workarounds, see [`plain`] and [`run_plain`].
//!
//! It must never store a body, decide about a retry, or let a Redis error reach a handler.

mod connection;
mod error;
pub mod lanes;
mod measure;
pub mod plain;
mod rates;
mod runtime;
mod slots;

pub use connection::{Epoch, Queue};
pub use error::QueueError;
pub use lanes::{
    Breaks, Class, LaneDepth, LaneId, LaneView, LaneWorkerOpts, Pace, Park, Settled, WaitingFor, run_lanes,
};
pub use plain::{PlainWorkerOpts, run_plain};
pub use rates::{Allowed, Ask, Rate};
pub use runtime::{Claim, JobId};
pub use slots::{MAX_SLOTS, Resting, Slots};
