//! The lights: which parts of the installation work. For everybody, because who cannot log in wants to know why; looked
//! at every other second at most, however many ask.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_store::{Store, StoreError, within};

use crate::operator::parts::{Light, LightView, Part, in_the_dark, lights};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::Json;

/// How long an answer is good.
const FRESH: TimeDelta = TimeDelta::seconds(2);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(status)).layer(Extension(Arc::<StatusCache>::default()))
}

/// Which parts of the installation work.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct StatusView {
    /// When it was looked at.
    at: DateTime<Utc>,
    /// The worst of all lights.
    state: Light,
    lights: Vec<LightView>,
}

/// What this process last saw.
#[derive(Default)]
struct StatusCache {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    last: Option<StatusView>,
    database_down_since: Option<DateTime<Utc>>,
}

impl StatusCache {
    /// What was seen a moment ago, or what is seen now; many who ask at once wait for the same look.
    async fn show(&self, store: &Store, started_at: DateTime<Utc>) -> StatusView {
        let mut seen = self.seen.lock().await;
        let now = store.clock().now();
        if let Some(last) = seen.last.as_ref().filter(|last| now - last.at < FRESH) {
            return last.clone();
        }
        let mut all = vec![LightView::ok(Part::Api, Some(started_at))];
        match within(PATIENCE, look(store, now)).await {
            Ok(lights) => {
                seen.database_down_since = None;
                all.extend(lights);
            }
            Err(error) => {
                tracing::debug!(error.message = %error, "the database does not say how the parts are");
                all.extend(in_the_dark(*seen.database_down_since.get_or_insert(now)));
            }
        }
        let state = all.iter().map(|light| light.state).max().unwrap_or(Light::Ok);
        let view = StatusView { at: now, state, lights: all };
        seen.last = Some(view.clone());
        view
    }
}

async fn look(store: &Store, now: DateTime<Utc>) -> Result<Vec<LightView>, StoreError> {
    let system = store.system();
    Ok(lights(&system.workers().processes().await?, &system.nodes().list().await?, now))
}

/// Show the status lights
///
/// Which parts of the installation work, as seen within the last two seconds. Needs no credentials; names no tenant, no
/// machine and no number.
#[utoipa::path(get, path = "/status", tag = "accounts", operation_id = "get_status", security(()), responses((status = 200, body = StatusView)))]
async fn status(
    State(state): State<ApiState>,
    Extension(cache): Extension<Arc<StatusCache>>,
) -> Json<StatusView> {
    Json(cache.show(&state.store, state.started_at).await)
}
