//! How far a campaign is: what its funnel says, and when it may be done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::MessageState;
use wahana_domain::policy::PacingPolicy;

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
    /// Messages per minute that its working senders may send by their pace.
    pub rate_per_minute: f64,
}

impl Progress {
    /// How many messages are not sent yet and will be.
    pub fn to_send(&self) -> i64 {
        let unsent = [MessageState::Accepted, MessageState::Scheduled, MessageState::Queued];
        self.waiting + unsent.iter().filter_map(|state| self.by_state.get(state.as_str())).sum::<i64>()
    }

    /// When the last one is sent at this rate; `None` when nothing is being sent.
    pub fn eta(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let minutes = self.to_send() as f64 / self.rate_per_minute;
        if self.state != CampaignState::Running || !minutes.is_finite() || minutes > 5_000_000.0 {
            return None;
        }
        Some(now + chrono::TimeDelta::milliseconds((minutes * 60_000.0) as i64))
    }
}

impl TenantCampaigns<'_> {
    /// How far a campaign is; `None` when there is none.
    pub async fn progress(self, id: CampaignId) -> Result<Option<Progress>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let campaign = sqlx::query!(
            r#"select state as "state: CampaignState", total, rejected, suppressed
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
        let policies = sqlx::query_scalar!(
            r#"select s.policy as "policy: Json<PacingPolicy>"
               from sessions s
               join campaign_senders c on c.session_id = s.id
               where c.campaign_id = $1 and s.status = 'working' and s.desired = 'running'
                 and s.deleted_at is null"#,
            id.0
        )
        .fetch_all(&mut *tx)
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
            // Not `sum()`: of nothing that is -0.
            rate_per_minute: policies.iter().fold(0.0, |sum, policy| sum + rate_per_minute(policy)),
        }))
    }
}

/// What a session sends per minute at most, by its gaps alone. A gap of 0 counts as one millisecond.
fn rate_per_minute(policy: &PacingPolicy) -> f64 {
    let mean = (f64::from(policy.gap_min_ms) + f64::from(policy.gap_max_ms)) / 2.0;
    60_000.0 / mean.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_known_while_it_sends() {
        let progress = |state, rate_per_minute| Progress {
            state,
            total: 10,
            waiting: 4,
            by_state: BTreeMap::from([("queued", 2), ("sent", 4)]),
            rejected: 0,
            suppressed: 0,
            rate_per_minute,
        };
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(progress(CampaignState::Running, 2.0).eta(now), Some(now + chrono::TimeDelta::minutes(3)));
        assert_eq!(progress(CampaignState::Paused, 2.0).eta(now), None);
        assert_eq!(progress(CampaignState::Running, 0.0).eta(now), None);
    }
}
