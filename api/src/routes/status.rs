//! The lights: which parts of the installation work. For everybody, because who cannot log in wants to know why; looked
//! at every other second at most, however many ask.

use std::time::Duration;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_store::{Store, StoreError, within};

use crate::ApiState;
use crate::extract::Json;
use crate::lights::{Light, LightView, Part, in_the_dark, lights};

/// How long an answer is good.
const FRESH: TimeDelta = TimeDelta::seconds(2);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(status))
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
pub(crate) struct Board {
    started_at: DateTime<Utc>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    last: Option<StatusView>,
    database_down_since: Option<DateTime<Utc>>,
}

impl Board {
    /// A board of a process that starts now.
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { started_at: now, seen: Mutex::default() }
    }

    /// What was seen a moment ago, or what is seen now; many who ask at once wait for the same look.
    async fn show(&self, store: &Store) -> StatusView {
        let mut seen = self.seen.lock().await;
        let now = store.clock().now();
        if let Some(last) = seen.last.as_ref().filter(|last| now - last.at < FRESH) {
            return last.clone();
        }
        let mut all = vec![LightView::ok(Part::Api, Some(self.started_at))];
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
    Ok(lights(&system.processes().await?, &system.nodes().await?, now))
}

/// Show the status lights
///
/// Which parts of the installation work, as seen within the last two seconds. Needs no credentials; names no tenant, no
/// machine and no number.
#[utoipa::path(get, path = "/status", tag = "accounts", operation_id = "get_status", security(()), responses((status = 200, body = StatusView)))]
async fn status(State(state): State<ApiState>) -> Json<StatusView> {
    Json(state.board.show(&state.store).await)
}
