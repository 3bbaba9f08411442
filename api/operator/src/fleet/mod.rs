//! WAHA servers.

pub(crate) mod moves;
pub(crate) mod nodes;
