//! Errors of producers. Workers never see them: they retry internally.

/// A failed call of [`crate::Queue`].
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// Redis answered with an error or did not answer within 5 s. Nothing may be assumed about the effect.
    #[error("redis: {0}")]
    Redis(#[from] redis::RedisError),
    /// The plain queue is full; further jobs must stay in Postgres (guard rail of apalis-redis 1.0: more than
    /// 8,000 due jobs would wedge it).
    #[error("queue {queue} is full: {depth} waiting")]
    Full {
        /// Name of the queue.
        queue: &'static str,
        /// Jobs waiting in it.
        depth: u64,
    },
    /// apalis-redis refused a push.
    #[error("apalis: {0}")]
    Apalis(String),
    /// An answer of our own scripts did not have the expected form (another version wrote the keys).
    #[error("unexpected content in redis: {0}")]
    Content(String),
}
