//! Jobs that work through events from WAHA, and read back what was missed.

pub(crate) mod doubts;
pub(crate) mod groups;
pub(crate) mod inbound;
pub(crate) mod lids;
pub(crate) mod received;
pub(crate) mod recovery;
