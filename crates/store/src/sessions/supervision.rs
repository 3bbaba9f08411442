//! What the supervisor of sessions reads and writes: who is off, whose restart is due, who is not heard any more.
//!
//! Every step is taken under the session's row lock and noted in its timeline with the job it causes, so that several
//! supervisors act once and people see what was tried.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::health::{Health, Trouble, TroubleCode};
use wahana_domain::sessions::{SessionSignal, SessionStatus};
use wahana_domain::{NodeId, OrganizationId, SessionId};
use wahana_jobs::{RecoverEvents, RestartSession};

use super::SystemSessions;
use crate::sessions::signals::note;
use crate::{Enqueue, StoreError, Tx};

/// Sessions looked at in one round.
const ROUND: i64 = 200;
/// The window of the restart budget.
const BUDGET_WINDOW: TimeDelta = TimeDelta::minutes(10);
/// When a session that found the budget used up asks again.
const BUDGET_AGAIN: TimeDelta = TimeDelta::seconds(30);
/// So long a session must work before its restarts are forgotten.
const CALM: TimeDelta = TimeDelta::minutes(10);
/// Restarts that did not help after which its owner is told.
const EXHAUSTED: u32 = 8;

/// A session that should be restarted.
#[derive(Clone, Debug)]
pub struct Ill {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The node it lives on.
    pub node: NodeId,
    /// What WAHA last said.
    pub status: SessionStatus,
    /// What is wrong although it works, if it does.
    pub trouble: Option<TroubleCode>,
    /// Restarts since it last worked for a while.
    pub restarts: u32,
}

/// What came of wanting to restart a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// Its job is recorded.
    Asked,
    /// Its node restarts no more sessions for now.
    NoBudget,
    /// Somebody else acted meanwhile.
    Moved,
}

impl SystemSessions<'_> {
    /// Sessions that should run and do not, or are deaf, and whose restart is due; not those that a person has to scan,
    /// nor those whose node is away. `stuck` is how long STARTING may last.
    pub async fn ill(self, stuck: Duration) -> Result<Vec<Ill>, StoreError> {
        let now = self.system.store.clock().now();
        let rows = sqlx::query!(
            r#"with off as (
                   select s.id
                   from sessions s
                   where s.desired = 'running' and s.status in ('starting', 'failed', 'unknown')
                     and (s.status = 'failed' or s.status_since < $2)
                   union all
                   select s.id
                   from sessions s
                   where s.trouble in ('deaf', 'unacked') and s.status = 'working' and s.desired = 'running'
               )
               select s.id as "session: SessionId", s.organization_id as "organization: OrganizationId",
                      s.node_id as "node: NodeId", s.status as "status: SessionStatus",
                      s.trouble as "trouble: TroubleCode", s.restart_attempts
               from off
               join sessions s on s.id = off.id
               join nodes n on n.id = s.node_id
               where s.needs_human_since is null and s.moving_to is null and n.health <> 'dead'
                 and (s.next_restart_at is null or s.next_restart_at <= $1)
               order by s.next_restart_at nulls first, s.id
               limit $3"#,
            now,
            now - span(stuck),
            ROUND,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|r| Ill {
                session: r.session,
                organization: r.organization,
                node: r.node,
                status: r.status,
                trouble: r.trouble,
                restarts: r.restart_attempts.max(0) as u32,
            })
            .collect())
    }

    /// Has a session restarted, if its node's budget allows: at most `budget` restarts in ten minutes. `pause` is how
    /// long the next one waits.
    pub async fn restart_ill(self, ill: &Ill, budget: u32, pause: Duration) -> Result<Restart, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        // The node's row is the lock of its budget; always taken before the session's.
        sqlx::query!("select id from nodes where id = $1 for no key update", ill.node.0)
            .fetch_optional(&mut *tx)
            .await?;
        let mine = sqlx::query!(
            "select trouble
             from sessions
             where id = $1 and desired = 'running' and status = $2 and restart_attempts = $3
               and (next_restart_at is null or next_restart_at <= $4)
             for update skip locked",
            ill.session.0,
            ill.status as SessionStatus,
            ill.restarts as i32,
            now,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if mine.is_none() {
            return Ok(Restart::Moved);
        }
        let used = sqlx::query_scalar!(
            r#"select count(*) as "n!" from node_restarts where node_id = $1 and at > $2"#,
            ill.node.0,
            now - BUDGET_WINDOW,
        )
        .fetch_one(&mut *tx)
        .await?;
        if used >= i64::from(budget) {
            let trouble = ill.trouble.clone().unwrap_or(Trouble::RestartBudget.into());
            set_trouble(&mut tx, ill.session, &trouble, now).await?;
            put_off(&mut tx, ill.session, 0, now + BUDGET_AGAIN).await?;
            if ill.trouble.is_none() {
                let detail = format!(
                    "it waits for its turn: its WAHA server restarts at most {budget} sessions in 10 minutes"
                );
                note(&mut tx, ill.session, SessionSignal::RestartBudget, &detail, now).await?;
            }
            tx.commit().await?;
            return Ok(Restart::NoBudget);
        }
        sqlx::query!(
            "insert into node_restarts (node_id, session_id, at) values ($1, $2, $3)",
            ill.node.0,
            ill.session.0,
            now
        )
        .execute(&mut *tx)
        .await?;
        if ill.restarts >= EXHAUSTED {
            set_trouble(&mut tx, ill.session, &Trouble::RestartsExhausted.into(), now).await?;
        }
        put_off(&mut tx, ill.session, 1, now + span(pause)).await?;
        let why = match (ill.trouble.as_ref().and_then(TroubleCode::known), ill.status) {
            (Some(trouble @ (Trouble::Deaf | Trouble::Unacked)), _) => trouble.as_str(),
            (_, SessionStatus::Failed) => "failed",
            (_, SessionStatus::Starting) => "stuck in starting",
            _ => "in a status that is not known",
        };
        let detail = format!("restarted because it is {why}; restart {} in a row", ill.restarts + 1);
        note(&mut tx, ill.session, SessionSignal::Restart, &detail, now).await?;
        tx.enqueue(Enqueue::now(ill.organization, RestartSession { session: ill.session })).await?;
        tx.commit().await?;
        Ok(Restart::Asked)
    }

    /// Forgets the restarts of sessions that work well again, and old lines of the budget.
    pub async fn forget_restarts(self) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        sqlx::query!(
            r#"update sessions set restart_attempts = 0, next_restart_at = null
               where restart_attempts > 0 and status = 'working' and status_since < $1 and trouble is null"#,
            now - CALM,
        )
        .execute(self.system.store.pool())
        .await?;
        sqlx::query!("delete from node_restarts where at < $1", now - BUDGET_WINDOW)
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }

    /// Notes which sessions wait for their node, and has those that come back with it read what they missed. Returns
    /// how many went and came.
    pub async fn follow_nodes(self) -> Result<(u64, u64), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let away = sqlx::query_scalar!(
            r#"update sessions s
               set trouble = 'node_away', trouble_since = $1
               from nodes n
               where n.id = s.node_id and n.health = 'dead' and s.desired = 'running'
                 and s.needs_human_since is null and (s.trouble is null or s.trouble <> 'node_away')
               returning s.id as "id: SessionId""#,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in &away {
            note(
                &mut tx,
                *session,
                SessionSignal::NodeAway,
                "its WAHA server does not answer; it waits for it",
                now,
            )
            .await?;
        }
        let back = sqlx::query!(
            r#"update sessions s set trouble = null, trouble_since = null, next_restart_at = null from nodes n
               where n.id = s.node_id and n.health = 'healthy' and s.trouble = 'node_away'
               returning s.id as "id: SessionId", s.organization_id as "organization: OrganizationId""#,
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in &back {
            note(
                &mut tx,
                session.id,
                SessionSignal::NodeBack,
                "its WAHA server answers again; what was missed is read",
                now,
            )
            .await?;
            recover_soon(&mut tx, session.organization, session.id, now).await?;
        }
        tx.commit().await?;
        Ok((away.len() as u64, back.len() as u64))
    }

    /// Sessions that sent something and of which nothing at all was heard since, though they are WORKING: first noted,
    /// and after `deaf_after` called deaf. Returns how many became deaf.
    pub async fn find_deaf(self, deaf_after: Duration) -> Result<u64, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update sessions s
             set unheard_since = $1
             from (
                 select session_id, max(last_at) as last_at
                 from session_usage
                 where quarter > $1::timestamptz - interval '30 minutes'
                 group by 1
             ) u
             where s.id = u.session_id and s.unheard_since is null and s.desired = 'running'
               and s.status = 'working'
               and u.last_at > coalesce(s.last_event_at, s.status_since) + interval '10 seconds'
               and u.last_at > s.status_since",
            now,
        )
        .execute(&mut *tx)
        .await?;
        let deaf = sqlx::query_scalar!(
            r#"update sessions
               set trouble = 'deaf', trouble_since = $1
               where unheard_since < $2 and status = 'working' and desired = 'running'
                 and (trouble is null or trouble = 'unacked')
               returning id as "id: SessionId""#,
            now,
            now - span(deaf_after),
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in &deaf {
            let detail =
                "WAHA says WORKING, but after messages were sent nothing was heard of it: no echo, no ack";
            note(&mut tx, *session, SessionSignal::Deaf, detail, now).await?;
        }
        tx.commit().await?;
        Ok(deaf.len() as u64)
    }

    /// Sessions of whose messages WhatsApp confirmed none since a while, not even its server: first noted, and after
    /// `unacked_after` called so. Returns how many there are newly.
    pub async fn find_unacked(self, unacked_after: Duration) -> Result<u64, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update sessions s
             set unacked_since = $1
             from (
                 select session_id, max(last_at) as last_at
                 from session_usage
                 where quarter > $1::timestamptz - interval '30 minutes'
                 group by 1
             ) u
             where s.id = u.session_id and s.unacked_since is null and s.desired = 'running'
               and s.status = 'working'
               and u.last_at > coalesce(s.last_ack_at, s.status_since) + interval '10 seconds'
               and u.last_at > s.status_since",
            now,
        )
        .execute(&mut *tx)
        .await?;
        let unacked = sqlx::query!(
            r#"update sessions set trouble = 'unacked', trouble_since = $1
               where unacked_since < $2 and status = 'working' and desired = 'running' and trouble is null
               returning id as "id: SessionId", unacked_since as "since!""#,
            now,
            now - span(unacked_after),
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in &unacked {
            let since = session.since.to_rfc3339();
            let detail =
                format!("WAHA takes its messages, but WhatsApp confirmed none of them since {since}");
            note(&mut tx, session.id, SessionSignal::Unacked, &detail, now).await?;
        }
        tx.commit().await?;
        Ok(unacked.len() as u64)
    }

    /// Has what a session missed read back, unless that was done after `missed_at`.
    pub async fn recover_if_behind(
        self,
        organization: OrganizationId,
        session: SessionId,
        missed_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let behind = sqlx::query_scalar!(
            "select id from sessions where id = $1 and (caught_up_to is null or caught_up_to < $2)",
            session.0,
            missed_at,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if behind.is_some() {
            let now = self.system.store.clock().now();
            recover_soon(&mut tx, organization, session, now).await?;
        }
        tx.commit().await
    }

    /// Sessions by their health, for metrics.
    pub async fn healths(self) -> Result<Vec<(Health, i64)>, StoreError> {
        let rows = sqlx::query!(
            r#"select h.health as "health!: Health", count(*) as "n!"
               from sessions s
               cross join lateral session_health(s, $1) h
               where s.deleted_at is null
               group by 1"#,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|r| (r.health, r.n)).collect())
    }
}

fn span(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::days(1))
}

/// A moment later, so that WAHA's own repeats come first and its store has filled.
pub(crate) async fn recover_soon(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let job = RecoverEvents { session };
    tx.enqueue(Enqueue { run_at: Some(now + TimeDelta::seconds(3)), ..Enqueue::now(organization, job) }).await
}

async fn set_trouble(
    tx: &mut Tx,
    session: SessionId,
    trouble: &TroubleCode,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update sessions
         set trouble_since = case when trouble = $2 then trouble_since else $3 end, trouble = $2
         where id = $1",
        session.0,
        trouble.as_str(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_off(
    tx: &mut Tx,
    session: SessionId,
    restarts: i32,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update sessions set restart_attempts = restart_attempts + $2, next_restart_at = $3 where id = $1",
        session.0,
        restarts,
        until,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
