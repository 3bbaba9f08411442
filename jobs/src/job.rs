//! What everybody must know about a kind of job, on one screen.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wahana_domain::jobs::Queue;

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
