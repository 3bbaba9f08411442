//! What the relay reads and writes: which lanes and queues have work, and its release into Redis.
//!
//! Releasing is the first half of a hand-over: the row says `released`, then Redis is told. If we die in between,
//! [`System::released_in`] shows the difference and the relay tells Redis again.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::jobs::Queue;
use wahana_domain::lanes::{LaneState, Used};
use wahana_domain::messages::Class;
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_domain::{JobId, NodeId, OrganizationId, SessionId};

use super::{SystemLanes, TenantLanes};
use crate::StoreError;

/// What decides the pace of a lane now.
#[derive(Clone, Debug)]
pub struct LaneFacts {
    /// The session, which is the lane.
    pub session: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The WAHA server it is placed on.
    pub node: NodeId,
    /// What its own pace is decided by.
    pub state: LaneState,
    /// Why it is parked.
    pub park_code: Option<String>,
    /// Most messages per minute of all lanes of the organization together; `None` is no limit.
    pub plan_per_minute: Option<u32>,
    /// Most messages per minute of all lanes on the node together; `None` is no limit.
    pub node_per_minute: Option<u32>,
    /// Whether a running campaign has people left for this sender.
    pub has_recipients: bool,
    /// Whether a running campaign of this sender has a rate or a window of its own.
    pub paced_campaigns: bool,
    /// How many turns its organization gets for one of another with weight 1: that of its plan.
    pub weight: u32,
}

/// A job that the relay hands to Redis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Released {
    /// The job.
    pub job: JobId,
    /// The lane it goes to.
    pub lane: SessionId,
    /// Which of the lane's two lines.
    pub class: Class,
}

/// What one step around the organizations of a plain queue released.
#[derive(Clone, Debug, Default)]
pub struct PlainTurn {
    /// The jobs.
    pub jobs: Vec<JobId>,
    /// Where the ring goes on; `None` when it went all around.
    pub last: Option<OrganizationId>,
}

/// How much room a lane's line has in Redis.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The lane.
    pub lane: SessionId,
    /// Which line.
    pub class: Class,
    /// Jobs that fit.
    pub jobs: u32,
}

struct FactsRow {
    id: SessionId,
    organization_id: OrganizationId,
    node_id: NodeId,
    desired: Desired,
    status: SessionStatus,
    policy: serde_json::Value,
    paused: bool,
    parked_until: Option<DateTime<Utc>>,
    bulk_parked_until: Option<DateTime<Utc>>,
    park_code: Option<String>,
    quarters: Vec<DateTime<Utc>>,
    sent: Vec<i32>,
    bulk: Vec<i32>,
    new_chats: Vec<i32>,
    warm_up_from: Option<DateTime<Utc>>,
    plan_per_minute: Option<i32>,
    node_per_minute: Option<i32>,
    has_recipients: bool,
    paced_campaigns: bool,
    weight: i32,
}

impl FactsRow {
    fn facts(self) -> Result<LaneFacts, StoreError> {
        let count = |n: Option<&i32>| n.map_or(0, |n| (*n).max(0) as u32);
        let used = |(at, quarter): (usize, DateTime<Utc>)| Used {
            quarter,
            sent: count(self.sent.get(at)),
            bulk: count(self.bulk.get(at)),
            new_chats: count(self.new_chats.get(at)),
        };
        Ok(LaneFacts {
            session: self.id,
            organization: self.organization_id,
            node: self.node_id,
            state: LaneState {
                policy: serde_json::from_value(self.policy)?,
                desired: self.desired,
                status: self.status,
                paused: self.paused,
                parked_until: self.parked_until,
                bulk_parked_until: self.bulk_parked_until,
                usage: self.quarters.into_iter().enumerate().map(used).collect(),
                warm_up_from: self.warm_up_from,
            },
            park_code: self.park_code,
            plan_per_minute: self.plan_per_minute.map(|n| n.max(1) as u32),
            node_per_minute: self.node_per_minute.map(|n| n.max(1) as u32),
            has_recipients: self.has_recipients,
            paced_campaigns: self.paced_campaigns,
            weight: self.weight.max(1) as u32,
        })
    }
}

impl TenantLanes<'_> {
    /// What decides the pace of these lanes now; to tell people what a message waits for.
    pub async fn facts(self, sessions: &[SessionId]) -> Result<Vec<LaneFacts>, StoreError> {
        let facts = self.tenant.store.system().lanes().facts(sessions).await?;
        Ok(facts.into_iter().filter(|f| f.organization == self.tenant.organization()).collect())
    }
}

impl SystemLanes<'_> {
    /// What decides the pace of these lanes now. Sessions that do not exist are left out.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select sessions", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select sessions", db.collection.name = "sessions"))]
    pub async fn facts(self, sessions: &[SessionId]) -> Result<Vec<LaneFacts>, StoreError> {
        let ids: Vec<Uuid> = sessions.iter().map(|s| s.0).collect();
        let rows =
            sqlx::query_file_as!(FactsRow, "src/jobs/lane_facts.sql", &ids, self.system.store.clock().now())
                .fetch_all(self.system.store.pool())
                .await?;
        rows.into_iter().map(FactsRow::facts).collect()
    }

    /// Whose these lanes are. Sessions that do not exist are left out.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select sessions", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select sessions", db.collection.name = "sessions"))]
    pub async fn owners(self, lanes: &[SessionId]) -> Result<Vec<(SessionId, OrganizationId)>, StoreError> {
        let ids: Vec<Uuid> = lanes.iter().map(|s| s.0).collect();
        let rows = sqlx::query!(
            r#"select id as "id: SessionId", organization_id as "organization: OrganizationId"
               from sessions
               where id = any($1)"#,
            &ids,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|r| (r.id, r.organization)).collect())
    }

    /// Lanes whose jobs became due after `since`.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select jobs", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select jobs", db.collection.name = "jobs"))]
    pub async fn due(self, since: DateTime<Utc>) -> Result<Vec<SessionId>, StoreError> {
        let lanes = sqlx::query_scalar!(
            r#"select distinct lane as "lane!: SessionId" from jobs
               where state = 'pending' and lane is not null and run_at > $1 and run_at <= $2"#,
            since,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(lanes)
    }

    /// How many due jobs would go into each of these rooms.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select jobs", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select jobs", db.collection.name = "jobs"))]
    pub async fn due_in(self, rooms: &[Room]) -> Result<Vec<u32>, StoreError> {
        let lanes: Vec<Uuid> = rooms.iter().map(|r| r.lane.0).collect();
        let classes: Vec<Class> = rooms.iter().map(|r| r.class).collect();
        let counts: Vec<i32> = rooms.iter().map(|r| r.jobs as i32).collect();
        let due = sqlx::query_scalar!(
            r#"select (
                   select count(*)
                   from (
                       select 1
                       from jobs j
                       where j.lane = room.lane and j.class = room.class and j.state = 'pending'
                         and j.run_at <= $4
                       limit room.jobs
                   ) x
               ) as "due!"
               from unnest($1::uuid[], $2::message_class[], $3::int[]) with ordinality
                   as room (lane, class, jobs, n)
               order by n"#,
            &lanes,
            &classes as &[Class],
            &counts,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(due.into_iter().map(|n| u32::try_from(n).unwrap_or(0)).collect())
    }

    /// Every lane that has due jobs: one look per session, however many jobs there are.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select jobs", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select jobs", db.collection.name = "jobs"))]
    pub async fn with_due_jobs(self) -> Result<Vec<SessionId>, StoreError> {
        let lanes = sqlx::query_scalar!(
            r#"select s.id as "id: SessionId"
               from sessions s
               where exists (
                   select 1
                   from jobs j
                   where j.lane = s.id and j.class = 'transactional' and j.state = 'pending'
                     and j.run_at <= $1
               )
                  or exists (
                      select 1
                      from jobs j
                      where j.lane = s.id and j.class = 'bulk' and j.state = 'pending' and j.run_at <= $1
                  )"#,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(lanes)
    }

    /// Releases due jobs into the room their lanes have, oldest first. Jobs of paused campaigns stay.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "release jobs", db.system.name = "postgresql", db.operation.name = "release",
        db.query.summary = "release jobs", db.collection.name = "jobs"))]
    pub async fn release(self, rooms: &[Room]) -> Result<Vec<Released>, StoreError> {
        let lanes: Vec<Uuid> = rooms.iter().map(|r| r.lane.0).collect();
        let classes: Vec<Class> = rooms.iter().map(|r| r.class).collect();
        let counts: Vec<i32> = rooms.iter().map(|r| r.jobs as i32).collect();
        let released = sqlx::query_file_as!(
            Released,
            "src/jobs/release_lane_jobs.sql",
            &lanes,
            &classes as &[Class],
            &counts,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(released)
    }

    /// Releases due jobs of a plain queue: of each organization its share, going around them in the order of their ids.
    /// `after` is where the last call ended. A call costs what it releases and a look per organization, not what waits.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "release jobs", db.system.name = "postgresql", db.operation.name = "release",
        db.query.summary = "release jobs", db.collection.name = "jobs"))]
    pub async fn release_plain(
        self,
        queue: Queue,
        after: Option<OrganizationId>,
        limit: u32,
    ) -> Result<PlainTurn, StoreError> {
        let rows = sqlx::query_file!(
            "src/jobs/release_plain_jobs.sql",
            queue.as_str(),
            after.map_or(Uuid::nil(), |organization| organization.0),
            limit as i32,
            self.system.store.clock().now(),
        )
        .fetch_one(self.system.store.pool())
        .await?;
        Ok(PlainTurn { jobs: rows.jobs.into_iter().map(JobId).collect(), last: rows.last })
    }

    /// How many jobs of each lane are released: to compare with what Redis holds.
    pub async fn released_per_lane(self) -> Result<Vec<(SessionId, i64)>, StoreError> {
        let rows = sqlx::query!(
            r#"select lane as "lane!: SessionId", count(*) as "n!"
               from jobs
               where state = 'released' and lane is not null
               group by lane"#
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|r| (r.lane, r.n)).collect())
    }

    /// When the oldest job was released that stands in each of these lanes and has not started.
    pub async fn oldest_released(
        self,
        lanes: &[SessionId],
    ) -> Result<Vec<(SessionId, DateTime<Utc>)>, StoreError> {
        let ids: Vec<Uuid> = lanes.iter().map(|s| s.0).collect();
        let rows = sqlx::query!(
            r#"select lane as "lane!: SessionId", min(released_at) as "since!" from jobs
               where state = 'released' and released_at is not null and lane = any($1) group by lane"#,
            &ids,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|row| (row.lane, row.since)).collect())
    }

    /// Since when the oldest job of each plain queue is due that has not started; held queues are left out.
    pub async fn oldest_due_plain(self) -> Result<Vec<(Queue, DateTime<Utc>)>, StoreError> {
        let rows = sqlx::query!(
            r#"select queue, min(run_at) as "since!"
               from jobs
               where lane is null
                 and state in ('pending', 'released')
                 and run_at <= $1
                 and not exists (select 1 from queue_holds h where coalesce(h.queue, jobs.queue) = jobs.queue)
               group by queue"#,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().filter_map(|row| Some((Queue::plain(&row.queue)?, row.since))).collect())
    }

    /// The released jobs of these lanes.
    pub async fn released_in(self, lanes: &[SessionId]) -> Result<Vec<Released>, StoreError> {
        let ids: Vec<Uuid> = lanes.iter().map(|s| s.0).collect();
        let released = sqlx::query_as!(
            Released,
            r#"select id as "job: JobId", lane as "lane!: SessionId", class as "class: Class" from jobs
               where state = 'released' and lane = any($1) order by released_at, id"#,
            &ids,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(released)
    }

    /// Takes back what was released to Redis before `before`, after Redis lost it. Lanes go through
    /// [`System::released_in`]; plain jobs, whose copies in Redis cannot be told apart, go back to `pending`.
    pub async fn unrelease_plain(self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let done = sqlx::query!(
            "update jobs
             set state = 'pending', released_at = null
             where state = 'released' and lane is null and released_at < $1",
            before,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(done.rows_affected())
    }
}
