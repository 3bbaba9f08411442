//! Plain queues: jobs without pacing (webhooks, inbound events, mails, exports, ...), on apalis-redis 1.0.
//!
//! Workarounds for defects of apalis-redis, each of which was reproduced:
//! - own poll timer: the built-in strategies lose their waker and sleep up to 30 s;
//! - `lock_tasks(false)` (else O(queue length) per job), `emit_events(false)`, `persist_results(true)` (else
//!   no ack);
//! - payload bytes that always decode; an entry that is not a job goes to a dead list (else every worker dies
//!   of it);
//! - an ack channel with room for every running job: the default one blocks a graceful stop for ever;
//! - at most 2,000 waiting, enforced at the push (more than 8,000 due jobs wedge the queue for good);
//! - a worker dies on every Redis error: a new one with a new name replaces it, handlers continue on their
//!   own tasks, and `incarnations.rs` prevents that jobs of the dead worker run twice, and acks those that
//!   finished;
//! - batch 1: a worker that holds fetched jobs which it cannot start sends no heartbeat and counts as dead;
//! - a fetch that is running when the last slot is taken must still be polled (`watched.rs`): until it ends
//!   there are no heartbeats, and the worker's jobs would be given to others;
//! - apalis' idempotency key, which refuses a second push of a waiting job, is deleted when the job is taken,
//!   before the fence: otherwise a release during the work would be refused, and repeated only after a
//!   minute;
//! - finished jobs are never removed: `janitor.rs` does it;
//! - handlers always answer `Ok`, which disables apalis's own retry.

mod incarnations;
mod janitor;
mod producer;
mod storage;
mod watched;
mod worker;

pub use worker::{PlainWorkerOpts, run_plain};
