//! How a message is shown: what it says, how far it is and what it waits for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::{Class, Content, Direction, MessageState};
use wahana_domain::{CampaignId, MessageId, Phone, ReasonCode, SenderPoolId, SessionId};
use wahana_pacing::{Grant, WaitingFor, grant};
use wahana_store::lane_limits::LaneLimit;
use wahana_store::messages::Message;
use wahana_store::relay::LaneFacts;
use wahana_store::{Page, Tenant};

use crate::ApiState;
use crate::paging::PageView;
use crate::problem::Answer;

/// A message, sent or received.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    pub(super) id: MessageId,
    pub(super) session_id: SessionId,
    pub(super) campaign_id: Option<CampaignId>,
    /// The sender pool that chose the session; while the message waits it may choose another of its members.
    pub(super) pool_id: Option<SenderPoolId>,
    pub(super) direction: Direction,
    pub(super) class: Class,
    pub(super) state: MessageState,
    /// WhatsApp's chat: `<digits>@c.us`, `<id>@g.us` or `<id>@lid`.
    pub(super) chat_id: String,
    /// The other person's number, where known.
    #[schema(value_type = Option<Phone>)]
    pub(super) phone: Option<String>,
    /// What it says. Received messages may be of types that cannot be sent.
    #[schema(value_type = Content)]
    pub(super) content: serde_json::Value,
    /// For a received file: how to get it.
    pub(super) media: Option<ReceivedMediaView>,
    /// For a message received in a group: who wrote it.
    pub(super) author: Option<AuthorView>,
    /// WhatsApp's id of it.
    pub(super) whatsapp_id: Option<String>,
    pub(super) send_at: Option<DateTime<Utc>>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// Why it failed or was cancelled, or what the last attempt ran into.
    pub(super) error: Option<MessageErrorView>,
    /// What it waits for; null when it does not wait.
    pub(super) waiting: Option<WaitingView>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) delivered_at: Option<DateTime<Utc>>,
    pub(super) read_at: Option<DateTime<Utc>>,
    /// When nobody had to wait for it any more.
    pub(super) settled_at: Option<DateTime<Utc>>,
}

/// A file that was received.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReceivedMediaView {
    /// What the sender says it is, such as `image/jpeg`; not to be trusted.
    mimetype: Option<String>,
    filename: Option<String>,
    /// Where to get it.
    url: String,
}

/// Who wrote a message in a group.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuthorView {
    /// `<digits>@c.us` or `<id>@lid`.
    pub(super) chat_id: String,
    /// What they call themself.
    name: Option<String>,
}

impl ReceivedMediaView {
    fn of(message: &Message) -> Option<Self> {
        let content = &message.content;
        (content["type"] == "media").then(|| Self {
            mimetype: text(&content["mimetype"]),
            filename: text(&content["filename"]),
            url: format!("/api/v1/messages/{}/media", message.id),
        })
    }
}

impl AuthorView {
    pub(super) fn of(content: &serde_json::Value) -> Option<Self> {
        let author = &content["author"];
        Some(Self { chat_id: text(&author["chat_id"])?, name: text(&author["name"]) })
    }
}

fn text(value: &serde_json::Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// What went wrong with a message.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageErrorView {
    /// For programs.
    code: ReasonCode,
    /// For people.
    detail: Option<String>,
}

/// What a message waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct WaitingView {
    /// What it waits for.
    #[serde(rename = "for")]
    pub(super) reason: WaitingFor,
    /// Until when, if that is known.
    pub(super) until: Option<DateTime<Utc>>,
    /// Why it is parked or tried again.
    pub(super) code: Option<ReasonCode>,
}

impl WaitingView {
    pub(super) fn new(reason: WaitingFor, until: Option<DateTime<Utc>>) -> Self {
        Self { reason, until, code: None }
    }

    fn because(self, code: Option<&String>) -> Self {
        Self { code: code.cloned().map(ReasonCode::from), ..self }
    }

    /// The same order in which relay and fence look: the message, its campaign, its lane, its job.
    fn of(
        message: &Message,
        lane: Option<&LaneFacts>,
        limits: &[LaneLimit],
        now: DateTime<Utc>,
    ) -> Option<Self> {
        if !is_waiting(message) {
            return None;
        }
        let after = |until: Option<DateTime<Utc>>| until.filter(|until| *until > now);
        if message.state == MessageState::Scheduled && after(message.send_at).is_some() {
            return Some(Self::new(WaitingFor::SendAt, message.send_at));
        }
        if message.campaign_state == Some(CampaignState::Paused) {
            return Some(Self::new(WaitingFor::CampaignPaused, None));
        }
        if let Some(lane) = lane
            && let Grant::Closed { why, until } = grant(&lane.state, message.class, now)
        {
            let code = lane.park_code.as_ref().filter(|_| why == WaitingFor::Parked);
            return Some(Self::new(why, until).because(code));
        }
        if let Some(until) = after(message.job_run_at) {
            if let Some(why) = message.held_for.as_deref().and_then(WaitingFor::from_name) {
                return Some(Self::new(why, Some(until)));
            }
            return Some(Self::new(WaitingFor::Retry, Some(until)).because(message.job_code.as_ref()));
        }
        let limit = Self::of_limit(limits, message.session_id, message.class, now);
        Some(limit.unwrap_or_else(|| Self::new(WaitingFor::Turn, None)))
    }

    /// A limit that the relay met and that no row shows: rates over many lanes. What it says of other limits may be
    /// over by now, and is asked afresh.
    pub(super) fn of_limit(
        limits: &[LaneLimit],
        session: SessionId,
        class: Class,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let limit = limits.iter().find(|limit| limit.session == session && limit.class == class)?;
        let why = WaitingFor::from_name(&limit.waiting_for)?;
        // A rate is noted again every ten seconds while it binds.
        let fresh = limit.until.is_some_and(|until| until + chrono::TimeDelta::seconds(15) > now);
        let rate = matches!(why, WaitingFor::PlanRate | WaitingFor::NodeLimit);
        (rate && fresh).then(|| Self::new(why, limit.until.filter(|until| *until > now)))
    }
}

fn is_waiting(message: &Message) -> bool {
    matches!(message.state, MessageState::Scheduled | MessageState::Queued)
}

impl MessageView {
    fn of(message: Message, waiting: Option<WaitingView>) -> Self {
        let (media, author) = (ReceivedMediaView::of(&message), AuthorView::of(&message.content));
        let detail = message.error_detail;
        Self {
            id: message.id,
            session_id: message.session_id,
            campaign_id: message.campaign_id,
            pool_id: message.pool_id,
            direction: message.direction,
            class: message.class,
            state: message.state,
            chat_id: message.chat_id,
            phone: message.phone.map(|digits| format!("+{digits}")),
            media,
            author,
            content: message.content,
            whatsapp_id: message.waha_id,
            send_at: message.send_at,
            expires_at: message.expires_at,
            error: message.error_code.map(|code| MessageErrorView { code: code.into(), detail }),
            waiting,
            created_at: message.created_at,
            sent_at: message.sent_at,
            delivered_at: message.delivered_at,
            read_at: message.read_at,
            settled_at: message.settled_at,
        }
    }
}

/// Shows messages with what they wait for; one question to the store for all their lanes.
pub(super) async fn views(
    state: &ApiState,
    tenant: &Tenant,
    messages: Page<Message>,
) -> Answer<PageView<MessageView>> {
    let mut lanes: Vec<SessionId> =
        messages.items.iter().filter(|m| is_waiting(m)).map(|m| m.session_id).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let facts = if lanes.is_empty() { Vec::new() } else { tenant.lane_facts(&lanes).await? };
    let facts: HashMap<SessionId, LaneFacts> = facts.into_iter().map(|lane| (lane.session, lane)).collect();
    let limits = if lanes.is_empty() { Vec::new() } else { tenant.lane_limits(&lanes).await? };
    let now = state.store.clock().now();
    Ok(PageView::of(messages, |message| {
        let waiting = WaitingView::of(&message, facts.get(&message.session_id), &limits, now);
        MessageView::of(message, waiting)
    }))
}
