//! What changed, as a stream.

pub(crate) mod hints;
pub(crate) mod stream;
