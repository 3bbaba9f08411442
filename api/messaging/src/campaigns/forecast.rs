//! When a campaign will be through: asked before it is launched and while it runs.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::CampaignId;
use wahana_pacing::WaitingFor;
use wahana_pacing::forecast::Day;
use wahana_service::campaigns::forecast::{CampaignForecast, forecast};

use crate::campaigns::problems::problem_of;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// When a campaign will be through.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ForecastView {
    /// When the last message is probably sent; null: never as things stand, or more than a year away.
    finish: Option<DateTime<Utc>>,
    /// Earlier than this if the drawn pauses come out short.
    earliest: Option<DateTime<Utc>>,
    /// Later than this if they come out long.
    latest: Option<DateTime<Utc>>,
    /// What it waits for when there is no end.
    stuck: Option<WaitingFor>,
    /// The campaign's deadline.
    finish_by: Option<DateTime<Utc>>,
    /// Whether it will be through by then; null without a deadline.
    finishes_before_deadline: Option<bool>,
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

impl From<Day> for DayView {
    fn from(Day { date, messages, binding }: Day) -> Self {
        Self { date, messages, binding }
    }
}

impl From<CampaignForecast> for ForecastView {
    fn from(forecast: CampaignForecast) -> Self {
        let finishes_before_deadline = forecast.finishes_before_deadline();
        let CampaignForecast { course, finish_by, messages } = forecast;
        Self {
            finish: course.finish,
            earliest: course.finish_between.map(|(early, _)| early),
            latest: course.finish_between.map(|(_, late)| late),
            stuck: course.stuck,
            finish_by,
            finishes_before_deadline,
            messages,
            days: course.days.into_iter().map(DayView::from).collect(),
        }
    }
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
    let told = forecast(&scoped.tenant, id, state.store.clock().now()).await.map_err(problem_of)?;
    Ok(Json(told.into()))
}
