//! What an operator sees at a glance. Asked every second, so every question here has a bound that does not grow with the
//! number of jobs or messages.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use wahana_domain::SessionId;
use wahana_domain::jobs::{JobState, QueueCode};
use wahana_domain::sessions::SessionStatus;

use super::SystemOverview;
use crate::StoreError;

/// Jobs counted at most; more are told as "at least".
pub const COUNTED: i64 = 100_000;
/// How far back errors are counted.
pub const ERRORS_OF: TimeDelta = TimeDelta::minutes(15);
/// Usage is kept by quarters of an hour.
const QUARTER_SECONDS: i64 = 15 * 60;

/// Jobs of one queue in one state, of the [`COUNTED`] looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedJobs {
    /// The queue.
    pub queue: QueueCode,
    /// The state.
    pub state: JobState,
    /// How many.
    pub jobs: i64,
}

/// Failed attempts with one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedErrors {
    /// The code.
    pub code: String,
    /// How many.
    pub attempts: i64,
    /// When the last one ended.
    pub last: DateTime<Utc>,
}

/// A lane by name.
#[derive(Clone, Debug)]
pub struct LaneName {
    /// The session.
    pub session: SessionId,
    /// Its name.
    pub name: String,
    /// The name of the organization.
    pub organization: String,
    /// What WAHA last said of it.
    pub status: SessionStatus,
}

impl SystemOverview<'_> {
    /// Jobs by queue and state, of the first [`COUNTED`].
    pub async fn count_jobs(self) -> Result<Vec<CountedJobs>, StoreError> {
        Ok(sqlx::query_as!(
            CountedJobs,
            r#"select queue, state as "state!: JobState", count(*) as "jobs!"
               from (select queue, state from jobs limit $1) as counted
               group by 1, 2
               order by 1, 2"#,
            COUNTED,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Messages sent in this quarter of an hour, and when it began.
    pub async fn sent_this_quarter(self) -> Result<(i64, DateTime<Utc>), StoreError> {
        let now = self.system.store.clock().now();
        let began = now - TimeDelta::seconds(now.timestamp().rem_euclid(QUARTER_SECONDS));
        let began = DateTime::from_timestamp(began.timestamp(), 0).unwrap_or(began);
        let sent = sqlx::query_scalar!(
            r#"select coalesce(sum(u.sent), 0)::bigint as "sent!" from sessions s
               join session_usage u on u.session_id = s.id and u.quarter = $1"#,
            began,
        )
        .fetch_one(self.system.store.pool())
        .await?;
        Ok((sent, began))
    }

    /// Failed attempts of the last quarter of an hour by code, the most first.
    pub async fn recent_errors(self) -> Result<Vec<CountedErrors>, StoreError> {
        Ok(sqlx::query_as!(
            CountedErrors,
            r#"select coalesce(code, outcome) as "code!", count(*) as "attempts!", max(finished_at) as "last!"
               from attempts
               where finished_at > $1 and outcome <> 'done'
               group by 1
               order by 2 desc
               limit 12"#,
            self.system.store.clock().now() - ERRORS_OF,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// The names of these lanes.
    pub async fn lane_names(self, lanes: &[SessionId]) -> Result<Vec<LaneName>, StoreError> {
        let ids: Vec<Uuid> = lanes.iter().map(|lane| lane.0).collect();
        Ok(sqlx::query_as!(
            LaneName,
            r#"select s.id as "session: SessionId", s.name, o.name as organization,
                      s.status as "status: SessionStatus"
               from sessions s
               join organizations o on o.id = s.organization_id
               where s.id = any($1)"#,
            &ids,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }
}
