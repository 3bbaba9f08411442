//! The end of campaigns whose deadline passed.

use serde_json::json;
use wahana_domain::{CampaignId, OrganizationId, Reason};

use super::SystemCampaigns;
use crate::StoreError;

impl SystemCampaigns<'_> {
    /// Ends the campaigns whose deadline passed, unless somebody accepted that they go on. What is not on its way yet
    /// is taken back. Returns those that ended.
    pub async fn end_overdue(self) -> Result<Vec<CampaignId>, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let ended = sqlx::query!(
            r#"update campaigns c
               set state = 'cancelled', end_reason = 'deadline', finished_at = $1, updated_at = $1
               from (
                   select id, state
                   from campaigns
                   where state in ('scheduled', 'running', 'paused') and not late_accepted
                     and (pace ->> 'finish_by')::timestamptz <= now()
                   for update skip locked
               ) due
               where c.id = due.id
               returning c.id as "id: CampaignId", c.organization_id as "organization: OrganizationId",
                         due.state::text as "from!", c.pace ->> 'finish_by' as finish_by"#,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        for campaign in &ended {
            crate::jobs::withdraw::of_campaign(&mut tx, campaign.id, Reason::CampaignDeadline, now).await?;
            let detail = json!({ "from": campaign.from, "to": "cancelled", "finish_by": campaign.finish_by });
            let target = Some(campaign.id.to_string());
            tx.audit_of(Some(campaign.organization), "campaign.deadline", target, detail).await?;
        }
        tx.commit().await?;
        Ok(ended.into_iter().map(|campaign| campaign.id).collect())
    }
}
