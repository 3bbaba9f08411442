//! Lanes: one paced line per WhatsApp session, hi before lo.
//!
//! A lane runs a job when its pace allows: zsets of lanes scored by the next allowed ms (Redis's clock), claim and
//! lease in one script. A lane that may not run (no budget, window closed, too much in flight) leaves its zset and
//! costs nothing until a settle or a new [`Pace`] puts it back. Where lanes of several organizations may run, those take
//! turns (docs/adr/0009). Layout of the keys: `lua/lib.lua`.
//!
//! `producer.rs` fills and steers lanes, `worker.rs` runs them; `claims.rs` (fetch), `leases.rs` (hold, settle), `settler.rs` (in groups),
//! `keeper.rs` (renew, give back), `wake.rs` (pub/sub) and `backend.rs` (apalis) are its parts.

mod backend;
mod claims;
mod keeper;
mod leases;
mod producer;
pub(crate) mod scripts;
mod settler;
mod types;
mod wake;
mod worker;

pub use types::{Breaks, Class, LaneDepth, LaneId, LaneView, Pace, Park, Settled, WaitingFor};
pub use worker::{LaneWorkerOpts, run_lanes};
