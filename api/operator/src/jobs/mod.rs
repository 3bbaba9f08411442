//! Jobs, dead letters, lanes and queues.

pub(crate) mod dead_letters;
pub(crate) mod job;
pub(crate) mod lanes;
