//! How far a campaign is: what its funnel says, and how fast it really goes.

use std::collections::BTreeMap;

use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::MessageState;

use super::TenantCampaigns;
use crate::StoreError;

/// How far a campaign is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Its state.
    pub state: CampaignState,
    /// Recipients in all.
    pub total: i64,
    /// How many have no message yet.
    pub waiting: i64,
    /// How many messages are in each state; states without any are left out.
    pub by_state: BTreeMap<&'static str, i64>,
    /// Refused lines of all imports.
    pub rejected: i64,
    /// Of those, because the person must not be written to.
    pub suppressed: i64,
    /// Messages sent in the last minute.
    pub sent_last_minute: i64,
    /// Its version.
    pub version: i32,
}

impl TenantCampaigns<'_> {
    /// How far a campaign is; `None` when there is none.
    pub async fn progress(self, id: CampaignId) -> Result<Option<Progress>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let campaign = sqlx::query!(
            r#"select state as "state: CampaignState", total, rejected, suppressed, version
               from campaigns
               where id = $1"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(campaign) = campaign else { return Ok(None) };
        let counts = sqlx::query!(
            r#"select state as "state: MessageState", sum(n)::bigint as "n!"
               from campaign_progress
               where campaign_id = $1
               group by state
               having sum(n) <> 0"#,
            id.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let sent_last_minute = sqlx::query_scalar!(
            r#"select coalesce(sum(n), 0)::bigint as "n!"
               from campaign_pulse
               where campaign_id = $1 and at > now() - interval '1 minute'"#,
            id.0
        )
        .fetch_one(&mut *tx)
        .await?;
        let mut by_state: BTreeMap<_, _> =
            counts.into_iter().map(|row| (row.state.as_str(), row.n)).collect();
        // Not by the cursor: some behind it may have a message already.
        let mut waiting = (i64::from(campaign.total) - by_state.values().sum::<i64>()).max(0);
        if campaign.state == CampaignState::Cancelled && waiting > 0 {
            // They never had a message, and never will.
            *by_state.entry(MessageState::Cancelled.as_str()).or_default() += std::mem::take(&mut waiting);
        }
        Ok(Some(Progress {
            state: campaign.state,
            total: campaign.total.into(),
            waiting,
            by_state,
            rejected: campaign.rejected.into(),
            suppressed: campaign.suppressed.into(),
            sent_last_minute,
            version: campaign.version,
        }))
    }
}
