//! WhatsApp accounts: made, changed, started, stopped, deleted. What is asked of WAHA is recorded and answered 202.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::ReasonCode;
use wahana_domain::health::{Health, HealthReasonCode};
use wahana_domain::nodes::Labels;
use wahana_domain::policy::{PacingPolicy, PolicyWish};
use wahana_domain::sessions::{Desired, QuotaStatus, SessionStatus};
use wahana_domain::sessions::{SessionSignalCode, SimpleStatus};
use wahana_domain::{Phone, SessionId};
use wahana_service::sessions::commands::{self, DeletionTerms, SessionError};
use wahana_store::sessions::{NewSession, Session, SessionChange, SessionCommand, SessionEvent};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path, Query, given};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::sse::{Watch, watch};

/// How often a stream looks at its session.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, change, delete))
        .routes(routes!(start))
        .routes(routes!(stop))
        .routes(routes!(restart))
        .routes(routes!(logout))
        .routes(routes!(try_again))
        .routes(routes!(events))
        .routes(routes!(status))
}

/// A WhatsApp account.
#[derive(Debug, Serialize, ToSchema)]
struct SessionView {
    id: SessionId,
    #[schema(example = "Toko Batik Sari")]
    name: String,
    #[schema(example = "Nomor utama toko")]
    description: Option<String>,
    /// What you want of it.
    desired: Desired,
    /// What WAHA last said of it.
    status: SessionStatus,
    /// The same in one of three words.
    simple_status: SimpleStatus,
    status_since: DateTime<Utc>,
    /// The paired phone.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    /// The name its owner chose at WhatsApp.
    #[schema(example = "Toko Batik Sari")]
    push_name: Option<String>,
    policy: PacingPolicy,
    /// How it is, why, and what is done about it.
    health: HealthView,
    /// Why and until when it rests after a signal of WhatsApp.
    parked: Option<ParkedView>,
    /// WhatsApp's quota of new chats, as WAHA last reported it; null where it is not known.
    new_chat_quota: Option<QuotaView>,
    last_inbound_at: Option<DateTime<Utc>>,
    last_outbound_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// How a session is.
#[derive(Debug, Serialize, ToSchema)]
struct HealthView {
    state: Health,
    /// Why it is not healthy, for programs.
    reason: Option<HealthReasonCode>,
    since: DateTime<Utc>,
    /// What is being done, or what you have to do.
    remedy: Option<&'static str>,
}

/// A rest after a signal of WhatsApp.
#[derive(Debug, Serialize, ToSchema)]
struct ParkedView {
    /// Why nothing at all leaves, such as `rate_limited`; else why no message of class bulk leaves.
    code: Option<ReasonCode>,
    /// Nothing at all leaves before.
    until: Option<DateTime<Utc>>,
    /// Why no message of class bulk leaves, such as `restricted`, `message_capping` or `many_rejections`.
    bulk_code: Option<ReasonCode>,
    /// No message of class bulk leaves before.
    bulk_until: Option<DateTime<Utc>>,
}

/// WhatsApp's quota of new chats: how many chats with strangers may be begun per cycle.
#[derive(Debug, Serialize, ToSchema)]
struct QuotaView {
    status: QuotaStatus,
    /// New chats of a cycle; null for no limit.
    #[schema(example = 100)]
    total: Option<i32>,
    /// Of those, begun.
    #[schema(example = 80)]
    used: Option<i32>,
    resets_at: Option<DateTime<Utc>>,
    /// When WAHA was asked.
    checked_at: Option<DateTime<Utc>>,
}

impl SessionView {
    fn of(session: Session, now: DateTime<Utc>) -> Self {
        let until = session.parked_until.filter(|until| *until > now);
        let bulk_until = session.bulk_parked_until.filter(|until| *until > now);
        let (code, bulk_code) =
            (session.park_code.map(ReasonCode::from), session.bulk_park_code.map(ReasonCode::from));
        let parked = (until.is_some() || bulk_until.is_some()).then_some(ParkedView {
            code: if until.is_some() { code } else { bulk_code.clone() },
            until,
            bulk_code: bulk_code.filter(|_| bulk_until.is_some()),
            bulk_until,
        });
        Self {
            id: session.id,
            name: session.name,
            description: session.description,
            desired: session.desired,
            status: session.status,
            simple_status: session.status.simple(session.phone.is_some()),
            status_since: session.status_since,
            phone: session.phone.map(|digits| format!("+{digits}")),
            push_name: session.push_name,
            policy: session.policy.0,
            health: HealthView {
                state: session.health,
                remedy: session
                    .health
                    .remedy(session.health_reason.as_ref().and_then(HealthReasonCode::known)),
                reason: session.health_reason,
                since: session.health_since,
            },
            parked,
            new_chat_quota: session.quota_status.map(|status| QuotaView {
                status,
                total: session.quota_total,
                used: session.quota_used,
                resets_at: session.quota_resets_at,
                checked_at: session.quota_checked_at,
            }),
            last_inbound_at: session.last_inbound_at,
            last_outbound_at: session.last_outbound_at,
            created_at: session.created_at,
        }
    }
}

/// A session to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Toko Batik Sari", "description": "Nomor utama toko"}))]
struct CreateSession {
    /// Unique among your sessions.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is for.
    #[schema(max_length = 1000)]
    description: Option<String>,
    /// Its pace; the default is WAHA's own advice. Without a `time_zone` it has the organization's, now and when that
    /// changes.
    #[serde(default)]
    #[schema(value_type = PacingPolicy, required = false)]
    policy: PolicyWish,
    /// Whether it starts at once.
    #[serde(default = "yes")]
    #[schema(default = true)]
    start: bool,
    /// Labels that its WAHA server must have, as the operator named them: `{"region": "jakarta"}`.
    #[serde(default)]
    #[schema(required = false)]
    placement: Labels,
}

const fn yes() -> bool {
    true
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Toko Batik Sari, kasir"}))]
struct ChangeSession {
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// Null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    description: Option<Option<String>>,
    /// Replaces the whole pace. Without a `time_zone` it has the organization's.
    #[schema(value_type = Option<PacingPolicy>)]
    policy: Option<PolicyWish>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Only those that are so.
    health: Option<Health>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeleteQuery {
    /// Delete it although campaigns or sender pools send through it: they lose this sender, and a campaign pauses if
    /// it was the last.
    #[serde(default)]
    #[param(required = false)]
    force: bool,
    /// Delete it although messages are scheduled: they are cancelled.
    #[serde(default)]
    #[param(required = false)]
    cancel_scheduled: bool,
}

pub(crate) fn no_session() -> Problem {
    Problem::not_found("session")
}

/// The problem of a session that was left as it is.
fn problem_of(error: SessionError) -> Problem {
    match error {
        SessionError::Store(error) => error.into(),
        SessionError::Wrong(wrong) => wrong.into(),
        SessionError::NameTaken => Problem::of(Code::NameTaken).at("name"),
        SessionError::NoSession => no_session(),
        SessionError::NoRoom(_) => Problem::new(Code::NoNode, error.to_string()),
        SessionError::Scheduled(_) => Problem::new(Code::MessagesScheduled, error.to_string()),
        SessionError::InUse { .. } => Problem::new(Code::SessionInUse, error.to_string()),
    }
}

/// List sessions
///
/// Newest first. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions", tag = "sessions", operation_id = "list_sessions", params(PageQuery, ListFilter), responses((status = 200, body = PageView<SessionView>)))]
async fn list(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Paged { page, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<SessionView>>> {
    let page = scoped.tenant.sessions().list(filter.health, page).await?;
    let now = state.store.clock().now();
    Ok(Json(PageView::of(page, |session| SessionView::of(session, now))))
}

/// Create a session
///
/// It is placed on a WAHA server and started; then ask for its QR code. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions", tag = "sessions", operation_id = "create_session", request_body = CreateSession, responses((status = 201, body = SessionView)))]
async fn create(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Json(body): Json<CreateSession>,
) -> Answer<(StatusCode, Json<SessionView>)> {
    let CreateSession { name, description, policy, start, placement } = body;
    let desired = if start { Desired::Running } else { Desired::Stopped };
    let PolicyWish { policy, names_zone } = policy;
    let new = NewSession { name, description, policy, follow_zone: !names_zone, desired, placement };
    let session = commands::create(&scoped.tenant, new).await.map_err(problem_of)?;
    Ok((StatusCode::CREATED, Json(SessionView::of(session, state.store.clock().now()))))
}

/// Show a session
///
/// Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}", tag = "sessions", operation_id = "get_session", params(("id" = SessionId, Path)), responses((status = 200, body = SessionView)))]
async fn get(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
) -> Answer<Json<SessionView>> {
    let session = scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    Ok(Json(SessionView::of(session, state.store.clock().now())))
}

/// Change a session
///
/// A new pace counts from the next message. Needs the scope `sessions:write`.
#[utoipa::path(patch, path = "/sessions/{id}", tag = "sessions", operation_id = "change_session", params(("id" = SessionId, Path)), request_body = ChangeSession, responses((status = 200, body = SessionView)))]
async fn change(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
    Json(body): Json<ChangeSession>,
) -> Answer<Json<SessionView>> {
    let ChangeSession { name, description, policy } = body;
    let follow_zone = policy.as_ref().is_some_and(|wish| !wish.names_zone);
    let policy = policy.map(|wish| wish.policy);
    let change = SessionChange { name, description, policy, follow_zone };
    let session = commands::change(&scoped.tenant, id, change).await.map_err(problem_of)?;
    Ok(Json(SessionView::of(session, state.store.clock().now())))
}

/// Delete a session
///
/// Takes back what it has not sent yet, unpairs the phone and removes it. Refused while messages are scheduled, unless
/// `cancel_scheduled`. Needs the scope `sessions:write`.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "sessions", operation_id = "delete_session", params(("id" = SessionId, Path), DeleteQuery), responses((status = 202, description = "it will be removed")))]
async fn delete(
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
    Query(query): Query<DeleteQuery>,
) -> Answer<StatusCode> {
    let DeleteQuery { force, cancel_scheduled } = query;
    commands::delete(&scoped.tenant, id, DeletionTerms { force, cancel_scheduled })
        .await
        .map_err(problem_of)?;
    Ok(StatusCode::ACCEPTED)
}

async fn command(
    state: &ApiState,
    scoped: &Scoped<need::SessionsWrite>,
    id: SessionId,
    command: SessionCommand,
) -> Answer<(StatusCode, Json<SessionView>)> {
    let session = commands::command(&scoped.tenant, id, command).await.map_err(problem_of)?;
    Ok((StatusCode::ACCEPTED, Json(SessionView::of(session, state.store.clock().now()))))
}

/// Start a session
///
/// Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/start", tag = "sessions", operation_id = "start_session", params(("id" = SessionId, Path)), responses((status = 202, body = SessionView)))]
async fn start(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<(StatusCode, Json<SessionView>)> {
    command(&state, &scoped, id, SessionCommand::Start).await
}

/// Stop a session
///
/// It stays paired. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/stop", tag = "sessions", operation_id = "stop_session", params(("id" = SessionId, Path)), responses((status = 202, body = SessionView)))]
async fn stop(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<(StatusCode, Json<SessionView>)> {
    command(&state, &scoped, id, SessionCommand::Stop).await
}

/// Restart a session
///
/// The cure of the status `failed`. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/restart", tag = "sessions", operation_id = "restart_session", params(("id" = SessionId, Path)), responses((status = 202, body = SessionView)))]
async fn restart(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<(StatusCode, Json<SessionView>)> {
    command(&state, &scoped, id, SessionCommand::Restart).await
}

/// Log a session out
///
/// Unpairs the phone; the session asks for a new QR scan. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/logout", tag = "sessions", operation_id = "logout_session", params(("id" = SessionId, Path)), responses((status = 202, body = SessionView)))]
async fn logout(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<(StatusCode, Json<SessionView>)> {
    command(&state, &scoped, id, SessionCommand::Logout).await
}

/// Let a session try again
///
/// Ends the rest of its bulk messages that began because WhatsApp refused most new chats (`many_rejections`), and counts
/// anew. Does nothing where it does not rest for this. Those who were refused can be sent to again: replay the dead letters
/// of this session with the code `many_rejections`. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/try-again", tag = "sessions", operation_id = "try_session_again", params(("id" = SessionId, Path)), responses((status = 200, body = SessionView)))]
async fn try_again(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<Json<SessionView>> {
    let session = commands::try_again(&scoped.tenant, id).await.map_err(problem_of)?;
    Ok(Json(SessionView::of(session, state.store.clock().now())))
}

/// What happened to a session: a change of its status, a signal, a remedy.
#[derive(Debug, Serialize, ToSchema)]
struct SessionEventView {
    at: DateTime<Utc>,
    status: SessionStatus,
    /// What happened besides a change of status, for programs.
    code: Option<SessionSignalCode>,
    /// The same for people.
    #[schema(example = "somebody has to scan its QR code")]
    detail: Option<String>,
}

/// The history of a session.
#[derive(Debug, Serialize, ToSchema)]
struct SessionEventsView {
    /// The newest 200, newest first.
    items: Vec<SessionEventView>,
}

/// Show a session's history
///
/// The newest 200 changes of its status, signals of WhatsApp and remedies tried. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}/events", tag = "sessions", operation_id = "session_events", params(("id" = SessionId, Path)), responses((status = 200, body = SessionEventsView)))]
async fn events(
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
) -> Answer<Json<SessionEventsView>> {
    let events = scoped.tenant.sessions().events(id, 200).await?.ok_or_else(no_session)?;
    let items = events
        .into_iter()
        .map(|SessionEvent { at, status, code, detail }| {
            let code = code.map(SessionSignalCode::from);
            SessionEventView { at, status, code, detail }
        })
        .collect();
    Ok(Json(SessionEventsView { items }))
}

/// What a stream tells of a session.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct SessionStatusView {
    desired: Desired,
    status: SessionStatus,
    simple_status: SimpleStatus,
    since: DateTime<Utc>,
}

/// Watch a session's status
///
/// A stream of server-sent events: `status` now and at each change, `gone` when the session is deleted,
/// `auth.expired` when your credentials end. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}/status", tag = "sessions", operation_id = "watch_session", params(("id" = SessionId, Path)),
    responses((status = 200, body = SessionStatusView, content_type = "text/event-stream")))]
async fn status(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
) -> Answer<impl IntoResponse> {
    scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    let what = Watch { event: "status", every: LOOK, until: scoped.caller.expires_at() };
    let tenant = scoped.tenant;
    Ok(watch(state, what, move || {
        let tenant = tenant.clone();
        async move {
            let session = tenant.sessions().get(id).await?;
            Ok(session.map(|s| SessionStatusView {
                desired: s.desired,
                status: s.status,
                simple_status: s.status.simple(s.phone.is_some()),
                since: s.status_since,
            }))
        }
    }))
}
