//! Deletes files that nothing refers to, and bytes that no file has. A round does a bounded part of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use wahana_domain::MediaId;

use crate::{RoundError, Scheduler, every};

const ROUND: Duration = Duration::from_secs(60);
/// How long a preparation is kept that nothing needs: its file can be looked at meanwhile.
const KEEP_PREPARATIONS: TimeDelta = TimeDelta::days(2);

struct Files {
    scheduler: Scheduler,
    /// Where the look at old files goes on.
    after: Option<MediaId>,
}

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let mut files = Files { scheduler, after: None };
    every("files", ROUND, shutdown, async move || files.round().await).await;
}

impl Files {
    async fn round(&mut self) -> Result<(), RoundError> {
        let Scheduler { store, options, .. } = &self.scheduler;
        let (system, now) = (store.system(), store.clock().now());
        system.media().forget_preparations(now - KEEP_PREPARATIONS).await?;
        let (files, next) = system.media().forget_unused(before(now, options.keep_media), self.after).await?;
        self.after = next;
        let contents = system.media().forget_content().await?;
        if files + contents > 0 {
            metrics::counter!("media_deleted_total").increment(contents);
            tracing::info!(files, contents, "deleted files that nothing refers to");
        }
        Ok(())
    }
}

fn before(now: DateTime<Utc>, keep: Duration) -> DateTime<Utc> {
    now - TimeDelta::from_std(keep).unwrap_or(TimeDelta::days(365))
}
