//! The devices on which the user is logged in.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::DeviceId;
use wahana_store::accounts::devices::Device;

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list, revoke_others)).routes(routes!(revoke))
}

/// A device on which you are logged in.
#[derive(Debug, Serialize, ToSchema)]
struct DeviceView {
    id: DeviceId,
    /// What it calls itself.
    #[schema(example = "Mozilla/5.0 (Linux; Android 15)")]
    user_agent: Option<String>,
    /// The address it was last seen at.
    #[schema(example = "203.0.113.7")]
    address: Option<String>,
    created_at: DateTime<Utc>,
    /// To the length of an access token.
    last_seen_at: DateTime<Utc>,
    /// Whether this request comes from it.
    current: bool,
}

impl DeviceView {
    fn of(device: Device, current: DeviceId) -> Self {
        let Device { id, user_agent, address, created_at, last_seen_at } = device;
        Self { id, user_agent, address, created_at, last_seen_at, current: id == current }
    }
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
struct DevicesView {
    /// Last seen first.
    items: Vec<DeviceView>,
}

/// List your devices
///
/// Where you are logged in. Not for API keys.
#[utoipa::path(get, path = "/user/devices", tag = "accounts", operation_id = "list_devices", responses((status = 200, body = DevicesView)))]
async fn list(State(state): State<ApiState>, scoped: Scoped<need::User>) -> Answer<Json<DevicesView>> {
    let caller = scoped.user()?;
    let devices = state.store.system().devices().list(caller.user).await?;
    let items = devices.into_iter().map(|device| DeviceView::of(device, caller.device)).collect();
    Ok(Json(DevicesView { items }))
}

/// Log a device out
///
/// It stops working within seconds. Not for API keys.
#[utoipa::path(delete, path = "/user/devices/{id}", tag = "accounts", operation_id = "revoke_device", params(("id" = DeviceId, Path)), responses((status = 204, description = "logged out")))]
async fn revoke(
    State(state): State<ApiState>,
    scoped: Scoped<need::User>,
    Path(id): Path<DeviceId>,
) -> Answer<StatusCode> {
    let (user, organization) = (scoped.user()?.user, scoped.tenant.organization());
    if !scoped.accounts(&state).devices().revoke(user, id, organization).await? {
        return Err(Problem::not_found("device"));
    }
    state.auth.forget_device(id);
    Ok(StatusCode::NO_CONTENT)
}

/// Log all other devices out
///
/// Not for API keys.
#[utoipa::path(delete, path = "/user/devices", tag = "accounts", operation_id = "revoke_other_devices", responses((status = 204, description = "logged out")))]
async fn revoke_others(State(state): State<ApiState>, scoped: Scoped<need::User>) -> Answer<StatusCode> {
    let caller = scoped.user()?;
    let organization = scoped.tenant.organization();
    let system = scoped.accounts(&state);
    let revoked = system.devices().revoke_others(caller.user, caller.device, organization).await?;
    revoked.into_iter().for_each(|device| state.auth.forget_device(device));
    Ok(StatusCode::NO_CONTENT)
}
