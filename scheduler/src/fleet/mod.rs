//! Sessions leave nodes that are drained or dead.

pub(crate) mod draining;
