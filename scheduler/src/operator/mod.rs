//! What operators see: figures, gauges, the heartbeat.

pub(crate) mod figures;
pub(crate) mod gauges;
pub(crate) mod heartbeat;
