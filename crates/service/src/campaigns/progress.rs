//! How far a campaign is, and when it will be through: the forecast's end, which knows quiet hours and caps.

use chrono::{DateTime, Utc};
use wahana_domain::CampaignId;
use wahana_domain::waiting::WaitingFor;
use wahana_store::Tenant;

use crate::campaigns::errors::CampaignError;
use crate::campaigns::forecast::forecast;

/// When a campaign will be through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Eta {
    /// With the mean pause.
    pub likely: DateTime<Utc>,
    /// With short pauses.
    pub earliest: DateTime<Utc>,
    /// With long pauses.
    pub latest: DateTime<Utc>,
}

/// When a campaign will be through, and what it is limited by until then. `None` for one that never is as things stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Estimate {
    /// When.
    pub eta: Option<Eta>,
    /// What limits it first.
    pub limited_by: WaitingFor,
}

/// Foretells the end of a campaign. Reads every person that is left.
///
/// # Errors
/// See [`CampaignError`].
pub async fn estimate(
    tenant: &Tenant,
    id: CampaignId,
    now: DateTime<Utc>,
) -> Result<Estimate, CampaignError> {
    let forecast = forecast(tenant, id, now).await?;
    let eta = forecast.course.finish.map(|likely| {
        let (earliest, latest) = forecast.course.finish_between.unwrap_or((likely, likely));
        Eta { likely, earliest, latest }
    });
    Ok(Estimate { eta, limited_by: forecast.waits_for() })
}
