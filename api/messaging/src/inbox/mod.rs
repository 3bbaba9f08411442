//! Conversations, and where WAHA reports.

pub(crate) mod batch;
pub(crate) mod conversations;
pub(crate) mod inbound;
