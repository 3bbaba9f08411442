//! Jobs about files.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wahana_domain::MediaPreparationId;
use wahana_domain::jobs::Queue;

use crate::{Job, Retry};

/// Fetch or convert a file, so that the messages that wait for it can be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrepareMedia {
    /// What is to be made ready.
    pub preparation: MediaPreparationId,
}

impl Job for PrepareMedia {
    const NAME: &'static str = "prepare_media";
    const QUEUE: Queue = Queue::Media;
    /// A fetch and a conversion, each within its own limit.
    const TIMEOUT: Duration = Duration::from_secs(240);
    const RETRY: Retry = Retry { attempts: 4, base: Duration::from_secs(2), cap: Duration::from_secs(60) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("media:{}", self.preparation))
    }
}
