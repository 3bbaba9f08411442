//! Jobs: found, told as a story, tried again, taken back. For the organization's own, and for operators everybody's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::ReasonCode;
use wahana_domain::jobs::{JobKind, JobKindCode, JobOrMessageState, TimelineStepCode};
use wahana_domain::{CampaignId, JobId, MessageId, OrganizationId, Rule, SessionId};
use wahana_store::jobs::search::{FoundJob, JobFilter, Search};
use wahana_store::jobs::timeline::Step;
use wahana_store::operator::job_control::Acted;

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(list_all))
        .routes(routes!(own_timeline))
        .routes(routes!(timeline))
        .routes(routes!(retry))
        .routes(routes!(cancel))
}

/// A job, or a send that is over.
#[derive(Debug, Serialize, ToSchema)]
struct JobView {
    id: JobId,
    /// Of a send: its message.
    message_id: Option<MessageId>,
    organization_id: OrganizationId,
    kind: JobKindCode,
    /// How far it is; when the job is over, how far its message is.
    state: JobOrMessageState,
    session_id: Option<SessionId>,
    campaign_id: Option<CampaignId>,
    /// The number without a plus, or the chat.
    #[schema(example = "6281234567890")]
    recipient: Option<String>,
    /// Attempts so far; null when it is over.
    attempts: Option<i32>,
    /// When it is due; null when it is over.
    run_at: Option<DateTime<Utc>>,
    /// The worker that has it.
    owner: Option<String>,
    /// What went wrong last.
    code: Option<ReasonCode>,
    detail: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<FoundJob> for JobView {
    fn from(job: FoundJob) -> Self {
        Self {
            id: job.id,
            message_id: job.kind.is(JobKind::SendMessage).then_some(MessageId(job.id.0)),
            organization_id: job.organization,
            kind: job.kind,
            state: job.state,
            session_id: job.session,
            campaign_id: job.campaign,
            recipient: job.recipient,
            attempts: job.attempt,
            run_at: job.run_at,
            owner: job.owner,
            code: job.error_code,
            detail: job.error_detail,
            created_at: job.created_at,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// This one: the id of a job or a message.
    id: Option<String>,
    /// Sends to this number.
    recipient: Option<String>,
    /// Of this organization; for operators.
    organization: Option<OrganizationId>,
    /// Of this session.
    session: Option<SessionId>,
    /// Of this campaign.
    campaign: Option<CampaignId>,
    /// Of this kind.
    kind: Option<JobKind>,
    /// In this state of a job, or of a message whose job is over.
    state: Option<JobOrMessageState>,
    /// Whose last error has this code.
    error: Option<ReasonCode>,
}

impl ListFilter {
    fn parsed(self) -> Answer<JobFilter> {
        let id = self.id.as_deref().map(job_or_message).transpose()?;
        let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let recipient = self.recipient.map(digits);
        if recipient.as_ref().is_some_and(String::is_empty) {
            return Err(Problem::field("recipient", Rule::BadPhone));
        }
        let Self { organization, session, campaign, kind, state, error, .. } = self;
        Ok(JobFilter { id, recipient, organization, session, campaign, kind, state, error })
    }
}

fn job_or_message(text: &str) -> Answer<uuid::Uuid> {
    let job = text.parse::<JobId>().map(|id| id.0);
    job.or_else(|_| text.parse::<MessageId>().map(|id| id.0))
        .map_err(|_| Problem::field("id", Rule::BadId { example: "job_... or msg_...".into() }))
}

fn page(found: Search) -> Answer<Json<PageView<JobView>>> {
    match found {
        Search::Found(page) => Ok(Json(PageView::of(page, JobView::from))),
        Search::TooBroad => Err(Problem::of(Code::TooBroad)),
    }
}

/// One step of a story.
#[derive(Debug, Serialize, ToSchema)]
struct StepView {
    at: DateTime<Utc>,
    step: TimelineStepCode,
    /// More, for people.
    detail: Option<String>,
}

/// What happened, oldest first.
#[derive(Debug, Serialize, ToSchema)]
struct JobTimelineView {
    items: Vec<StepView>,
}

fn story(steps: Option<Vec<Step>>, what: &str) -> Answer<Json<JobTimelineView>> {
    let steps = steps.ok_or_else(|| Problem::not_found(what))?;
    let items = steps.into_iter().map(|Step { at, step, detail }| StepView { at, step, detail }).collect();
    Ok(Json(JobTimelineView { items }))
}

/// List jobs
///
/// What waits, runs or gave up, and sends that are over, newest first. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/jobs", tag = "messages", operation_id = "list_jobs", params(PageQuery, ListFilter), responses((status = 200, body = PageView<JobView>)))]
async fn list(
    scoped: Scoped<need::MessagesRead>,
    Paged { page: request, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<JobView>>> {
    page(scoped.tenant.jobs().find(&filter.parsed()?, request).await?)
}

/// List everybody's jobs
///
/// For operators.
#[utoipa::path(get, path = "/operator/jobs", tag = "operator", operation_id = "list_all_jobs", params(PageQuery, ListFilter), responses((status = 200, body = PageView<JobView>)))]
async fn list_all(
    operator: Operator,
    Paged { page: request, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<JobView>>> {
    page(operator.system.jobs().find(&filter.parsed()?, request).await?)
}

/// Tell the story of a job
///
/// Of a send, whose id is its message's with another prefix: from the request to the last proof. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/jobs/{id}/timeline", tag = "messages", operation_id = "job_timeline", params(("id" = JobId, Path)), responses((status = 200, body = JobTimelineView)))]
async fn own_timeline(
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<JobId>,
) -> Answer<Json<JobTimelineView>> {
    story(scoped.tenant.jobs().timeline(id.0).await?, "job")
}

/// Tell the story of a job
///
/// Of a send: from the request to the last proof. For operators.
#[utoipa::path(get, path = "/operator/jobs/{id}/timeline", tag = "operator", operation_id = "any_job_timeline", params(("id" = JobId, Path)), responses((status = 200, body = JobTimelineView)))]
async fn timeline(operator: Operator, Path(id): Path<JobId>) -> Answer<Json<JobTimelineView>> {
    story(operator.system.jobs().timeline(id.0).await?, "job")
}

/// Try a job again now
///
/// A dead letter begins anew; one that waits for its next try need not wait. For operators.
#[utoipa::path(post, path = "/operator/jobs/{id}/retry", tag = "operator", operation_id = "retry_job", params(("id" = JobId, Path)), responses((status = 200, body = JobTimelineView)))]
async fn retry(operator: Operator, Path(id): Path<JobId>) -> Answer<Json<JobTimelineView>> {
    let owner =
        operator.system.job_control().organization_of(id).await?.ok_or_else(|| Problem::not_found("job"))?;
    done(operator.system.tenant(owner).job_control().retry(id).await?)?;
    story(operator.system.jobs().timeline(id.0).await?, "job")
}

/// Take a job back
///
/// Of a send, its message is cancelled; a dead letter is thrown away. Not while it runs. For operators.
#[utoipa::path(post, path = "/operator/jobs/{id}/cancel", tag = "operator", operation_id = "cancel_job", params(("id" = JobId, Path)), responses((status = 200, body = JobTimelineView)))]
async fn cancel(operator: Operator, Path(id): Path<JobId>) -> Answer<Json<JobTimelineView>> {
    let owner =
        operator.system.job_control().organization_of(id).await?.ok_or_else(|| Problem::not_found("job"))?;
    done(operator.system.tenant(owner).job_control().cancel(id).await?)?;
    let steps = operator.system.jobs().timeline(id.0).await?;
    story(Some(steps.unwrap_or_default()), "job")
}

fn done(acted: Acted) -> Answer<()> {
    match acted {
        Acted::Done => Ok(()),
        Acted::NotFound => Err(Problem::not_found("job")),
        Acted::WrongState(state) => Err(Problem::new(Code::WrongState, format!("the job is {state}"))),
    }
}
