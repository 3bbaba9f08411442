//! Links by which somebody without a login pairs one session, and what such a link shows: that session's name, status
//! and codes, and nothing else.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::sessions::SimpleStatus;
use wahana_domain::{PairingLinkId, Rule, SessionId};
use wahana_store::Tenant;
use wahana_store::sessions::pairing_links::{Opened, PairingLink};

use crate::sessions::pairing::{QrQuery, QrView, show_qr};
use crate::sessions::session::no_session;
use wahana_api_kit::ApiState;
use wahana_api_kit::auth::OpaqueToken;
use wahana_api_kit::extract::{Binary, Check, Json, Path, Query};
use wahana_api_kit::limiter::Who;
use wahana_api_kit::middleware::client_address;
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// What every token begins with.
const PREFIX: &str = "wpl_";
const MAX_MINUTES: u32 = 60;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(revoke))
        .routes(routes!(open))
        .routes(routes!(open_qr))
}

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"minutes": 15}))]
struct CreatePairingLink {
    /// How long it works: a quarter of an hour, if left out.
    #[serde(default = "a_quarter")]
    #[schema(minimum = 1, maximum = 60, default = 15)]
    minutes: u32,
}

const fn a_quarter() -> u32 {
    15
}

/// A link by which somebody without a login pairs a session.
#[derive(Debug, Serialize, ToSchema)]
struct PairingLinkView {
    id: PairingLinkId,
    /// Its creator: the address of a member, or the name of a key.
    #[schema(example = "sari@tokobatik.example")]
    created_by: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<PairingLink> for PairingLinkView {
    fn from(link: PairingLink) -> Self {
        let PairingLink { id, created_by, created_at, expires_at } = link;
        Self { id, created_by, created_at, expires_at }
    }
}

/// A link that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewPairingLinkView {
    /// Stands in the address of the dashboard's page `/pair/{token}`. It cannot be shown again.
    #[schema(
        pattern = "^wpl_[0-9A-Za-z_-]{43}$",
        example = "wpl_Zl8xUe7nK2sVt9yRw3pDc6hGaLqE5TbX94fQ0b1Jm7H"
    )]
    token: String,
    link: PairingLinkView,
}

/// The links of a session.
#[derive(Debug, Serialize, ToSchema)]
struct PairingLinksView {
    /// Those that work, newest first.
    items: Vec<PairingLinkView>,
}

/// What a link shows.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedView {
    /// The session's name.
    #[schema(example = "Toko Batik Sari")]
    name: String,
    status: SessionStatus,
    /// The same in one of three words: connected, pairing, disconnected.
    simple_status: SimpleStatus,
    /// When the link ends.
    expires_at: DateTime<Utc>,
}

/// Share a pairing link
///
/// Its holder can pair a phone with this session, without a login, until it ends or is revoked. Needs the scope
/// `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/pairing-links", tag = "sessions", operation_id = "create_pairing_link", params(("id" = SessionId, Path)), request_body = CreatePairingLink, responses((status = 201, body = NewPairingLinkView)))]
async fn create(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
    Json(body): Json<CreatePairingLink>,
) -> Answer<(StatusCode, Json<NewPairingLinkView>)> {
    if !(1..=MAX_MINUTES).contains(&body.minutes) {
        let mut check = Check::default();
        check.wrong("minutes", Rule::OutOfRange { min: 1, max: MAX_MINUTES.into() }).done()?;
    }
    let token = OpaqueToken::make(PREFIX, rand::random());
    let expires_at = state.store.clock().now() + TimeDelta::minutes(body.minutes.into());
    let made = scoped.tenant.pairing_links().create(id, token.hash, expires_at).await?;
    let link = made.ok_or_else(no_session)?.into();
    Ok((StatusCode::CREATED, Json(NewPairingLinkView { token: token.text, link })))
}

/// List pairing links
///
/// Those of the session that work. Needs the scope `sessions:write`.
#[utoipa::path(get, path = "/sessions/{id}/pairing-links", tag = "sessions", operation_id = "list_pairing_links", params(("id" = SessionId, Path)), responses((status = 200, body = PairingLinksView)))]
async fn list(
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
) -> Answer<Json<PairingLinksView>> {
    let links = scoped.tenant.pairing_links().list(id).await?.ok_or_else(no_session)?;
    Ok(Json(PairingLinksView { items: links.into_iter().map(PairingLinkView::from).collect() }))
}

/// Revoke a pairing link
///
/// Needs the scope `sessions:write`.
#[utoipa::path(delete, path = "/sessions/{id}/pairing-links/{link_id}", tag = "sessions", operation_id = "revoke_pairing_link", params(("id" = SessionId, Path), ("link_id" = PairingLinkId, Path)), responses((status = 204, description = "revoked")))]
async fn revoke(
    scoped: Scoped<need::SessionsWrite>,
    Path((id, link)): Path<(SessionId, PairingLinkId)>,
) -> Answer<StatusCode> {
    if !scoped.tenant.pairing_links().revoke(id, link).await? {
        return Err(Problem::not_found("pairing link"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The holder of a valid link: reaches one session.
struct LinkHolder {
    tenant: Tenant,
    opened: Opened,
}

impl FromRequestParts<ApiState> for LinkHolder {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let Path(token) = Path::<String>::from_request_parts(parts, state).await?;
        let opened = state.store.system().pairing_links().open(&OpaqueToken::hash(&token)).await?;
        let Some(opened) = opened else {
            // Guessing costs.
            let address = client_address(&parts.extensions, &parts.headers, &state.config);
            state.limiter.check(Who::Address(address))?;
            return Err(Problem::not_found("pairing link"));
        };
        state.limiter.check(Who::Link(opened.link.0))?;
        Ok(Self { tenant: state.store.tenant(opened.organization), opened })
    }
}

/// Open a pairing link
///
/// Without credentials: the token is one. 404 when the link has ended. If the session's QR codes ran out before anybody
/// scanned one, this restarts it, at most every 2 minutes, so that it shows codes again.
#[utoipa::path(get, path = "/pairing/{token}", tag = "sessions", operation_id = "open_pairing_link", security(()), params(("token" = String, Path)), responses((status = 200, body = OpenedView)))]
async fn open(State(state): State<ApiState>, holder: LinkHolder) -> Answer<Json<OpenedView>> {
    let session = holder.tenant.sessions().get(holder.opened.session).await?.ok_or_else(no_session)?;
    if session.status == SessionStatus::Failed {
        state.store.system().pairing_links().restart_unscanned(session.id).await?;
    }
    Ok(Json(OpenedView {
        name: session.name,
        status: session.status,
        simple_status: session.status.simple(session.phone.is_some()),
        expires_at: holder.opened.expires_at,
    }))
}

/// Show a link's QR code
///
/// As `GET /sessions/{id}/qr`, without credentials.
#[utoipa::path(get, path = "/pairing/{token}/qr", tag = "sessions", operation_id = "open_pairing_qr", security(()), params(("token" = String, Path), QrQuery),
    responses((status = 200, content((Binary = "image/png"), (QrView = "application/json"))), (status = 409, description = "`session_not_pairing`", content_type = "application/problem+json", body = wahana_api_kit::problem::ProblemView)))]
async fn open_qr(
    State(state): State<ApiState>,
    holder: LinkHolder,
    Query(query): Query<QrQuery>,
    headers: HeaderMap,
) -> Answer<Response> {
    show_qr(&state, &holder.tenant, holder.opened.session, &query, &headers).await
}
