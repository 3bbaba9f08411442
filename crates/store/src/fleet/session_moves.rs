//! Sessions that go from one node to another.
//!
//! The order is what keeps an identity from living twice, which WhatsApp answers with a logout: `start_move` holds all
//! sends and commands, the worker waits for those under way, stops the session at the old node and sees it stopped,
//! and only then `switch_node` gives it to the new one. Only a forced move skips the stop: an operator, or the time a
//! dead node has been silent, vouches for it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::{NodeId, OrganizationId, SessionId, SessionMoveId};
use wahana_jobs::{Job, LogoutSession, MoveSession, RestartSession, SendMessage, SyncSession};

use super::SystemSessionMoves;
use crate::fleet::placement::{NoRoom, PlacementWish};
pub use wahana_domain::sessions::MoveReason;

use crate::{Enqueue, StoreError};

/// A move that is wanted.
#[derive(Clone, Debug)]
pub struct MoveWish {
    /// The session.
    pub session: SessionId,
    /// Where to; `None` leaves the choice to placement.
    pub to: Option<NodeId>,
    /// Why.
    pub reason: MoveReason,
    /// Whether the old node is not asked to stop it, because somebody vouches that it runs nothing any more.
    pub forced: bool,
    /// Whether it may go where somebody has to scan it again.
    pub may_scan: bool,
}

/// What a move will be.
#[derive(Clone, Debug)]
pub struct MovePlan {
    /// Whose session it is.
    pub organization: OrganizationId,
    /// The node it is on.
    pub from: NodeId,
    /// The node it will be on.
    pub to: NodeId,
    /// Whether somebody has to scan it again: the nodes do not share WAHA's session storage.
    pub needs_scan: bool,
}

/// Why a session cannot move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveRefusal {
    /// There is no such session.
    NoSession,
    /// There is no such node.
    NoNode,
    /// It is there already.
    SameNode,
    /// It moves already.
    Moving,
    /// The node it should go to is dead, or full.
    Unfit(&'static str),
    /// No node takes it.
    NoRoom(NoRoom),
    /// Somebody would have to scan it again, and that was not allowed.
    NeedsScan,
    /// Its node does not answer, so nobody knows that it is stopped there.
    NodeDead,
}

impl fmt::Display for MoveRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSession => f.write_str("there is no such session"),
            Self::NoNode => f.write_str("there is no such node"),
            Self::SameNode => f.write_str("it is on this node already"),
            Self::Moving => f.write_str("it moves already; see the moves of its node"),
            Self::Unfit(why) => write!(f, "the node cannot take it: {why}"),
            Self::NoRoom(none) => none.fmt(f),
            Self::NeedsScan => f.write_str(
                "the nodes do not share WAHA's session storage, so somebody has to scan it again; say may_scan if that is meant",
            ),
            Self::NodeDead => f.write_str(
                "its node does not answer, so nobody can see that it is stopped there; end that node and use force",
            ),
        }
    }
}

/// A move as its worker needs it.
#[derive(Clone, Debug)]
pub struct MoveWork {
    /// The move.
    pub id: SessionMoveId,
    /// The node it is on.
    pub from: NodeId,
    /// Whether the old node is not asked.
    pub forced: bool,
    /// The session's name at WAHA.
    pub waha_name: String,
    /// Sends and commands of this session that are under way.
    pub busy: i64,
}

/// A move as operators see it.
#[derive(Clone, Debug)]
pub struct SessionMove {
    /// Its id.
    pub id: SessionMoveId,
    /// The session.
    pub session: SessionId,
    /// From which node.
    pub from: NodeId,
    /// To which.
    pub to: NodeId,
    /// `operator`, `drain` or `dead_node`.
    pub reason: String,
    /// Whether the old node was not asked.
    pub forced: bool,
    /// Whether somebody has to scan it again.
    pub needs_scan: bool,
    /// `moving`, `done` or `failed`.
    pub state: String,
    /// What it ran into last.
    pub error: Option<String>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl SystemSessionMoves<'_> {
    /// What a move would be, without moving.
    pub async fn plan(self, wish: &MoveWish) -> Result<Result<MovePlan, MoveRefusal>, StoreError> {
        let session = sqlx::query!(
            r#"select s.organization_id as "organization: OrganizationId", s.node_id as "from: NodeId",
                      s.moving_to, s.placement, n.storage_group, n.health = 'dead' as "dead!"
               from sessions s
               join nodes n on n.id = s.node_id
               where s.id = $1 and s.deleted_at is null"#,
            wish.session.0,
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        let Some(session) = session else { return Ok(Err(MoveRefusal::NoSession)) };
        if session.moving_to.is_some() {
            return Ok(Err(MoveRefusal::Moving));
        }
        if session.dead && !wish.forced {
            return Ok(Err(MoveRefusal::NodeDead));
        }
        let group = session.storage_group;
        let to = match wish.to {
            Some(to) => to,
            None => {
                let labels = serde_json::from_value(session.placement)?;
                match self.place_again(labels, session.from, group.clone(), wish.may_scan).await? {
                    Ok(to) => to,
                    Err(none) => return Ok(Err(MoveRefusal::NoRoom(none))),
                }
            }
        };
        let Some(target) = self.system.nodes().get(to).await? else { return Ok(Err(MoveRefusal::NoNode)) };
        let needs_scan = group.is_none() || group != target.storage_group;
        if to == session.from {
            return Ok(Err(MoveRefusal::SameNode));
        }
        if target.health == wahana_domain::nodes::NodeHealth::Dead {
            return Ok(Err(MoveRefusal::Unfit("it is dead")));
        }
        if target.sessions >= i64::from(target.capacity) {
            return Ok(Err(MoveRefusal::Unfit("it is full")));
        }
        if needs_scan && !wish.may_scan {
            return Ok(Err(MoveRefusal::NeedsScan));
        }
        Ok(Ok(MovePlan { organization: session.organization, from: session.from, to, needs_scan }))
    }

    /// The least loaded other node: of the same storage group if there is one, else, if allowed, of any.
    async fn place_again(
        self,
        labels: wahana_domain::nodes::Labels,
        from: NodeId,
        group: Option<String>,
        may_scan: bool,
    ) -> Result<Result<NodeId, NoRoom>, StoreError> {
        let mut wish = PlacementWish { labels, not_on: Some(from), storage_group: group };
        if wish.storage_group.is_some() {
            let near = self.system.nodes().place(&wish).await?;
            if near.is_ok() || !may_scan {
                return Ok(near);
            }
            wish.storage_group = None;
        }
        self.system.nodes().place(&wish).await
    }

    /// Begins a move: from now on nothing is sent and no command reaches the session until it is over.
    pub async fn start(
        self,
        wish: &MoveWish,
    ) -> Result<Result<(SessionMoveId, MovePlan), MoveRefusal>, StoreError> {
        let plan = match self.plan(wish).await? {
            Ok(plan) => plan,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        // Whatever WAHA told before is old news: it is off until the new node says otherwise.
        let held = sqlx::query!(
            "update sessions
             set moving_to = $3, status = 'stopped', status_since = $4,
                 status_event_ms = greatest(status_event_ms, $5)
             where id = $1 and node_id = $2 and moving_to is null and deleted_at is null",
            wish.session.0,
            plan.from.0,
            plan.to.0,
            now,
            now.timestamp_millis(),
        )
        .execute(&mut *tx)
        .await?;
        if held.rows_affected() == 0 {
            return Ok(Err(MoveRefusal::Moving));
        }
        let id = SessionMoveId::new(now, rand::random());
        sqlx::query!(
            "insert into session_moves (
                 id, organization_id, session_id, from_node_id, to_node_id, reason, forced, needs_scan,
                 created_at
             )
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id.0,
            plan.organization.0,
            wish.session.0,
            plan.from.0,
            plan.to.0,
            wish.reason.as_str(),
            wish.forced,
            plan.needs_scan,
            now,
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "insert into session_events (session_id, organization_id, at, status, code, detail)
             values ($1, $2, $3, 'stopped', 'moving', $4)",
            wish.session.0,
            plan.organization.0,
            now,
            format!("it moves to another WAHA server ({})", wish.reason.as_str()),
        )
        .execute(&mut *tx)
        .await?;
        let detail = json!({ "from": plan.from, "to": plan.to, "reason": wish.reason.as_str(), "forced": wish.forced,
                             "needs_scan": plan.needs_scan });
        tx.audit_of(Some(plan.organization), "session.move", Some(wish.session.to_string()), detail).await?;
        tx.enqueue(Enqueue::now(plan.organization, MoveSession { session: wish.session })).await?;
        tx.commit().await?;
        Ok(Ok((id, plan)))
    }

    /// The open move of a session; `None` when it moves no more.
    pub async fn work(self, session: SessionId) -> Result<Option<MoveWork>, StoreError> {
        let commands = [SyncSession::NAME, RestartSession::NAME, LogoutSession::NAME].map(str::to_owned);
        Ok(sqlx::query_as!(
            MoveWork,
            r#"select m.id as "id: SessionMoveId", m.from_node_id as "from: NodeId", m.forced, s.waha_name,
                      (
                          select count(*)
                          from jobs j
                          where j.state = 'running'
                            and (
                                j.lane = s.id and j.kind = $2
                                or j.kind = any($3) and j.payload ->> 'session' = $4
                            )
                      ) as "busy!"
               from session_moves m
               join sessions s on s.id = m.session_id
               where m.session_id = $1 and m.state = 'moving' and s.moving_to is not null"#,
            session.0,
            SendMessage::NAME,
            &commands,
            session.to_string(),
        )
        .fetch_optional(self.system.store.pool())
        .await?)
    }

    /// Gives a session, stopped at its old node, to the new one, and has it brought about there.
    pub async fn switch_node(self, session: SessionId, id: SessionMoveId) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let switched = sqlx::query!(
            r#"with done as (
                   update session_moves
                   set state = 'done', error = null, finished_at = $3
                   where id = $2 and state = 'moving'
                   returning to_node_id
               )
               update sessions s
               set node_id = done.to_node_id, moving_to = null, placement_epoch = placement_epoch + 1,
                   status = case when desired = 'running' then 'starting'::session_status else 'stopped' end,
                   status_since = $3, status_event_ms = greatest(status_event_ms, $4)
               from done
               where s.id = $1
               returning organization_id as "organization: OrganizationId""#,
            session.0,
            id.0,
            now,
            now.timestamp_millis(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(switched) = switched else { return Ok(()) };
        sqlx::query!(
            "insert into session_events (session_id, organization_id, at, status, code, detail)
             select id, organization_id, $2, status, 'moved', 'it is placed on another WAHA server'
             from sessions
             where id = $1",
            session.0,
            now,
        )
        .execute(&mut *tx)
        .await?;
        tx.enqueue(Enqueue::now(switched.organization, SyncSession { session })).await?;
        tx.commit().await
    }

    /// Writes down what a move ran into; `over` ends it, and the session stays where it is.
    pub async fn record_result(
        self,
        session: SessionId,
        id: SessionMoveId,
        error: &str,
        over: bool,
    ) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let found = sqlx::query!(
            r#"update session_moves
               set error = $2, state = case when $3 then 'failed' else state end,
                   finished_at = case when $3 then $4::timestamptz end
               where id = $1 and state = 'moving'
               returning organization_id as "organization: OrganizationId""#,
            id.0,
            error,
            over,
            now,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(found) = found
            && over
        {
            sqlx::query!("update sessions set moving_to = null where id = $1", session.0)
                .execute(&mut *tx)
                .await?;
            tx.enqueue(Enqueue::now(found.organization, SyncSession { session })).await?;
        }
        tx.commit().await
    }

    /// Moves away from a node, newest first.
    pub async fn list_from(self, node: NodeId, limit: i64) -> Result<Vec<SessionMove>, StoreError> {
        Ok(sqlx::query_as!(
            SessionMove,
            r#"select id as "id: SessionMoveId", session_id as "session: SessionId",
                      from_node_id as "from: NodeId", to_node_id as "to: NodeId", reason, forced, needs_scan,
                      state, error, created_at, finished_at
               from session_moves
               where from_node_id = $1
               order by id desc
               limit $2"#,
            node.0,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }
}
