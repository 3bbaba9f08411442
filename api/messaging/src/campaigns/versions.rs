//! Versions of a campaign that people got: what each said, who made it, and what became of its messages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::CampaignPart;
use wahana_domain::messages::Content;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SessionId};
use wahana_store::campaigns::versions::CampaignVersion;

use crate::campaigns::problems::no_campaign;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The versions of a campaign, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignVersionsView {
    items: Vec<CampaignVersionView>,
}

/// A campaign as it was in one version.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignVersionView {
    #[schema(example = 4)]
    version: i32,
    content: Content,
    pace: CampaignPace,
    session_ids: Vec<SessionId>,
    /// What is different from the version before; empty for the one that was launched.
    changed: Vec<CampaignPart>,
    /// The member or key that made it, for people.
    #[schema(example = "sari@toko.example")]
    changed_by: String,
    created_at: DateTime<Utc>,
    /// How many of its messages are in each state.
    #[schema(value_type = BTreeMap<String, i64>)]
    by_state: BTreeMap<&'static str, i64>,
}

impl From<CampaignVersion> for CampaignVersionView {
    fn from(version: CampaignVersion) -> Self {
        Self {
            version: version.version,
            content: version.content.0,
            pace: version.pace.0,
            session_ids: version.senders,
            changed: version.changed,
            changed_by: version.changed_by,
            created_at: version.created_at,
            by_state: version.by_state,
        }
    }
}

/// List the versions of a campaign
///
/// The one that was launched, and one for each change of text, pace or senders while it was paused: what each said, and
/// what became of its messages. `version` of a recipient says which one they got. A draft has none. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/versions", tag = "campaigns", operation_id = "campaign_versions", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignVersionsView)))]
async fn list(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<CampaignVersionsView>> {
    let versions = scoped.tenant.campaigns().versions(id).await?.ok_or_else(no_campaign)?;
    Ok(Json(CampaignVersionsView { items: versions.into_iter().map(CampaignVersionView::from).collect() }))
}
