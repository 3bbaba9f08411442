//! WAHA servers.

pub(crate) mod nodes;
