//! Jobs about imports.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wahana_domain::ImportId;
use wahana_domain::jobs::Queue;

use crate::{Job, Retry};

/// Check an import, run it or take it back, as its row says. A worker that takes over goes on where the last one stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunImport {
    /// The import.
    pub import: ImportId,
}

impl Job for RunImport {
    const NAME: &'static str = "run_import";
    const QUEUE: Queue = Queue::Imports;
    const TIMEOUT: Duration = Duration::from_secs(3600);
    const RETRY: Retry = Retry { attempts: 5, base: Duration::from_secs(2), cap: Duration::from_secs(300) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("import:{}", self.import))
    }
}
