//! Jobs that gave up, and putting them back to work.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::ReasonCode;
use wahana_domain::jobs::JobKindCode;
use wahana_domain::{CampaignId, JobId, Names, Rule, SessionId};
use wahana_store::jobs::dead_letters::{DeadFilter, DeadGroup, DeadLetter, Replayed};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most jobs named in one replay.
const MAX_JOBS: usize = 1_000;
/// The fields that say which dead letters are meant; one at least.
const SELECTORS: [&str; 7] = ["job_ids", "code", "campaign_id", "session_id", "kind", "since", "until"];

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(groups))
        .routes(routes!(replay))
        .routes(routes!(all_groups))
        .routes(routes!(replay_all))
}

/// A job that gave up.
#[derive(Debug, Serialize, ToSchema)]
struct DeadLetterView {
    id: JobId,
    kind: JobKindCode,
    /// The ids it is about.
    #[schema(value_type = Object)]
    payload: serde_json::Value,
    #[schema(example = 5)]
    attempts: i32,
    /// Why it gave up.
    code: Option<ReasonCode>,
    #[schema(example = "the file is gone")]
    detail: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<DeadLetter> for DeadLetterView {
    fn from(letter: DeadLetter) -> Self {
        let DeadLetter { id, kind, payload, attempt, error_code, error_detail, created_at } = letter;
        let code = error_code.map(ReasonCode::from);
        Self { id, kind, payload, attempts: attempt, code, detail: error_detail, created_at }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Only those that gave up for this reason.
    code: Option<ReasonCode>,
}

/// Which dead letters to put back to work: all that fit every field that is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "media_gone",
    "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
    "preview": true,
}))]
struct Replay {
    /// These, at most 1,000.
    #[schema(max_items = 1000)]
    job_ids: Option<Vec<JobId>>,
    /// That gave up for this reason.
    code: Option<ReasonCode>,
    /// Of this campaign.
    campaign_id: Option<CampaignId>,
    /// Of the lane of this session.
    session_id: Option<SessionId>,
    /// Of this kind.
    kind: Option<JobKindCode>,
    /// Recorded at this time or later.
    since: Option<DateTime<Utc>>,
    /// Recorded before this time.
    until: Option<DateTime<Utc>>,
    /// Only counts them.
    #[serde(default)]
    preview: bool,
}

impl Replay {
    fn filter(self) -> Answer<DeadFilter> {
        let Self { job_ids, code, campaign_id, session_id, kind, since, until, preview: _ } = self;
        if job_ids.as_ref().is_some_and(|jobs| jobs.len() > MAX_JOBS) {
            return Err(Problem::field("job_ids", Rule::TooManyItems { max: MAX_JOBS as u64 }));
        }
        let (jobs, campaign, session) = (job_ids, campaign_id, session_id);
        let some =
            jobs.is_some() || campaign.is_some() || session.is_some() || since.is_some() || until.is_some();
        if !some && code.is_none() && kind.is_none() {
            return Err(Problem::field("job_ids", Rule::RequiredOneOf { fields: Names::of(&SELECTORS) }));
        }
        Ok(DeadFilter { jobs, code, organization: None, campaign, session, kind, since, until })
    }
}

/// How many were put back.
#[derive(Debug, Serialize, ToSchema)]
struct ReplayedView {
    #[schema(example = 12)]
    replayed: u64,
    /// Of the same filter, still dead: at most 1,000 go at once, so ask again until it is 0.
    #[schema(example = 0)]
    left: u64,
}

impl From<Replayed> for ReplayedView {
    fn from(Replayed { replayed, left }: Replayed) -> Self {
        Self { replayed, left }
    }
}

/// Dead letters of one kind that gave up for one reason.
#[derive(Debug, Serialize, ToSchema)]
struct DeadGroupView {
    kind: JobKindCode,
    code: Option<ReasonCode>,
    #[schema(example = 12)]
    jobs: i64,
    oldest: DateTime<Utc>,
}

/// Dead letters by kind and reason.
#[derive(Debug, Serialize, ToSchema)]
struct DeadGroupsView {
    items: Vec<DeadGroupView>,
}

impl From<Vec<DeadGroup>> for DeadGroupsView {
    fn from(groups: Vec<DeadGroup>) -> Self {
        let view = |DeadGroup { kind, error_code, jobs, oldest }| DeadGroupView {
            kind,
            code: error_code.map(ReasonCode::from),
            jobs,
            oldest,
        };
        Self { items: groups.into_iter().map(view).collect() }
    }
}

/// List dead letters
///
/// Jobs that gave up, newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/dead-letters", tag = "messages", operation_id = "list_dead_letters", params(PageQuery, ListFilter), responses((status = 200, body = PageView<DeadLetterView>)))]
async fn list(
    scoped: Scoped<need::MessagesRead>,
    Paged { page, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<DeadLetterView>>> {
    let page = scoped.tenant.dead_letters().list(filter.code.as_ref(), page).await?;
    Ok(Json(PageView::of(page, DeadLetterView::from)))
}

/// Count dead letters by reason
///
/// By kind and reason, the most first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/dead-letters/groups", tag = "messages", operation_id = "list_dead_letter_groups", responses((status = 200, body = DeadGroupsView)))]
async fn groups(scoped: Scoped<need::MessagesRead>) -> Answer<Json<DeadGroupsView>> {
    Ok(Json(scoped.tenant.dead_letters().groups().await?.into()))
}

/// Replay dead letters
///
/// Their attempts start anew; those made so far stay on record. With `preview` nothing is done: `left` says how many
/// there are. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/dead-letters/replay", tag = "messages", operation_id = "replay_dead_letters", request_body = Replay, responses((status = 200, body = ReplayedView)))]
async fn replay(scoped: Scoped<need::MessagesSend>, Json(body): Json<Replay>) -> Answer<Json<ReplayedView>> {
    let preview = body.preview;
    let filter = body.filter()?;
    if preview {
        let left = scoped.tenant.dead_letters().count(&filter).await?;
        return Ok(Json(ReplayedView { replayed: 0, left }));
    }
    Ok(Json(scoped.tenant.dead_letters().replay(&filter).await?.into()))
}

/// Count everybody's dead letters by reason
///
/// For operators.
#[utoipa::path(get, path = "/operator/dead-letters/groups", tag = "operator", operation_id = "list_all_dead_letter_groups", responses((status = 200, body = DeadGroupsView)))]
async fn all_groups(operator: Operator) -> Answer<Json<DeadGroupsView>> {
    Ok(Json(operator.system.dead_letters().groups().await?.into()))
}

/// Replay anybody's dead letters
///
/// As replay_dead_letters, over all organizations. For operators.
#[utoipa::path(post, path = "/operator/dead-letters/replay", tag = "operator", operation_id = "replay_all_dead_letters", request_body = Replay, responses((status = 200, body = ReplayedView)))]
async fn replay_all(operator: Operator, Json(body): Json<Replay>) -> Answer<Json<ReplayedView>> {
    let preview = body.preview;
    let filter = body.filter()?;
    if preview {
        let left = operator.system.dead_letters().count(&filter).await?;
        return Ok(Json(ReplayedView { replayed: 0, left }));
    }
    Ok(Json(operator.system.dead_letters().replay(&filter).await?.into()))
}
