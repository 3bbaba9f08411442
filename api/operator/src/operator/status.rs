//! Installation status (API, database, Redis, scheduler, workers, nodes). Public, so that people who cannot log in can
//! see why. Cached for 2 s.

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

use crate::operator::parts::{Part, PartState, PartView, parts, while_database_is_down};
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
    /// The worst state of all parts.
    state: PartState,
    parts: Vec<PartView>,
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
        let mut all = vec![PartView::ok(Part::Api, Some(started_at))];
        match within(PATIENCE, look(store, now)).await {
            Ok(parts) => {
                seen.database_down_since = None;
                all.extend(parts);
            }
            Err(error) => {
                tracing::debug!(error.message = %error, "the database does not say how the parts are");
                all.extend(while_database_is_down(*seen.database_down_since.get_or_insert(now)));
            }
        }
        let state = all.iter().map(|part| part.state).max().unwrap_or(PartState::Ok);
        let view = StatusView { at: now, state, parts: all };
        seen.last = Some(view.clone());
        view
    }
}

async fn look(store: &Store, now: DateTime<Utc>) -> Result<Vec<PartView>, StoreError> {
    let system = store.system();
    Ok(parts(&system.workers().processes().await?, &system.nodes().list().await?, now))
}

/// Show the installation status
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
