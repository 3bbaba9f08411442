//! Pairing a session with a phone. The QR code comes live from WAHA and is never stored or logged.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{Phone, SessionId};
use wahana_store::Tenant;
use wahana_store::sessions::Pairing;
use wahana_waha::{Class, Node, WahaClient, WahaError};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Binary, Json, Path, Query};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_service::contacts::numbers::country;

/// WAHA itself waits up to 10 s for a code.
const PATIENCE: Duration = Duration::from_secs(12);
/// How long the first code lasts, and each further one (docs/waha.md section 3). WAHA tells of each new one, not of how
/// long it will last.
const FIRST_CODE_LASTS: TimeDelta = TimeDelta::seconds(60);
const NEXT_CODE_LASTS: TimeDelta = TimeDelta::seconds(20);
/// When the code in the answer ends, as RFC 3339.
const QR_EXPIRES_AT: HeaderName = HeaderName::from_static("x-qr-expires-at");

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(qr)).routes(routes!(pairing_code))
}

/// The form of a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// A picture.
    Png,
    /// The text inside it.
    Raw,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct QrQuery {
    /// `png`, or `raw` for JSON with the text inside; usually by the Accept header.
    #[param(inline)]
    format: Option<Format>,
}

/// The text inside a QR code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QrView {
    #[schema(example = "2@Zk1Xh0vQ8r")]
    value: String,
    /// About when WhatsApp replaces it; null if WAHA did not tell when it came, or it has lasted longer already.
    expires_at: Option<DateTime<Utc>>,
}

/// Show the QR code
///
/// To scan in WhatsApp: Settings, Linked devices. The first code lasts a minute or so, each further one 20 s: ask
/// again after `expires_at`, which of a picture stands in the header `X-Qr-Expires-At`, if it is known. Only while
/// the session's status is `scan_qr_code`. Needs the scope `sessions:write`.
#[utoipa::path(get, path = "/sessions/{id}/qr", tag = "sessions", operation_id = "session_qr", params(("id" = SessionId, Path), QrQuery),
    responses((status = 200, content((Binary = "image/png"), (QrView = "application/json"))), (status = 409, description = "`session_not_pairing`", content_type = "application/problem+json", body = wahana_api_kit::problem::ProblemView)))]
async fn qr(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
    Query(query): Query<QrQuery>,
    headers: HeaderMap,
) -> Answer<Response> {
    show_qr(&state, &scoped.tenant, id, &query, &headers).await
}

/// The session's QR code, as a picture or as text.
pub(crate) async fn show_qr(
    state: &ApiState,
    tenant: &Tenant,
    id: SessionId,
    query: &QrQuery,
    headers: &HeaderMap,
) -> Answer<Response> {
    let Scannable { client, name, code_ends } = scannable(state, tenant, id).await?;
    let now = state.store.clock().now();
    let expires_at = code_ends.filter(|end| *end > now);
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let raw = query.format.map_or(accept.contains("application/json"), |format| format == Format::Raw);
    if raw {
        let value = within(client.qr_raw(&name)).await?;
        return Ok(Json(QrView { value, expires_at }).into_response());
    }
    let png = within(client.qr_png(&name)).await?;
    let mut response = ([(header::CONTENT_TYPE, "image/png")], png).into_response();
    let end = expires_at.map(|end| end.to_rfc3339_opts(SecondsFormat::Millis, true));
    if let Some(end) = end.and_then(|end| HeaderValue::from_str(&end).ok()) {
        response.headers_mut().insert(QR_EXPIRES_AT, end);
    }
    Ok(response)
}

/// The phone to pair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "+6281234567890"}))]
struct PairingCodeRequest {
    /// The number of the phone to pair.
    #[schema(example = "+6281234567890")]
    phone: String,
}

/// A code to type into the phone.
#[derive(Debug, Serialize, ToSchema)]
struct PairingCodeView {
    /// Such as `ABCD-1234`.
    #[schema(example = "ABCD-1234")]
    code: String,
}

/// Ask for a pairing code
///
/// Instead of scanning: type it in WhatsApp, Settings, Linked devices, Link with phone number. Only while the
/// session's status is `scan_qr_code`. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sessions/{id}/pairing-code", tag = "sessions", operation_id = "session_pairing_code", params(("id" = SessionId, Path)), request_body = PairingCodeRequest, responses((status = 200, body = PairingCodeView)))]
async fn pairing_code(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SessionId>,
    Json(body): Json<PairingCodeRequest>,
) -> Answer<Json<PairingCodeView>> {
    let phone = Phone::parse(&body.phone, country(&scoped.tenant, &body.phone).await?)
        .map_err(|error| Problem::field("phone", error.rule()))?;
    let Scannable { client, name, .. } = scannable(&state, &scoped.tenant, id).await?;
    let code = within(client.request_code(&name, phone.digits())).await?;
    Ok(Json(PairingCodeView { code }))
}

/// A session that waits for a phone.
struct Scannable {
    client: WahaClient,
    /// Its name at WAHA.
    name: String,
    /// About when the code ends that is shown now.
    code_ends: Option<DateTime<Utc>>,
}

/// A problem unless it waits for a phone. Our own record is asked first, for WAHA blocks a caller for 10 s when there is
/// nothing to scan.
async fn scannable(state: &ApiState, tenant: &Tenant, id: SessionId) -> Answer<Scannable> {
    let AtWaha { status, code_ends, client, name } = waha_of(state, tenant, id).await?;
    if status != SessionStatus::ScanQrCode {
        let word = serde_json::to_value(status)
            .ok()
            .and_then(|word| word.as_str().map(str::to_owned))
            .unwrap_or_default();
        return Err(not_pairing(&word));
    }
    Ok(Scannable { client, name, code_ends })
}

/// A session as its node knows it.
pub(crate) struct AtWaha {
    pub(crate) status: SessionStatus,
    /// About when the QR code ends that it shows, if it shows one.
    code_ends: Option<DateTime<Utc>>,
    pub(crate) client: WahaClient,
    /// Its name there.
    pub(crate) name: String,
}

/// What a session's status is, the client of its node, and its name there.
pub(crate) async fn waha_of(state: &ApiState, tenant: &Tenant, id: SessionId) -> Answer<AtWaha> {
    let Pairing { status, status_since, told_at, waha_name: name, node } =
        tenant.sessions().pairing(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    let base_url = node.base_url.parse().map_err(Problem::internal)?;
    let client = state
        .waha
        .get(&Node { id: node.id.to_string(), base_url, api_key: node.api_key })
        .map_err(Problem::internal)?;
    let code_ends = told_at.map(|told_at| told_at + code_lasts(status_since, told_at));
    Ok(AtWaha { status, code_ends, client, name })
}

/// How long the code lasts that came at `told_at`: the status began with the first one.
fn code_lasts(status_since: DateTime<Utc>, told_at: DateTime<Utc>) -> TimeDelta {
    let is_first = (told_at - status_since).abs() < NEXT_CODE_LASTS;
    if is_first { FIRST_CODE_LASTS } else { NEXT_CODE_LASTS }
}

fn not_pairing(status: &str) -> Problem {
    Problem::new(
        Code::SessionNotPairing,
        format!("the session's status is {status}; a code exists only in scan_qr_code"),
    )
}

async fn within<T>(call: impl Future<Output = Result<T, WahaError>>) -> Answer<T> {
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(WahaError { class: Class::NotWorking { status }, .. })) => {
            Err(not_pairing(&status.unwrap_or_else(|| "unknown".into()).to_lowercase()))
        }
        Ok(Err(error)) => {
            tracing::warn!(error.type = error.code.as_str(), "pairing: the WAHA server did not give a code");
            Err(Problem::of(Code::WahaUnavailable).retry_after(2))
        }
        Err(_) => Err(Problem::of(Code::WahaUnavailable).retry_after(2)),
    }
}
