//! Plain queues: jobs that run at once (webhooks, inbound events, mails, exports, ...), on apalis-redis 1.0.
//!
//! apalis-redis is used behind these guard rails, each against a defect that was reproduced:
//! - own poll timer: the built-in strategies lose their waker and sleep up to 30 s;
//! - `lock_tasks(false)` (else O(queue length) per job), `emit_events(false)`, `persist_results(true)` (else no ack);
//! - payload bytes that always decode; what is no job goes to a dead list (else the worker dies, again and again);
//! - an ack channel with room for every running job: the default one blocks a graceful stop for ever;
//! - at most 2,000 waiting, enforced at the push (more than 8,000 due jobs wedge the queue for good);
//! - a worker dies on every Redis error: a new one with a new name follows, the handlers run on (own tasks), and
//!   `shifts.rs` keeps the dead worker's jobs from running twice and acks what its death left unacked;
//! - batch 1: a worker that holds fetched jobs it cannot start sends no heartbeat and is taken for dead;
//! - a fetch that is under way when the last slot is taken must be polled on (`watched.rs`): until its end there are no
//!   heartbeats, and the worker's jobs would be given to others;
//! - what refuses a push of a job that waits (apalis' idempotency key) goes when the job is taken, before the fence: left
//!   until the job's end, it would refuse a release during the work, and nobody would bring that for a minute;
//! - finished jobs are never removed: `janitor.rs` does it;
//! - handlers always answer `Ok`: apalis's own retry is off.

mod janitor;
mod producer;
mod shifts;
mod storage;
mod watched;
mod worker;

pub use worker::{PlainWorkerOpts, run_plain};
