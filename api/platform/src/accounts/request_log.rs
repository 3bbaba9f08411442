//! The log of requests, for developers of API clients. Read only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::{ApiKeyId, MessageId, UserId};
use wahana_store::accounts::request_log::{LoggedRequest, Made, RequestFilter};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get))
}

/// A request and how it ended.
#[derive(Debug, Serialize, ToSchema)]
struct RequestView {
    /// Its name in the answer's `X-Request-Id`, in problems and in logs.
    #[schema(example = "req_01kb8v2m5xe7s9")]
    request_id: String,
    at: DateTime<Utc>,
    #[schema(example = "POST")]
    method: String,
    /// Such as `/api/v1/messages/{id}`.
    #[schema(example = "/api/v1/messages")]
    route: String,
    /// The same with its ids, without the query.
    #[schema(example = "/api/v1/messages")]
    path: String,
    /// The HTTP status of the answer.
    #[schema(example = 202)]
    status: u16,
    #[schema(example = 14)]
    duration_ms: u32,
    /// The key that asked, if it was one.
    api_key_id: Option<ApiKeyId>,
    /// The member that asked, if it was one.
    user_id: Option<UserId>,
    /// The key's name or the member's address.
    #[schema(example = "kasir")]
    caller: String,
    /// The code of the problem it was answered with.
    error_code: Option<String>,
}

impl From<LoggedRequest> for RequestView {
    fn from(request: LoggedRequest) -> Self {
        Self {
            request_id: request.request_id,
            at: request.at,
            method: request.method,
            route: request.route,
            path: request.path,
            status: request.status,
            duration_ms: request.duration_ms,
            api_key_id: request.key,
            user_id: request.user,
            caller: request.caller,
            error_code: request.error_code,
        }
    }
}

/// An act that stands in the audit log.
#[derive(Debug, Serialize, ToSchema)]
struct MadeAct {
    /// Such as `campaign.create`.
    #[schema(example = "campaign.create")]
    action: String,
    /// To what: an id, a number, or the name of a queue.
    #[schema(example = "cam_01kb8v2m5xe7s9q4h6n0r3t8wz")]
    target: Option<String>,
}

/// A request with what it left behind.
#[derive(Debug, Serialize, ToSchema)]
struct RequestDetailView {
    request: RequestView,
    /// Messages it accepted, at most 100.
    messages: Vec<MessageId>,
    /// What it did, at most 100.
    acts: Vec<MadeAct>,
}

/// The first digit of a status.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
enum StatusClass {
    /// It went well.
    #[serde(rename = "2xx")]
    Success,
    /// The client's mistake.
    #[serde(rename = "4xx")]
    ClientError,
    /// Ours.
    #[serde(rename = "5xx")]
    ServerError,
}

impl StatusClass {
    const fn digit(self) -> i16 {
        match self {
            Self::Success => 2,
            Self::ClientError => 4,
            Self::ServerError => 5,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Only those that ended so.
    #[param(inline)]
    status: Option<StatusClass>,
    /// Only paths that begin so, such as `/api/v1/messages`.
    path: Option<String>,
    /// Only this method, in capital letters.
    method: Option<String>,
    /// Only of this key.
    api_key_id: Option<ApiKeyId>,
    /// Only of this member.
    user_id: Option<UserId>,
    /// Only with this problem.
    error_code: Option<String>,
    /// Only of this name.
    request_id: Option<String>,
    /// Only since then.
    from: Option<DateTime<Utc>>,
}

/// List requests
///
/// What keys asked of the API, and members except for what they looked at with success, newest first: for a week, at
/// most the newest 50,000. Of a flood only a part can be looked at, errors first. They appear here about a second after
/// their answer. Never a body, a header or a query. Needs the scope `audit:read`.
#[utoipa::path(get, path = "/request-log", tag = "api_keys", operation_id = "list_requests", params(PageQuery, ListFilter), responses((status = 200, body = PageView<RequestView>)))]
async fn list(
    scoped: Scoped<need::AuditRead>,
    Paged { page, filter: query }: Paged<ListFilter>,
) -> Answer<Json<PageView<RequestView>>> {
    let filter = RequestFilter {
        status_class: query.status.map(StatusClass::digit),
        path: query.path,
        method: query.method,
        key: query.api_key_id,
        user: query.user_id,
        error_code: query.error_code,
        request_id: query.request_id,
        from: query.from,
    };
    let page = scoped.tenant.request_log().list(&filter, page).await?;
    Ok(Json(PageView::of(page, RequestView::from)))
}

/// Show a request
///
/// With what it made. If several requests were given the same id, the newest. Needs the scope `audit:read`.
#[utoipa::path(get, path = "/request-log/{request_id}", tag = "api_keys", operation_id = "get_request", params(("request_id" = String, Path)), responses((status = 200, body = RequestDetailView)))]
async fn get(
    scoped: Scoped<need::AuditRead>,
    Path(request_id): Path<String>,
) -> Answer<Json<RequestDetailView>> {
    let request =
        scoped.tenant.request_log().get(request_id).await?.ok_or_else(|| Problem::not_found("request"))?;
    let Made { messages, acts } = scoped.tenant.request_log().made_by(&request).await?;
    let acts = acts.into_iter().map(|(action, target)| MadeAct { action, target }).collect();
    Ok(Json(RequestDetailView { request: request.into(), messages, acts }))
}
