//! What everybody must know about a kind of job, on one screen.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Retry;

/// A kind of job. The constants are all an operator needs to know; the fields are ids.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The persisted name. Never rename it: add the old one to `ALIASES`.
    const NAME: &'static str;
    /// Names that earlier versions wrote.
    const ALIASES: &'static [&'static str] = &[];
    /// Where it waits.
    const QUEUE: Queue;
    /// How long one attempt may take before it counts as lost.
    const TIMEOUT: Duration;
    /// When it is tried again, and how often.
    const RETRY: Retry;

    /// While a job with this key waits, asking again changes nothing.
    fn dedup_key(&self) -> Option<String> {
        None
    }
}

/// Where jobs wait for a worker.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Queue {
    /// The paced line of a session; one lane per session.
    Lanes,
    /// What WAHA told us.
    Inbound,
    /// Commands to WAHA about sessions.
    Sessions,
    /// Looking for lost answers and other repairs.
    Maintenance,
}

impl Queue {
    /// Every queue.
    pub const ALL: [Self; 4] = [Self::Lanes, Self::Inbound, Self::Sessions, Self::Maintenance];
    /// The queues without pace: a job there runs as soon as a worker is free.
    pub const PLAIN: [Self; 3] = [Self::Inbound, Self::Sessions, Self::Maintenance];

    /// The name in SQL, Redis and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lanes => "lanes",
            Self::Inbound => "inbound",
            Self::Sessions => "sessions",
            Self::Maintenance => "maintenance",
        }
    }
}
