//! Messages: found, followed and taken back. How one is accepted stands in `send`.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::{Class, Content, Direction, MessageState};
use wahana_domain::{CampaignId, Country, MessageId, Phone, SenderPoolId, SessionId};
use wahana_pacing::{Grant, WaitingFor, grant};
use wahana_store::lane_limits::LaneLimit;
use wahana_store::messages::{Attempt, Cancellation, Message, MessageFilter};
use wahana_store::pool_moves::MoveEvent;
use wahana_store::relay::LaneFacts;
use wahana_store::{Page, Tenant};

use crate::ApiState;
use crate::extract::{Json, Path, Query};
use crate::paging::{self, Cursor, Limit, PageView};
use crate::problem::{Answer, Code, Problem};
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get))
        .routes(routes!(timeline))
        .routes(routes!(cancel))
        .routes(routes!(of_session))
        .routes(routes!(of_session_one))
}

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

/// What went wrong with a message.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageErrorView {
    /// For programs.
    code: String,
    /// For people.
    detail: Option<String>,
}

/// What a message waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct WaitingView {
    /// `turn` (the pause between two messages), `send_at`, `retry`, `campaign_paused`, `session_stopped`,
    /// `session_not_working`, `paused`, `parked`, `quiet_hours`, `send_window`, `recipient_window`, `hourly_cap`,
    /// `daily_cap`, `warm_up_cap`, `new_chat_cap`, `campaign_rate`, `plan_rate` or `node_limit`.
    #[serde(rename = "for")]
    pub(super) reason: &'static str,
    /// Until when, if that is known.
    pub(super) until: Option<DateTime<Utc>>,
    /// Why it is parked or tried again.
    pub(super) code: Option<String>,
}

impl WaitingView {
    pub(super) fn new(reason: &'static str, until: Option<DateTime<Utc>>) -> Self {
        Self { reason, until, code: None }
    }

    fn because(self, code: Option<&String>) -> Self {
        Self { code: code.cloned(), ..self }
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
            return Some(Self::new("send_at", message.send_at));
        }
        if message.campaign_state == Some(CampaignState::Paused) {
            return Some(Self::new("campaign_paused", None));
        }
        if let Some(lane) = lane
            && let Grant::Closed { why, until } = grant(&lane.state, message.class, now)
        {
            let code = lane.park_code.as_ref().filter(|_| why == WaitingFor::Parked);
            return Some(Self::new(why.as_str(), until).because(code));
        }
        if let Some(until) = after(message.job_run_at) {
            if let Some(why) = message.held_for.as_deref().and_then(WaitingFor::from_name) {
                return Some(Self::new(why.as_str(), Some(until)));
            }
            return Some(Self::new("retry", Some(until)).because(message.job_code.as_ref()));
        }
        let limit = Self::of_limit(limits, message.session_id, message.class, now);
        Some(limit.unwrap_or_else(|| Self::new(WaitingFor::Turn.as_str(), None)))
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
        (rate && fresh).then(|| Self::new(why.as_str(), limit.until.filter(|until| *until > now)))
    }
}

fn is_waiting(message: &Message) -> bool {
    matches!(message.state, MessageState::Scheduled | MessageState::Queued)
}

impl MessageView {
    fn of(message: Message, waiting: Option<WaitingView>) -> Self {
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
            content: message.content,
            whatsapp_id: message.waha_id,
            send_at: message.send_at,
            expires_at: message.expires_at,
            error: message.error_code.map(|code| MessageErrorView { code, detail }),
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
async fn views(state: &ApiState, tenant: &Tenant, messages: Page<Message>) -> Answer<PageView<MessageView>> {
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

async fn view(state: &ApiState, tenant: &Tenant, message: Message) -> Answer<MessageView> {
    let page = views(state, tenant, Page { items: vec![message], next: None }).await?;
    page.items.into_iter().next().ok_or_else(no_message)
}

fn no_message() -> Problem {
    Problem::not_found("message")
}

/// The country whose numbers may be written without country code: not asked where it makes no difference.
pub(super) async fn country(tenant: &Tenant, number: &str) -> Answer<Country> {
    if number.trim_start().starts_with('+') {
        return Ok(Country::default());
    }
    let organization = tenant.organization_row().await?;
    Ok(organization.and_then(|row| row.default_country.parse().ok()).unwrap_or_default())
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Of this session.
    session: Option<SessionId>,
    /// In this state.
    state: Option<MessageState>,
    /// Of this campaign.
    campaign: Option<CampaignId>,
    /// Sent or received.
    direction: Option<Direction>,
    /// With this person.
    phone: Option<String>,
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SessionListQuery {
    /// In this state.
    state: Option<MessageState>,
    /// Sent or received.
    direction: Option<Direction>,
    /// With this person.
    phone: Option<String>,
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
}

async fn digits(tenant: &Tenant, phone: Option<String>) -> Answer<Option<String>> {
    let Some(text) = phone else { return Ok(None) };
    let phone = Phone::parse(&text, country(tenant, &text).await?)
        .map_err(|error| Problem::field("phone", error.to_string()))?;
    Ok(Some(phone.digits().to_owned()))
}

/// List messages
///
/// Newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages", tag = "messages", operation_id = "list_messages", params(ListQuery), responses((status = 200, body = PageView<MessageView>)))]
async fn list(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Query(query): Query<ListQuery>,
) -> Answer<Json<PageView<MessageView>>> {
    let ListQuery { session, state: wanted, campaign, direction, phone, limit, cursor } = query;
    let phone = digits(&scoped.tenant, phone).await?;
    let filter = MessageFilter { session, state: wanted, campaign, direction, phone };
    let page = scoped.tenant.messages(&filter, paging::request(limit, cursor)).await?;
    Ok(Json(views(&state, &scoped.tenant, page).await?))
}

/// Show a message
///
/// With what it waits for, if it waits. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages/{id}", tag = "messages", operation_id = "get_message", params(("id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
async fn get(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<MessageId>,
) -> Answer<Json<MessageView>> {
    let message = scoped.tenant.message(id).await?.ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}

/// One thing that happened to a message.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct HappeningView {
    at: DateTime<Utc>,
    /// `accepted`, `received`, `scheduled`, `attempt`, `sent`, `delivered`, `read`, `failed`, `expired` or `cancelled`.
    what: &'static str,
    /// More, for people.
    detail: Option<String>,
    /// For attempts: its number.
    attempt: Option<i32>,
    /// For attempts: `done`, `retry`, `give_up`, `unknown` or `lost`.
    outcome: Option<String>,
    /// For programs: why it did not go well.
    code: Option<String>,
    /// For attempts: how long it took, in milliseconds.
    duration_ms: Option<i64>,
}

/// What happened to a message, oldest first.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineView {
    items: Vec<HappeningView>,
}

impl HappeningView {
    fn new(at: DateTime<Utc>, what: &'static str) -> Self {
        Self { at, what, detail: None, attempt: None, outcome: None, code: None, duration_ms: None }
    }

    fn attempt(attempt: Attempt) -> Self {
        let took = attempt.finished_at - attempt.started_at;
        Self {
            detail: attempt.detail,
            attempt: Some(attempt.n),
            outcome: Some(attempt.outcome),
            code: attempt.code,
            duration_ms: Some(took.num_milliseconds()),
            ..Self::new(attempt.started_at, "attempt")
        }
    }

    fn moved(moved: MoveEvent) -> Self {
        let detail = Some(format!("from {} to {}", moved.from, moved.to));
        Self { detail, code: Some(moved.reason), ..Self::new(moved.at, "moved") }
    }
}

fn happenings(message: Message, attempts: Vec<Attempt>, moves: Vec<MoveEvent>) -> Vec<HappeningView> {
    let mut items = vec![match message.direction {
        Direction::Inbound => HappeningView::new(message.created_at, "received"),
        Direction::Outbound => HappeningView::new(message.created_at, "accepted"),
    }];
    if let Some(send_at) = message.send_at.filter(|at| *at > message.created_at) {
        let detail = Some(format!("to be sent at {}", send_at.to_rfc3339()));
        items.push(HappeningView { detail, ..HappeningView::new(message.created_at, "scheduled") });
    }
    items.extend(attempts.into_iter().map(HappeningView::attempt));
    items.extend(moves.into_iter().map(HappeningView::moved));
    let proven = [(message.sent_at, "sent"), (message.delivered_at, "delivered"), (message.read_at, "read")];
    let proven = proven.into_iter().filter(|_| message.direction == Direction::Outbound);
    items.extend(proven.filter_map(|(at, what)| Some(HappeningView::new(at?, what))));
    let end = match message.state {
        MessageState::Failed => Some("failed"),
        MessageState::Expired => Some("expired"),
        MessageState::Cancelled => Some("cancelled"),
        _ => None,
    };
    if let (Some(what), Some(at)) = (end, message.settled_at) {
        items.push(HappeningView {
            detail: message.error_detail,
            code: message.error_code,
            ..HappeningView::new(at, what)
        });
    }
    items.sort_by_key(|item| item.at);
    items
}

/// Show what happened to a message
///
/// Every attempt with its outcome, every move to another member of its sender pool, and how far it got, oldest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages/{id}/timeline", tag = "messages", operation_id = "message_timeline", params(("id" = MessageId, Path)), responses((status = 200, body = TimelineView)))]
async fn timeline(
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<MessageId>,
) -> Answer<Json<TimelineView>> {
    let (message, attempts) = scoped.tenant.message_attempts(id).await?.ok_or_else(no_message)?;
    let moves = if message.pool_id.is_some() { scoped.tenant.message_moves(id).await? } else { Vec::new() };
    Ok(Json(TimelineView { items: happenings(message, attempts, moves) }))
}

/// Cancel a message
///
/// Only before it is on its way. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/messages/{id}/cancel", tag = "messages", operation_id = "cancel_message", params(("id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
async fn cancel(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesSend>,
    Path(id): Path<MessageId>,
) -> Answer<Json<MessageView>> {
    match scoped.tenant.cancel_message(id).await? {
        Cancellation::Cancelled => {}
        Cancellation::NotFound => return Err(no_message()),
        Cancellation::TooLate(now) => {
            return Err(Problem::new(
                Code::WrongState,
                format!("the message is {now}; only one that waits can be cancelled"),
            ));
        }
    }
    let message = scoped.tenant.message(id).await?.ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}

/// List a session's messages
///
/// Newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/sessions/{id}/messages", tag = "messages", operation_id = "list_session_messages", params(("id" = SessionId, Path), SessionListQuery), responses((status = 200, body = PageView<MessageView>)))]
async fn of_session(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<SessionId>,
    Query(query): Query<SessionListQuery>,
) -> Answer<Json<PageView<MessageView>>> {
    scoped.tenant.session(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    let SessionListQuery { state: wanted, direction, phone, limit, cursor } = query;
    let phone = digits(&scoped.tenant, phone).await?;
    let filter = MessageFilter { session: Some(id), state: wanted, campaign: None, direction, phone };
    let page = scoped.tenant.messages(&filter, paging::request(limit, cursor)).await?;
    Ok(Json(views(&state, &scoped.tenant, page).await?))
}

/// Show a session's message
///
/// Needs the scope `messages:read`.
#[utoipa::path(get, path = "/sessions/{id}/messages/{message_id}", tag = "messages", operation_id = "get_session_message", params(("id" = SessionId, Path), ("message_id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
async fn of_session_one(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path((id, message)): Path<(SessionId, MessageId)>,
) -> Answer<Json<MessageView>> {
    let message = scoped
        .tenant
        .message(message)
        .await?
        .filter(|message| message.session_id == id)
        .ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}
