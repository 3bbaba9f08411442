//! Jobs that gave up, and putting them back to work.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::JobId;
use wahana_store::dead_letters::DeadLetter;

use crate::ApiState;
use crate::extract::{Json, Query};
use crate::paging::{self, Cursor, Limit, PageView};
use crate::problem::{Answer, Problem};
use crate::scoped::{Scoped, need};

/// Most jobs named in one replay.
const MOST: usize = 1_000;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(replay))
}

/// A job that gave up.
#[derive(Debug, Serialize, ToSchema)]
struct DeadLetterView {
    id: JobId,
    /// Such as `send_message`.
    kind: String,
    /// The ids it is about.
    #[schema(value_type = Object)]
    payload: serde_json::Value,
    attempts: i32,
    /// Why it gave up.
    code: Option<String>,
    detail: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<DeadLetter> for DeadLetterView {
    fn from(letter: DeadLetter) -> Self {
        let DeadLetter { id, kind, payload, attempt, error_code, error_detail, created_at } = letter;
        Self { id, kind, payload, attempts: attempt, code: error_code, detail: error_detail, created_at }
    }
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
    #[serde(default)]
    cursor: Option<Cursor>,
    /// Only those that gave up for this reason.
    code: Option<String>,
}

/// Which dead letters to put back to work: `job_ids` or `code`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Replay {
    /// These, at most 1,000.
    #[schema(max_items = 1000)]
    job_ids: Option<Vec<JobId>>,
    /// All that gave up for this reason.
    code: Option<String>,
}

/// How many were put back.
#[derive(Debug, Serialize, ToSchema)]
struct Replayed {
    replayed: u64,
}

/// List dead letters
///
/// Jobs that gave up, newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/dead-letters", tag = "messages", operation_id = "list_dead_letters", params(ListQuery), responses((status = 200, body = PageView<DeadLetterView>)))]
async fn list(
    scoped: Scoped<need::MessagesRead>,
    Query(query): Query<ListQuery>,
) -> Answer<Json<PageView<DeadLetterView>>> {
    let page =
        scoped.tenant.dead_letters(query.code.as_deref(), paging::request(query.limit, query.cursor)).await?;
    Ok(Json(PageView::of(page, DeadLetterView::from)))
}

/// Replay dead letters
///
/// Their attempts start anew; those made so far stay on record. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/dead-letters/replay", tag = "messages", operation_id = "replay_dead_letters", request_body = Replay, responses((status = 200, body = Replayed)))]
async fn replay(scoped: Scoped<need::MessagesSend>, Json(body): Json<Replay>) -> Answer<Json<Replayed>> {
    if body.job_ids.is_none() && body.code.is_none() {
        return Err(Problem::field("job_ids", "say which: job_ids, or a code"));
    }
    if body.job_ids.as_ref().is_some_and(|jobs| jobs.len() > MOST) {
        return Err(Problem::field("job_ids", format!("at most {MOST} at once")));
    }
    let replayed = scoped.tenant.replay_dead_letters(body.job_ids.as_deref(), body.code.as_deref()).await?;
    Ok(Json(Replayed { replayed }))
}
