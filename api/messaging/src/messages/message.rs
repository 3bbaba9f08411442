//! Messages: found, followed and taken back. How one is accepted stands in `send`, how one is shown in `message_view`.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::ReasonCode;
use wahana_domain::jobs::AttemptOutcomeCode;
use wahana_domain::messages::MessageEvent;
use wahana_domain::messages::{Class, Direction, MessageState};
use wahana_domain::{CampaignId, MessageId, Phone, SessionId};
use wahana_store::messages::{Attempt, Cancellation, Message, MessageFilter};
use wahana_store::sessions::pool_moves::MoveEvent;
use wahana_store::{Page, Tenant};

use crate::messages::view::{MessageView, views};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_service::contacts::numbers::country;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get))
        .routes(routes!(timeline))
        .routes(routes!(cancel))
        .routes(routes!(of_session))
        .routes(routes!(get_session_message))
}

async fn view(state: &ApiState, tenant: &Tenant, message: Message) -> Answer<MessageView> {
    let page = views(state, tenant, Page { items: vec![message], next: None }).await?;
    page.items.into_iter().next().ok_or_else(no_message)
}

fn no_message() -> Problem {
    Problem::not_found("message")
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
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
    /// Transactional or bulk.
    class: Option<Class>,
    /// With this error code.
    code: Option<ReasonCode>,
    /// With these words in the text or caption. So that not everything has to be read, say also `session`, `campaign`,
    /// `phone` or `from`.
    #[param(min_length = 2, max_length = 200)]
    text: Option<String>,
    /// Accepted or received at this time or later.
    from: Option<DateTime<Utc>>,
    /// Accepted or received before this time.
    to: Option<DateTime<Utc>>,
}

/// Words are compared row by row; something else has to say which rows.
pub(crate) fn check_words(text: Option<&str>, narrow: bool) -> Answer<()> {
    match text {
        Some(text) if !(2..=200).contains(&text.trim().chars().count()) => {
            Ok(Check::default().length("text", text.trim(), 2, 200).done()?)
        }
        Some(_) if !narrow => Err(Problem::new(
            Code::TooBroad,
            "say the session, campaign, phone or from as well, such as the last 30 days",
        )
        .at("text")),
        _ => Ok(()),
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SessionListFilter {
    /// In this state.
    state: Option<MessageState>,
    /// Sent or received.
    direction: Option<Direction>,
    /// With this person.
    phone: Option<String>,
}

/// The digits of a number as the organization writes them.
pub(crate) async fn digits(tenant: &Tenant, phone: Option<String>) -> Answer<Option<String>> {
    let Some(text) = phone else { return Ok(None) };
    let phone = Phone::parse(&text, country(tenant, &text).await?)
        .map_err(|error| Problem::field("phone", error.rule()))?;
    Ok(Some(phone.digits().to_owned()))
}

/// List messages
///
/// Newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages", tag = "messages", operation_id = "list_messages", params(ListFilter, PageQuery), responses((status = 200, body = PageView<MessageView>)))]
async fn list(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Paged { page, filter: query }: Paged<ListFilter>,
) -> Answer<Json<PageView<MessageView>>> {
    let narrow =
        query.session.is_some() || query.campaign.is_some() || query.phone.is_some() || query.from.is_some();
    check_words(query.text.as_deref(), narrow)?;
    let phone = digits(&scoped.tenant, query.phone).await?;
    let filter = MessageFilter {
        session: query.session,
        state: query.state,
        campaign: query.campaign,
        direction: query.direction,
        class: query.class,
        phone,
        code: query.code,
        text: query.text.map(|text| text.trim().to_owned()),
        from: query.from,
        to: query.to,
        chat_id: None,
    };
    let page = scoped.tenant.messages().list(&filter, page).await?;
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
    let message = scoped.tenant.messages().get(id).await?.ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}

/// One thing that happened to a message.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct HappeningView {
    at: DateTime<Utc>,
    what: MessageEvent,
    /// More, for people.
    detail: Option<String>,
    /// For attempts: its number.
    attempt: Option<i32>,
    /// For attempts: how it ended.
    outcome: Option<AttemptOutcomeCode>,
    /// For programs: why it did not go well; of a move, what the member that it left waited for.
    code: Option<ReasonCode>,
    /// For attempts: how long it took, in milliseconds.
    duration_ms: Option<i64>,
}

/// What happened to a message, oldest first.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineView {
    items: Vec<HappeningView>,
}

impl HappeningView {
    fn new(at: DateTime<Utc>, what: MessageEvent) -> Self {
        Self { at, what, detail: None, attempt: None, outcome: None, code: None, duration_ms: None }
    }

    fn attempt(attempt: Attempt) -> Self {
        let took = attempt.finished_at - attempt.started_at;
        Self {
            detail: attempt.detail,
            attempt: Some(attempt.n),
            outcome: Some(attempt.outcome.into()),
            code: attempt.code.map(ReasonCode::from),
            duration_ms: Some(took.num_milliseconds()),
            ..Self::new(attempt.started_at, MessageEvent::Attempt)
        }
    }

    fn moved(moved: MoveEvent) -> Self {
        let detail = Some(format!("from {} to {}", moved.from, moved.to));
        Self { detail, code: Some(moved.reason.into()), ..Self::new(moved.at, MessageEvent::Moved) }
    }
}

fn happenings(message: Message, attempts: Vec<Attempt>, moves: Vec<MoveEvent>) -> Vec<HappeningView> {
    let mut items = vec![match message.direction {
        Direction::Inbound => HappeningView::new(message.created_at, MessageEvent::Received),
        Direction::Outbound => HappeningView::new(message.created_at, MessageEvent::Accepted),
    }];
    if let Some(send_at) = message.send_at.filter(|at| *at > message.created_at) {
        let detail = Some(format!("to be sent at {}", send_at.to_rfc3339()));
        items.push(HappeningView {
            detail,
            ..HappeningView::new(message.created_at, MessageEvent::Scheduled)
        });
    }
    items.extend(attempts.into_iter().map(HappeningView::attempt));
    items.extend(moves.into_iter().map(HappeningView::moved));
    let proven = [
        (message.sent_at, MessageEvent::Sent),
        (message.delivered_at, MessageEvent::Delivered),
        (message.read_at, MessageEvent::Read),
    ];
    let proven = proven.into_iter().filter(|_| message.direction == Direction::Outbound);
    items.extend(proven.filter_map(|(at, what)| Some(HappeningView::new(at?, what))));
    let end = match message.state {
        MessageState::Failed => Some(MessageEvent::Failed),
        MessageState::Expired => Some(MessageEvent::Expired),
        MessageState::Cancelled => Some(MessageEvent::Cancelled),
        _ => None,
    };
    if let (Some(what), Some(at)) = (end, message.settled_at) {
        items.push(HappeningView {
            detail: message.error_detail,
            code: message.error_code.map(ReasonCode::from),
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
    let (message, attempts) = scoped.tenant.messages().attempts(id).await?.ok_or_else(no_message)?;
    let moves = if message.pool_id.is_some() {
        scoped.tenant.sender_pools().message_moves(id).await?
    } else {
        Vec::new()
    };
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
    match scoped.tenant.messages().cancel(id).await? {
        Cancellation::Cancelled => {}
        Cancellation::NotFound => return Err(no_message()),
        Cancellation::TooLate(now) => {
            return Err(Problem::new(
                Code::WrongState,
                format!("the message is {now}; only one that waits can be cancelled"),
            ));
        }
    }
    let message = scoped.tenant.messages().get(id).await?.ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}

/// List a session's messages
///
/// Newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/sessions/{id}/messages", tag = "messages", operation_id = "list_session_messages", params(("id" = SessionId, Path), SessionListFilter, PageQuery), responses((status = 200, body = PageView<MessageView>)))]
async fn of_session(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<SessionId>,
    Paged { page, filter: query }: Paged<SessionListFilter>,
) -> Answer<Json<PageView<MessageView>>> {
    scoped.tenant.sessions().get(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    let SessionListFilter { state: wanted, direction, phone } = query;
    let phone = digits(&scoped.tenant, phone).await?;
    let filter =
        MessageFilter { session: Some(id), state: wanted, direction, phone, ..MessageFilter::default() };
    let page = scoped.tenant.messages().list(&filter, page).await?;
    Ok(Json(views(&state, &scoped.tenant, page).await?))
}

/// Show a session's message
///
/// Needs the scope `messages:read`.
#[utoipa::path(get, path = "/sessions/{id}/messages/{message_id}", tag = "messages", operation_id = "get_session_message", params(("id" = SessionId, Path), ("message_id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
async fn get_session_message(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path((id, message)): Path<(SessionId, MessageId)>,
) -> Answer<Json<MessageView>> {
    let message = scoped
        .tenant
        .messages()
        .get(message)
        .await?
        .filter(|message| message.session_id == id)
        .ok_or_else(no_message)?;
    Ok(Json(view(&state, &scoped.tenant, message).await?))
}
