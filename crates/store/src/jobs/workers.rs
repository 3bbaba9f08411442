//! Processes that work: each says every few seconds that it lives, how busy it is and whether it sees Redis, and hears
//! how much it should run. Schedulers do the same, without slots.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use wahana_domain::jobs::{Queue, QueueCode, WorkerRole, WorkerRoleCode};

use super::SystemWorkers;
use crate::StoreError;

/// A worker that was not heard of for so long counts as lost; its leases run out on their own.
pub const LOST_AFTER: TimeDelta = TimeDelta::seconds(15);
/// What is known of lost workers is thrown away after this time.
const FORGET_AFTER: TimeDelta = TimeDelta::hours(1);

/// The slots of one queue in one process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotUse {
    /// Jobs it may run at once.
    pub most: usize,
    /// Jobs that run.
    pub running: usize,
}

/// A process.
#[derive(Clone, Debug)]
pub struct Worker {
    /// Its name in jobs and attempts.
    pub owner: String,
    /// What it does.
    pub role: WorkerRoleCode,
    /// The machine.
    pub host: String,
    /// The version of its binary.
    pub version: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last heard of.
    pub seen_at: DateTime<Utc>,
    /// Whether it finishes what runs and takes nothing more.
    pub draining: bool,
    /// The kinds of files that it converts to, for example `voice`.
    pub converts: Vec<String>,
    /// By queue.
    pub slots: Json<BTreeMap<QueueCode, SlotUse>>,
    /// Why Redis does not answer it; `None` while it does.
    pub redis_error: Option<String>,
    /// Since when that is so; the database says it.
    pub redis_since: DateTime<Utc>,
}

impl Worker {
    /// Whether it was not heard of for too long.
    pub fn is_lost(&self, now: DateTime<Utc>) -> bool {
        now - self.seen_at > LOST_AFTER
    }
}

impl SystemWorkers<'_> {
    /// Notes that this worker lives. Returns the slots that operators set, by queue.
    pub async fn beat(self, worker: &Worker) -> Result<BTreeMap<Queue, usize>, StoreError> {
        let rows = sqlx::query!(
            r#"with beat as (
                   insert into workers as w (
                       owner, role, host, version, started_at, seen_at, draining, slots, redis_error,
                       redis_since, converts
                   )
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6, $10)
                   on conflict (owner) do update set
                       seen_at = $6, draining = $7, slots = $8, redis_error = $9, converts = $10,
                       redis_since = case
                                         when (w.redis_error is null) = ($9::text is null) then w.redis_since
                                         else $6
                                     end
               )
               select target, slots as "slots!"
               from controls
               where scope = 'queue' and slots is not null"#,
            worker.owner,
            worker.role.as_str(),
            worker.host,
            worker.version,
            worker.started_at,
            self.system.store.clock().now(),
            worker.draining,
            Json(&worker.slots.0) as _,
            worker.redis_error.as_deref(),
            &worker.converts,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let known = |name: &str| name.parse::<Queue>().ok();
        Ok(rows.iter().filter_map(|row| Some((known(&row.target)?, row.slots.max(0) as usize))).collect())
    }

    /// A worker ended in good order.
    pub async fn forget(self, owner: &str) -> Result<(), StoreError> {
        sqlx::query!("delete from workers where owner = $1", owner).execute(self.system.store.pool()).await?;
        Ok(())
    }

    /// Throws away what is known of workers that were lost long ago.
    pub async fn forget_lost(self) -> Result<(), StoreError> {
        let before = self.system.store.clock().now() - FORGET_AFTER;
        sqlx::query!("delete from workers where seen_at < $1", before)
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }

    /// Every worker process, oldest first, lost ones included.
    pub async fn list(self) -> Result<Vec<Worker>, StoreError> {
        let mut processes = self.processes().await?;
        processes.retain(|process| process.role.is(WorkerRole::Worker));
        Ok(processes)
    }

    /// Every process that says that it lives, oldest first, lost ones included.
    pub async fn processes(self) -> Result<Vec<Worker>, StoreError> {
        Ok(sqlx::query_as!(
            Worker,
            r#"select owner, role, host, version, started_at, seen_at, draining,
                      slots as "slots: Json<BTreeMap<QueueCode, SlotUse>>", redis_error, redis_since,
                      coalesce(converts, '{}') as "converts!"
               from workers
               order by started_at, owner"#
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }
}
