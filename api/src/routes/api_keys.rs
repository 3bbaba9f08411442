//! Keys for programs. A key is shown once, when it is made.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Scope;
use wahana_domain::{ApiKeyId, UserId};
use wahana_store::api_keys::{ApiKey, NewApiKey};

use crate::ApiState;
use crate::auth::{Caller, NewKey};
use crate::extract::{Check, Json, Path, Query};
use crate::paging::{self, Cursor, Limit, PageView};
use crate::problem::{Answer, Code, Problem};
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// An API key, without the key itself.
#[derive(Debug, Serialize, ToSchema)]
struct ApiKeyView {
    id: ApiKeyId,
    name: String,
    /// Its beginning, to tell keys apart.
    prefix: String,
    scopes: Vec<Scope>,
    created_by: Option<UserId>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    /// To the minute.
    last_used_at: Option<DateTime<Utc>>,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let ApiKey { id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at } = key;
        let scopes = scopes.iter().filter_map(|scope| scope.parse().ok()).collect();
        Self { id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at }
    }
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewApiKeyView {
    /// The key itself. It cannot be shown again.
    #[schema(pattern = "^wah_[0-9A-Za-z]{38}$")]
    key: String,
    api_key: ApiKeyView,
}

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateApiKey {
    /// What it is for.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What it may do; not more than its maker.
    scopes: Vec<Scope>,
    /// When it ends; never, if left out.
    expires_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
}

/// List API keys
///
/// Those that were not revoked, newest first. Needs the scope `keys:manage`.
#[utoipa::path(get, path = "/user/api-keys", tag = "api_keys", operation_id = "list_api_keys", params(ListQuery), responses((status = 200, body = PageView<ApiKeyView>)))]
async fn list(
    scoped: Scoped<need::KeysManage>,
    Query(query): Query<ListQuery>,
) -> Answer<Json<PageView<ApiKeyView>>> {
    let page = scoped.tenant.api_keys(paging::request(query.limit, query.cursor)).await?;
    Ok(Json(PageView::of(page, ApiKeyView::from)))
}

/// Create an API key
///
/// The key is in this answer and nowhere else. Needs the scope `keys:manage`.
#[utoipa::path(post, path = "/user/api-keys", tag = "api_keys", operation_id = "create_api_key", request_body = CreateApiKey, responses((status = 201, body = NewApiKeyView)))]
async fn create(
    State(state): State<ApiState>,
    scoped: Scoped<need::KeysManage>,
    Json(body): Json<CreateApiKey>,
) -> Answer<(StatusCode, Json<NewApiKeyView>)> {
    let now = state.store.clock().now();
    let mut check = Check::default();
    check.length("name", &body.name, 1, 200);
    if body.expires_at.is_some_and(|end| end <= now) {
        check.wrong("expires_at", "must be in the future");
    }
    check.done()?;
    if let Some(more) = body.scopes.iter().find(|scope| !scoped.caller.has(**scope)) {
        let detail = format!("you cannot give the scope {} because you do not have it", more.as_str());
        return Err(Problem::new(Code::MissingScope, detail).at("scopes"));
    }
    let mut scopes = Vec::with_capacity(body.scopes.len());
    body.scopes.into_iter().for_each(|scope| {
        if !scopes.contains(&scope) {
            scopes.push(scope)
        }
    });
    let key = NewKey::make(&mut rand::rng());
    let created_by = if let Caller::User(user) = &scoped.caller { Some(user.user) } else { None };
    let new = NewApiKey {
        name: &body.name,
        prefix: &key.prefix,
        hash: key.hash,
        scopes: &scopes,
        created_by,
        expires_at: body.expires_at,
    };
    let made = scoped.tenant.create_api_key(&new).await?;
    let view = NewApiKeyView { key: key.text.expose_secret().to_owned(), api_key: made.into() };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Revoke an API key
///
/// It stops working within a second. Needs the scope `keys:manage`.
#[utoipa::path(delete, path = "/user/api-keys/{id}", tag = "api_keys", operation_id = "revoke_api_key", params(("id" = ApiKeyId, Path)), responses((status = 204, description = "revoked")))]
async fn revoke(
    State(state): State<ApiState>,
    scoped: Scoped<need::KeysManage>,
    Path(id): Path<ApiKeyId>,
) -> Answer<StatusCode> {
    let hash = scoped.tenant.revoke_api_key(id).await?.ok_or_else(|| Problem::not_found("API key"))?;
    if let Ok(hash) = hash.as_slice().try_into() {
        state.auth.forget_key(hash);
    }
    Ok(StatusCode::NO_CONTENT)
}
