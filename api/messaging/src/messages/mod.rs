//! Sending, what waits, what became of it, files.

pub(crate) mod batches;
pub(crate) mod export;
pub(crate) mod lanes;
pub(crate) mod media;
pub(crate) mod message;
pub(crate) mod received_media;
pub(crate) mod send;
pub(crate) mod send_at;
pub(crate) mod view;
