//! Waiting messages of a sender pool that go from a member that is out to its peers.
//!
//! A move changes the session of the message and the lane of its job together, and only of a job that nobody runs. The
//! entry that Redis may still hold in the old lane finds no job of that lane any more: the fence asks for the lane.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::Class;
use wahana_domain::{JobId, MessageId, OrganizationId, SenderPoolId, SessionId};

use super::{SystemSenderPools, TenantSenderPools};
use crate::{StoreError, Wake};

/// Messages of one pool that wait for one session.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    /// The pool.
    pub pool: SenderPoolId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The session they wait for.
    pub session: SessionId,
    /// Whether its owner lets it get messages.
    pub enabled: bool,
}

/// A message that waits for a member.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The message; also the id of its job.
    pub message: MessageId,
    /// E.164 digits.
    pub person: String,
    /// Which line of the lane.
    pub class: Class,
    /// Whether Redis may hold it.
    pub released: bool,
}

/// Where a message goes.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The message.
    pub message: MessageId,
    /// The member that takes it over.
    pub to: SessionId,
}

/// A move as people see it.
#[derive(Clone, Debug)]
pub struct MoveEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// From which session.
    pub from: SessionId,
    /// To which.
    pub to: SessionId,
    /// Why, for programs: what the member waited for.
    pub reason: String,
}

impl SystemSenderPools<'_> {
    /// Members for which messages of their pools wait and that may be out: stopped, not connected since before
    /// `settled`, parked or disabled. Whether they are is decided by their lane.
    pub async fn backlogs(self, settled: DateTime<Utc>) -> Result<Vec<Backlog>, StoreError> {
        let now = self.system.store.clock().now();
        Ok(sqlx::query_file_as!(Backlog, "src/campaigns/pool_backlogs.sql", now, settled)
            .fetch_all(self.system.store.pool())
            .await?)
    }

    /// The first messages of a pool that wait for a session, except those of people who have a chat with it.
    pub async fn waiting(
        self,
        backlog: &Backlog,
        transactional: bool,
        limit: i64,
    ) -> Result<Vec<Waiting>, StoreError> {
        Ok(sqlx::query_as!(
            Waiting,
            r#"select m.id as "message: MessageId", m.chat_id as person, m.class as "class: Class",
                      j.state = 'released' as "released!"
               from jobs j
               join messages m on m.id = j.id
               where j.lane = $1
                 and j.state in ('pending', 'released')
                 and m.pool_id = $2
                 and m.phone is not null
                 and ($3 or m.class = 'bulk')
                 and not exists (
                     select 1
                     from messages i
                     where i.session_id = $1 and i.chat_id = m.chat_id and i.direction = 'inbound'
                 )
               order by j.run_at, j.id
               limit $4"#,
            backlog.session.0,
            backlog.pool.0,
            transactional,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Moves messages that still wait; what began to run meanwhile stays. Returns the jobs that moved.
    pub async fn move_waiting(
        self,
        backlog: &Backlog,
        moves: &[Move],
        reason: &str,
    ) -> Result<Vec<JobId>, StoreError> {
        let ids: Vec<Uuid> = moves.iter().map(|m| m.message.0).collect();
        let targets: Vec<Uuid> = moves.iter().map(|m| m.to.0).collect();
        let mut tx = self.system.begin().await?;
        let moved = sqlx::query_file!(
            "src/campaigns/move_waiting_messages.sql",
            &ids,
            &targets,
            backlog.session.0,
            backlog.organization.0,
            backlog.pool.0,
            reason,
            self.system.store.clock().now(),
        )
        .fetch_all(&mut *tx)
        .await?;
        moved.iter().for_each(|row| tx.wake(Wake::Lane(row.target)));
        tx.commit().await?;
        Ok(moved.into_iter().map(|row| row.id).collect())
    }
}

impl TenantSenderPools<'_> {
    /// The moves of a message, oldest first.
    pub async fn message_moves(self, message: MessageId) -> Result<Vec<MoveEvent>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            MoveEvent,
            r#"select moved_at as at, from_session_id as "from: SessionId", to_session_id as "to: SessionId",
                      reason
               from message_moves
               where message_id = $1
               order by id"#,
            message.0
        )
        .fetch_all(&mut *tx)
        .await?)
    }
}
