//! Why people of a campaign did not get it, by reason, each with what to do about it.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::MessageState;
use wahana_domain::{CampaignId, MessageId, ReasonCode};
use wahana_store::campaigns::errors::CampaignError;

use crate::campaigns::problems::no_campaign;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Why people of a campaign did not get it.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignErrorsView {
    /// The most frequent first.
    items: Vec<CampaignErrorView>,
}

/// People who did not get a campaign for one reason.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignErrorView {
    /// What became of their messages: `failed`, `expired` or `cancelled`.
    state: MessageState,
    /// Why, for programs, such as `not_on_whatsapp`; null where nothing is known.
    code: Option<ReasonCode>,
    #[schema(example = 12)]
    messages: i64,
    /// The newest of them.
    example: MessageId,
    /// What was told of that one, for people.
    detail: Option<String>,
    /// How many of them stand as dead letters and can be replayed.
    #[schema(example = 0)]
    replayable: i64,
    /// What to do about it.
    #[schema(example = "Correct the number in your list, or take it out.")]
    remedy: &'static str,
}

impl From<CampaignError> for CampaignErrorView {
    fn from(error: CampaignError) -> Self {
        let CampaignError { state, code, messages, example, detail, replayable } = error;
        let code = code.map(ReasonCode::from);
        let remedy = code.as_ref().map_or(ReasonCode::UNKNOWN_REMEDY, ReasonCode::remedy);
        Self { state, code, messages, example, detail, replayable, remedy }
    }
}

/// Count why people did not get a campaign
///
/// Messages that failed, expired or were cancelled, by state and reason; counted as it happens. Needs the
/// scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/errors", tag = "campaigns", operation_id = "campaign_errors", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignErrorsView)))]
async fn list(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<CampaignErrorsView>> {
    let errors = scoped.tenant.campaigns().errors(id).await?.ok_or_else(no_campaign)?;
    Ok(Json(CampaignErrorsView { items: errors.into_iter().map(CampaignErrorView::from).collect() }))
}
