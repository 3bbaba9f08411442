//! The dry run of a campaign: who will get it, who will not and why, what its senders can do, and what speaks against
//! launching it. Changes nothing.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::filler::Filler;
use wahana_domain::health::Health;
use wahana_domain::messages::Class;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, Reason, SessionId};
use wahana_pacing::day;
use wahana_store::Tenant;
use wahana_store::campaigns::check::{Audience, CampaignSender, Lacking};
use wahana_store::campaigns::forecast::CampaignOutlook;
use wahana_store::jobs::relay::LaneFacts;

use crate::campaigns::findings::{Facts, FindingView};
use crate::campaigns::forecast::{ForecastView, told};
use crate::campaigns::no_campaign;
use crate::messages::lanes::LineView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What would become of a campaign if it went out as it is.
#[derive(Debug, Serialize, ToSchema)]
struct DryRunView {
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

/// People who are left out for one reason.
#[derive(Debug, Serialize, ToSchema)]
struct LeftOutCountView {
    /// `suppressed`, `not_on_whatsapp` or `missing_variable`.
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

fn left_out(audience: &Audience) -> Vec<LeftOutCountView> {
    let counts = [
        (Reason::Suppressed, audience.suppressed),
        (Reason::NotOnWhatsapp, audience.not_on_whatsapp),
        (Reason::MissingVariable, audience.missing_variable),
    ];
    let hit = counts.into_iter().filter(|(_, people)| *people > 0);
    hit.map(|(code, people)| LeftOutCountView { code, people, remedy: code.remedy() }).collect()
}

/// Removes recipients that are left out: they take no time.
fn without_left_out(mut known: CampaignOutlook, audience: &Audience) -> CampaignOutlook {
    let share = audience.to_send() as f64 / audience.people.max(1) as f64;
    let mut owed = 0.0;
    for crowd in &mut known.people {
        owed += crowd.n as f64 * share;
        crowd.n = owed.round() as i64;
        owed -= crowd.n as f64;
    }
    known
}

async fn senders(
    tenant: &Tenant,
    known: &CampaignOutlook,
    sessions: &[CampaignSender],
    now: DateTime<Utc>,
) -> Answer<Vec<SenderView>> {
    let ids: Vec<SessionId> = known.senders.iter().map(|(facts, _)| facts.session).collect();
    let limits = tenant.lanes().limits(&ids).await?;
    let view = |(facts, others): &(LaneFacts, u32)| {
        let session = sessions.iter().find(|session| session.id == facts.session)?;
        let lane = &facts.state;
        Some(SenderView {
            session_id: session.id,
            name: session.name.clone(),
            health: session.health,
            line: LineView::of(facts, &limits, Class::Bulk, now),
            per_day: day::plan(&lane.policy, lane.warm_up_from, known.new_chats, now).messages,
            other_campaigns: *others,
        })
    };
    Ok(known.senders.iter().filter_map(view).collect())
}

/// Try a campaign without sending
///
/// People who would get it and people who would not, as things stand now: people who opted out since they were uploaded, numbers
/// without WhatsApp, variables without a value; what its senders can do today; when it would be through; and all that
/// speaks against launching it. Nothing is changed. Reads everybody who is left. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/dry-run", tag = "campaigns", operation_id = "dry_run_campaign", params(("id" = CampaignId, Path)), responses((status = 200, body = DryRunView)))]
async fn show(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<DryRunView>> {
    let (tenant, now) = (scoped.tenant, state.store.clock().now());
    let campaign = tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?;
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or_else(no_campaign)?;
    let filler = Filler::new(&campaign.content);
    let required: Vec<String> =
        filler.template().ok().flatten().map(Template::required).unwrap_or_default().into_iter().collect();
    let (audience, lacking) = tenant.campaigns().audience(id, &required).await?;
    let sessions = tenant.campaigns().senders(id).await?;
    let senders = senders(&tenant, &known, &sessions, now).await?;
    let new_chats = (known.new_chats * audience.to_send() as f64).round() as i64;
    let policies: Vec<_> = known.senders.iter().map(|(facts, _)| facts.state.policy.clone()).collect();
    let forecast = told(without_left_out(known, &audience), now).await?;
    let facts = Facts {
        audience: &audience,
        template: filler.template(),
        senders: &sessions,
        policies: &policies,
        forecast: &forecast,
    };
    Ok(Json(DryRunView {
        people: audience.people,
        to_send: audience.to_send(),
        left_out: left_out(&audience),
        missing_variables: lacking
            .into_iter()
            .map(|Lacking { name, people }| MissingVariableView { name, people })
            .collect(),
        new_chats,
        senders,
        findings: facts.findings(),
        forecast,
    }))
}
