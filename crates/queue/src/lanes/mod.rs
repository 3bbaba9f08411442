//! Lanes: one paced queue per WhatsApp session, class hi before lo.
//!
//! A lane runs a job when its pace allows: zsets of lanes scored by the next allowed ms (Redis's clock),
//! claim and lease in one script. A lane that may not run (no budget, window closed, too much in flight)
//! leaves its zset and costs nothing until a settle or a new [`Pace`] puts it back. Organizations whose lanes
//! may run take turns (docs/adr/0009). Layout of the keys: `lua/lib.lua`.
//!
//! `producer.rs` fills and controls lanes. `worker.rs` runs them; its parts are `claims.rs` (fetch),
//! `lease.rs` (identity), `leases.rs` (hold and settle), `settler.rs` (settle in groups),
//! `keeper.rs` (renew and give back), `wake.rs` (pub/sub) and `backend.rs` (apalis).

mod backend;
mod claims;
mod keeper;
mod lease;
mod leases;
mod producer;
pub(crate) mod scripts;
mod settler;
mod types;
mod wake;
mod worker;

pub use types::{Breaks, Class, LaneDepth, LaneId, LaneView, Pace, Park, Settled, WaitingFor};
pub use worker::{LaneWorkerOpts, run_lanes};
