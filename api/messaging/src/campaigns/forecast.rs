//! When a campaign will be through: asked before it is launched and while it runs, and by the launch itself.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::{CampaignId, time_zones};
use wahana_pacing::WaitingFor;
use wahana_pacing::forecast::{Day, Forecast, Outlook, Sender, SharedRate, forecast};
use wahana_store::Tenant;
use wahana_store::campaigns::forecast::CampaignOutlook;
use wahana_store::jobs::relay::LaneFacts;

use crate::campaigns::no_campaign;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// When a campaign will be through.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ForecastView {
    /// When the last message is probably sent; null: never as things stand, or more than a year away.
    pub(crate) finish: Option<DateTime<Utc>>,
    /// Earlier than this if the drawn pauses come out short.
    earliest: Option<DateTime<Utc>>,
    /// Later than this if they come out long.
    latest: Option<DateTime<Utc>>,
    /// What it waits for when there is no end.
    pub(crate) stuck: Option<WaitingFor>,
    /// The campaign's deadline.
    finish_by: Option<DateTime<Utc>>,
    /// Whether it will be through by then; null without a deadline.
    pub(crate) finishes_before_deadline: Option<bool>,
    /// How many are still to be written to.
    #[schema(example = 1174)]
    messages: u64,
    /// Day by day, where the first sender is.
    days: Vec<DayView>,
}

/// A day of a campaign.
#[derive(Debug, Serialize, ToSchema)]
struct DayView {
    date: NaiveDate,
    /// Messages probably sent.
    #[schema(example = 420)]
    messages: u64,
    /// What keeps it from being more.
    binding: WaitingFor,
}

impl ForecastView {
    fn of(told: Forecast, finish_by: Option<DateTime<Utc>>, messages: u64) -> Self {
        Self {
            finish: told.finish,
            earliest: told.finish_between.map(|(early, _)| early),
            latest: told.finish_between.map(|(_, late)| late),
            stuck: told.stuck,
            finish_by,
            finishes_before_deadline: finish_by.map(|by| told.finish.is_some_and(|at| at <= by)),
            messages,
            days: told
                .days
                .into_iter()
                .map(|Day { date, messages, binding }| DayView { date, messages, binding })
                .collect(),
        }
    }
}

/// A rate over several lanes, by whom it is kept.
fn rates(facts: &LaneFacts) -> impl Iterator<Item = (String, SharedRate)> {
    let plan = facts.plan_per_minute.map(|n| ("plan".to_owned(), n, WaitingFor::PlanRate));
    let node = facts.node_per_minute.map(|n| (facts.node.to_string(), n, WaitingFor::NodeLimit));
    plan.into_iter().chain(node).map(|(name, per_minute, why)| (name, SharedRate { why, per_minute }))
}

fn outlook(known: CampaignOutlook, now: DateTime<Utc>) -> Outlook {
    let mut names: Vec<String> = Vec::new();
    let mut shared = Vec::new();
    let senders: Vec<Sender> = known
        .senders
        .into_iter()
        .map(|(facts, others)| {
            let rates = rates(&facts).map(|(name, rate)| {
                names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    names.push(name);
                    shared.push(rate);
                    shared.len() - 1
                })
            });
            Sender { rates: rates.collect(), lane: facts.state, others }
        })
        .collect();
    let home = senders.first().map_or(chrono_tz::UTC, |sender| sender.lane.policy.time_zone);
    let people = known.people.iter().map(|crowd| {
        let told = crowd.time_zone.as_deref().and_then(time_zones::by_name);
        let zone = told.or_else(|| time_zones::of_number(&crowd.phone)).unwrap_or(home);
        (zone, crowd.n.max(0) as u64)
    });
    Outlook {
        start: known.send_at.unwrap_or(now).max(now),
        pace: known.pace,
        people: together(people),
        new_chats: known.new_chats,
        rates: shared,
        senders,
    }
}

/// Crowds that live by the same clock are one.
fn together(people: impl Iterator<Item = (chrono_tz::Tz, u64)>) -> Vec<(chrono_tz::Tz, u64)> {
    let mut crowds: Vec<(chrono_tz::Tz, u64)> = Vec::new();
    for (zone, n) in people {
        match crowds.iter_mut().find(|(known, _)| *known == zone) {
            Some((_, crowd)) => *crowd += n,
            None => crowds.push((zone, n)),
        }
    }
    crowds
}

pub(crate) async fn told(known: CampaignOutlook, now: DateTime<Utc>) -> Answer<ForecastView> {
    let (finish_by, outlook) = (known.pace.finish_by, outlook(known, now));
    let messages = outlook.people.iter().map(|(_, n)| n).sum();
    // Some milliseconds per month and sender: too long for the threads that answer others.
    let told = tokio::task::spawn_blocking(move || forecast(&outlook)).await.map_err(Problem::internal)?;
    Ok(ForecastView::of(told, finish_by, messages))
}

/// Refuses the launch of a campaign that cannot keep its deadline.
pub(crate) async fn check_deadline(tenant: &Tenant, id: CampaignId, now: DateTime<Utc>) -> Answer<()> {
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or_else(no_campaign)?;
    // Of what cannot be launched at all, the launch itself says why.
    if known.state != CampaignState::Draft || known.people.is_empty() || known.senders.is_empty() {
        return Ok(());
    }
    let Some(finish_by) = known.pace.finish_by else { return Ok(()) };
    let told = told(known, now).await?;
    if told.finishes_before_deadline != Some(false) {
        return Ok(());
    }
    let finish = told
        .finish
        .map_or_else(|| "not at all as things stand".to_owned(), |at| format!("about {}", at.to_rfc3339()));
    let binding = told.stuck.or_else(|| told.days.first().map(|day| day.binding)).unwrap_or(WaitingFor::Turn);
    Err(Problem::new(
        Code::DeadlineMissed,
        format!(
            "it would be through {finish}, not by {}; it waits for {}",
            finish_by.to_rfc3339(),
            binding.as_str()
        ),
    )
    .at("pace.finish_by"))
}

/// Forecast when a campaign is through
///
/// Before it is launched and while it runs: the end, and for each day how many go out and which limit binds. Played
/// forward from the sessions' paces, caps and windows as they are now. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/forecast", tag = "campaigns", operation_id = "campaign_forecast", params(("id" = CampaignId, Path)), responses((status = 200, body = ForecastView)))]
async fn show(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<ForecastView>> {
    let known = scoped.tenant.campaigns().forecast_basis(id).await?.ok_or_else(no_campaign)?;
    Ok(Json(told(known, state.store.clock().now()).await?))
}
