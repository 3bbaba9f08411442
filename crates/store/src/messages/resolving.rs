//! Messages whose answer was lost: how they get into `unknown`, and out of it.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::{JobId, MessageId, NodeId, OrganizationId, Reason, SessionId};
use wahana_jobs::{Job, ResolveMessage, SendMessage};

use super::SystemMessages;
use crate::{Enqueue, StoreError};

/// How long WAHA and WhatsApp get before we first look: a call that is still running may yet end well.
const FIRST_LOOK: TimeDelta = TimeDelta::seconds(2);

/// The code of a look that found the chat without the message.
pub const NOT_FOUND_YET: Reason = Reason::NotFoundYet;

pub(crate) fn resolve_soon(organization: OrganizationId, message: MessageId, now: DateTime<Utc>) -> Enqueue {
    Enqueue { run_at: Some(now + FIRST_LOOK), ..Enqueue::now(organization, ResolveMessage { message }) }
}

/// What is known of a message in `unknown`.
#[derive(Clone, Debug)]
pub struct UnknownMessage {
    /// The message.
    pub message: MessageId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The session it left from, or not.
    pub session: SessionId,
    /// The session's name at WAHA.
    pub waha_name: String,
    /// The node the session lives on.
    pub node: NodeId,
    /// Its class.
    pub class: Class,
    /// The chats under which WAHA may keep it, the one that was written to first.
    pub chats: Vec<String>,
    /// What it says.
    pub content: Content,
    /// The bare id we chose for it.
    pub waha_id: Option<String>,
    /// When the attempt began whose answer was lost.
    pub attempted_at: DateTime<Utc>,
    /// How often WAHA showed the chat so far, and the message was not in it.
    pub looked: u32,
}

/// What tells how much a look proves that does not find the message.
#[derive(Clone, Debug)]
pub struct LookBasis {
    /// Since when the session works, as WAHA reported; `None` while it does not.
    pub working_since: Option<DateTime<Utc>>,
    /// Our time limit ended the attempt: WAHA may still be sending.
    pub timed_out: bool,
    /// The version of its WAHA server, where known.
    pub version: Option<String>,
    /// The engine of its WAHA server, where known.
    pub engine: Option<String>,
}

/// What is made of a message whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// WAHA has it, under this bare id.
    Sent {
        /// The bare id.
        waha_id: Option<String>,
    },
    /// WAHA surely does not have it: send it again, under the same id.
    SendAgain,
    /// It cannot be found out, and sending again might send it twice.
    GiveUp {
        /// For people.
        detail: String,
    },
}

impl SystemMessages<'_> {
    /// The message, if it is still unknown; `job` is the one that looks for it.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select messages", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select messages", db.collection.name = "messages"))]
    pub async fn unknown(
        self,
        message: MessageId,
        job: JobId,
    ) -> Result<Option<(UnknownMessage, LookBasis)>, StoreError> {
        let row = sqlx::query_file!(
            "src/messages/unknown_message.sql",
            message.0,
            job.0,
            NOT_FOUND_YET.as_str(),
            Reason::Timeout.as_str(),
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        let Some(r) = row else { return Ok(None) };
        let basis = LookBasis {
            working_since: r.working_since,
            timed_out: r.timed_out,
            version: r.version,
            engine: r.engine,
        };
        let mut chats = self.system.people().chats(r.organization, &r.person, r.phone.as_deref()).await?;
        if let Some(written_to) = r.waha_chat_id {
            chats.retain(|chat| *chat != written_to);
            chats.insert(0, written_to);
        }
        let unknown = UnknownMessage {
            message,
            organization: r.organization,
            session: r.session,
            waha_name: r.waha_name,
            node: r.node,
            class: r.class,
            chats,
            content: serde_json::from_value(r.content)?,
            waha_id: r.waha_id,
            attempted_at: r.attempted_at,
            looked: u32::try_from(r.looked).unwrap_or(0),
        };
        Ok(Some((unknown, basis)))
    }

    /// Ends the doubt, unless an ack or the late answer ended it meanwhile.
    pub async fn resolve(
        self,
        unknown: &UnknownMessage,
        resolution: &Resolution,
        owner: &str,
    ) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let (state, waha_id, code, detail) = match resolution {
            Resolution::Sent { waha_id } => (MessageState::Sent, waha_id.as_deref(), None, None),
            Resolution::SendAgain => (MessageState::Queued, None, None, None),
            Resolution::GiveUp { detail } => {
                (MessageState::Failed, None, Some(Reason::NotConfirmed.as_str()), Some(detail.as_str()))
            }
        };
        let mut tx = self.system.begin().await?;
        let moved = sqlx::query!(
            "update messages
             set state = $2, waha_id = coalesce($3, waha_id), error_code = $4, error_detail = $5,
                 sent_at = case when $2 = 'sent'::message_state then coalesce(sent_at, $6) else sent_at end,
                 settled_at = case when $2 = 'queued'::message_state then null else $6 end
             where id = $1 and state = 'unknown'",
            unknown.message.0,
            state as MessageState,
            waha_id,
            code,
            detail,
            now,
        )
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query!(
            "insert into attempts (
                 job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail
             )
             values (
                 $1, $2, $3, coalesce((select max(n) from attempts where job_id = $1), 0), $4, $5, $5,
                 'resolved', $6, $7
             )",
            unknown.message.0,
            unknown.organization.0,
            ResolveMessage::NAME,
            owner,
            now,
            state.as_str(),
            detail,
        )
        .execute(&mut *tx)
        .await?;
        if *resolution == Resolution::SendAgain {
            tx.enqueue(Enqueue {
                organization: unknown.organization,
                job: SendMessage { message: unknown.message }.into(),
                id: Some(JobId(unknown.message.0)),
                lane: Some((unknown.session, unknown.class)),
                run_at: None,
            })
            .await?;
            // The attempts already made count; the campaign still holds it back while it is paused.
            sqlx::query!(
                "update jobs j
                 set campaign_id = m.campaign_id,
                     attempt = (
                         select coalesce(max(n), 0) from attempts a where a.job_id = j.id and a.kind = $2
                     )
                 from messages m
                 where m.id = j.id and j.id = $1",
                unknown.message.0,
                SendMessage::NAME,
            )
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }
}
