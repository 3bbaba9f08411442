//! The dry run of a campaign: who will get it, who will not and why, what its senders can do, and what speaks against
//! launching it. Changes nothing.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::findings::{FindingCode, Weight};
use wahana_domain::health::Health;
use wahana_domain::{CampaignId, Reason, SessionId};
use wahana_service::campaigns::dry_run::{DryRun, SenderOutlook, dry_run};
use wahana_service::campaigns::findings::Finding;
use wahana_store::campaigns::check::{CampaignSender, Lacking};

use crate::campaigns::forecast::ForecastView;
use crate::campaigns::problems::problem_of;
use crate::messages::lanes::LineView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{ETag, Json, Path, etag};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What would become of a campaign if it went out as it is.
#[derive(Debug, Serialize, ToSchema)]
struct DryRunView {
    /// The version of the campaign that was looked at: start it with this one.
    #[schema(example = 4)]
    version: i32,
    /// People who have no message yet.
    #[schema(example = 1200)]
    people: i64,
    /// Of those, how many will be written to.
    #[schema(example = 1174)]
    to_send: i64,
    /// Those who will not, by the reason.
    left_out: Vec<LeftOutCountView>,
    /// The variables that people lack, of those who may be written to.
    missing_variables: Vec<MissingVariableView>,
    /// About how many of them no sender has a chat with.
    #[schema(example = 310)]
    new_chats: i64,
    /// The sessions that send it.
    senders: Vec<SenderView>,
    /// What speaks against launching it, or for another look; the gravest first.
    findings: Vec<FindingView>,
    /// When it will be through, without those who are left out.
    forecast: ForecastView,
}

impl From<DryRun> for DryRunView {
    fn from(told: DryRun) -> Self {
        let DryRun { version, audience, left_out, lacking, new_chats, senders, findings, forecast } = told;
        Self {
            version,
            people: audience.people,
            to_send: audience.to_send(),
            left_out: left_out
                .into_iter()
                .map(|(code, people)| LeftOutCountView { code, people, remedy: code.remedy() })
                .collect(),
            missing_variables: lacking
                .into_iter()
                .map(|Lacking { name, people }| MissingVariableView { name, people })
                .collect(),
            new_chats,
            senders: senders.into_iter().map(SenderView::from).collect(),
            findings: findings.into_iter().map(FindingView::from).collect(),
            forecast: forecast.into(),
        }
    }
}

/// People who are left out for one reason.
#[derive(Debug, Serialize, ToSchema)]
struct LeftOutCountView {
    /// `suppressed`, `no_consent`, `not_on_whatsapp` or `missing_variable`.
    code: Reason,
    #[schema(example = 14)]
    people: i64,
    /// What to do about it.
    #[schema(example = "Nothing has to be done.")]
    remedy: &'static str,
}

/// A variable that people lack.
#[derive(Debug, Serialize, ToSchema)]
struct MissingVariableView {
    #[schema(example = "order")]
    name: String,
    #[schema(example = 112)]
    people: i64,
}

/// A session that sends the campaign, and what it can do.
#[derive(Debug, Serialize, ToSchema)]
struct SenderView {
    session_id: SessionId,
    #[schema(example = "Toko Batik Sari")]
    name: String,
    health: Health,
    /// What its bulk messages wait for now, and what today's caps leave.
    #[serde(flatten)]
    line: LineView,
    /// Bulk messages it could send on a whole day like today by its pace.
    #[schema(example = 800)]
    per_day: u64,
    /// Other running campaigns that it takes turns with.
    #[schema(example = 1)]
    other_campaigns: u32,
}

impl From<SenderOutlook> for SenderView {
    fn from(outlook: SenderOutlook) -> Self {
        let SenderOutlook { sender, line, per_day, other_campaigns } = outlook;
        let CampaignSender { id, name, health, .. } = sender;
        Self { session_id: id, name, health, line: line.into(), per_day, other_campaigns }
    }
}

/// Something that speaks against launching a campaign, or for another look.
#[derive(Debug, Serialize, ToSchema)]
struct FindingView {
    code: FindingCode,
    weight: Weight,
    /// The sender it is about.
    session_id: Option<SessionId>,
    /// The same for people, and what to do.
    #[schema(example = "112 people have no value for `order`.")]
    detail: String,
}

impl From<Finding> for FindingView {
    fn from(Finding { code, session, detail }: Finding) -> Self {
        Self { code, weight: code.weight(), session_id: session, detail }
    }
}

/// Try a campaign without sending
///
/// People who would get it and people who would not, as things stand now: people who opted out since they were
/// uploaded, numbers without WhatsApp, variables without a value; what its senders can do today; when it would be
/// through; and all that speaks against launching it. Nothing is changed. Reads everybody who is left. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/dry-run", tag = "campaigns", operation_id = "dry_run_campaign", params(("id" = CampaignId, Path)), 
    responses((status = 200, body = DryRunView, headers(("ETag" = String, description = "the version that was looked at")))))]
async fn show(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<(ETag, Json<DryRunView>)> {
    let told = dry_run(&scoped.tenant, id, state.store.clock().now()).await.map_err(problem_of)?;
    Ok((etag(told.version), Json(told.into())))
}
