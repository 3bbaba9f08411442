//! Keys for programs. A key is shown once, when it is made.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Scope;
use wahana_domain::{ApiKeyId, Rule, UserId};
use wahana_store::accounts::api_keys::{ApiKey, NewApiKey, Successor};

use wahana_api_kit::ApiState;
use wahana_api_kit::auth::{Caller, NewKey};
use wahana_api_kit::extract::{Check, Json, NoFilter, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(rename, revoke)).routes(routes!(rotate))
}

/// An API key, without the key itself.
#[derive(Debug, Serialize, ToSchema)]
struct ApiKeyView {
    id: ApiKeyId,
    #[schema(example = "kasir")]
    name: String,
    /// Its beginning, to tell keys apart.
    #[schema(example = "wah_4fQ0b1Jm")]
    prefix: String,
    scopes: Vec<Scope>,
    created_by: Option<UserId>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    /// To the minute.
    last_used_at: Option<DateTime<Utc>>,
    /// The key that took over when this one was rotated.
    replaced_by: Option<ApiKeyId>,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let ApiKey {
            id,
            name,
            prefix,
            scopes,
            created_by,
            created_at,
            expires_at,
            last_used_at,
            replaced_by,
        } = key;
        let scopes = scopes.iter().filter_map(|scope| scope.parse().ok()).collect();
        Self { id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at, replaced_by }
    }
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewApiKeyView {
    /// The key itself. It cannot be shown again.
    #[schema(pattern = "^wah_[0-9A-Za-z]{38}$", example = "wah_4fQ0b1JmZl8xUe7nK2sVt9yRw3pDc6hGaLqE5T")]
    key: String,
    api_key: ApiKeyView,
}

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "kasir",
    "scopes": ["messages:send", "messages:read"],
    "expires_at": "2027-11-30T00:00:00Z",
}))]
struct CreateApiKey {
    /// What it is for.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What it may do; not more than its maker.
    scopes: Vec<Scope>,
    /// When it ends; never, if left out.
    expires_at: Option<DateTime<Utc>>,
}

/// A changed key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "kasir lantai dua"}))]
struct RenameApiKey {
    /// What it is for.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
}

/// A key that takes over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"overlap_seconds": 86400}))]
struct RotateApiKey {
    /// How long the old key goes on working: at most 30 days; a day, if left out; 0 ends it at once.
    #[serde(default = "a_day")]
    #[schema(minimum = 0, maximum = 2_592_000, default = 86_400)]
    overlap_seconds: u32,
    /// When the new key ends; when the old one would have, if left out.
    expires_at: Option<DateTime<Utc>>,
}

const MAX_OVERLAP: u32 = 30 * 86_400;

const fn a_day() -> u32 {
    86_400
}

/// List API keys
///
/// Those that were not revoked, newest first. Needs the scope `keys:manage`.
#[utoipa::path(get, path = "/user/api-keys", tag = "api_keys", operation_id = "list_api_keys", params(PageQuery), responses((status = 200, body = PageView<ApiKeyView>)))]
async fn list(
    scoped: Scoped<need::KeysManage>,
    Paged { page, .. }: Paged<NoFilter>,
) -> Answer<Json<PageView<ApiKeyView>>> {
    let page = scoped.tenant.api_keys().list(page).await?;
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
        check.wrong("expires_at", Rule::InPast);
    }
    check.done()?;
    check_scopes(&scoped.caller, &body.scopes)?;
    let mut scopes = Vec::with_capacity(body.scopes.len());
    body.scopes.into_iter().for_each(|scope| {
        if !scopes.contains(&scope) {
            scopes.push(scope)
        }
    });
    let key = NewKey::make(&mut rand::rng());
    let created_by = user_of(&scoped.caller);
    let new = NewApiKey {
        name: &body.name,
        prefix: &key.prefix,
        hash: key.hash,
        scopes: &scopes,
        created_by,
        expires_at: body.expires_at,
    };
    let made = scoped.tenant.api_keys().create(&new).await?;
    let view = NewApiKeyView { key: key.text.expose_secret().to_owned(), api_key: made.into() };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Rename an API key
///
/// What it may do stays: for other scopes make another key. Needs the scope `keys:manage`.
#[utoipa::path(patch, path = "/user/api-keys/{id}", tag = "api_keys", operation_id = "rename_api_key", params(("id" = ApiKeyId, Path)), request_body = RenameApiKey, responses((status = 200, body = ApiKeyView)))]
async fn rename(
    scoped: Scoped<need::KeysManage>,
    Path(id): Path<ApiKeyId>,
    Json(body): Json<RenameApiKey>,
) -> Answer<Json<ApiKeyView>> {
    Check::default().length("name", &body.name, 1, 200).done()?;
    Ok(Json(scoped.tenant.api_keys().rename(id, &body.name).await?.ok_or_else(no_key)?.into()))
}

/// Rotate an API key
///
/// Makes a key of the same name and scopes; the old one goes on working for a while, so that programs can change over.
/// The new key is in this answer and nowhere else. Needs the scope `keys:manage`.
#[utoipa::path(post, path = "/user/api-keys/{id}/rotate", tag = "api_keys", operation_id = "rotate_api_key", params(("id" = ApiKeyId, Path)), request_body = RotateApiKey, responses((status = 201, body = NewApiKeyView)))]
async fn rotate(
    State(state): State<ApiState>,
    scoped: Scoped<need::KeysManage>,
    Path(id): Path<ApiKeyId>,
    Json(body): Json<RotateApiKey>,
) -> Answer<(StatusCode, Json<NewApiKeyView>)> {
    let now = state.store.clock().now();
    let old = scoped.tenant.api_keys().get(id).await?.ok_or_else(no_key)?;
    let expires_at = body.expires_at.or(old.expires_at);
    let mut check = Check::default();
    if body.overlap_seconds > MAX_OVERLAP {
        check.wrong("overlap_seconds", Rule::TooLarge { max: MAX_OVERLAP.into() });
    }
    if expires_at.is_some_and(|end| end <= now) {
        check.wrong("expires_at", Rule::InPast);
    }
    check.done()?;
    check_scopes(&scoped.caller, &ApiKeyView::from(old).scopes)?;
    let key = NewKey::make(&mut rand::rng());
    let successor = Successor {
        prefix: &key.prefix,
        hash: key.hash,
        created_by: user_of(&scoped.caller),
        expires_at,
        old_until: now + TimeDelta::seconds(body.overlap_seconds.into()),
    };
    let Some((made, old_hash)) = scoped.tenant.api_keys().rotate(id, &successor).await? else {
        return Err(Problem::new(Code::WrongState, "the key was rotated before; rotate its successor"));
    };
    forget(&state, &old_hash);
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
    let hash = scoped.tenant.api_keys().revoke(id).await?.ok_or_else(no_key)?;
    forget(&state, &hash);
    Ok(StatusCode::NO_CONTENT)
}

fn no_key() -> Problem {
    Problem::not_found("API key")
}

/// Nobody gets a key that may do more than its maker.
fn check_scopes(caller: &Caller, scopes: &[Scope]) -> Answer<()> {
    let Some(more) = scopes.iter().find(|scope| !caller.has(**scope)) else { return Ok(()) };
    let detail = format!("you cannot give the scope {} because you do not have it", more.as_str());
    Err(Problem::new(Code::MissingScope, detail).at("scopes"))
}

fn user_of(caller: &Caller) -> Option<UserId> {
    if let Caller::User(user) = caller { Some(user.user) } else { None }
}

fn forget(state: &ApiState, hash: &[u8]) {
    if let Ok(hash) = hash.try_into() {
        state.auth.forget_key(hash);
    }
}
