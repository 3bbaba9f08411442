//! What every job needs of a worker: its lease, the statements it shares with others, the heartbeat.

pub(crate) mod heartbeat;
pub(crate) mod leases;
