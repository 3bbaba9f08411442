//! Why people of a campaign did not get it, counted by reason.

use wahana_domain::messages::MessageState;
use wahana_domain::{CampaignId, MessageId};

use super::TenantCampaigns;
use crate::StoreError;

/// Messages of a campaign that came to nothing for one reason.
#[derive(Clone, Debug)]
pub struct CampaignError {
    /// What became of them.
    pub state: MessageState,
    /// Why.
    pub code: Option<String>,
    /// How many.
    pub messages: i64,
    /// The newest of them.
    pub example: MessageId,
    /// What was told of that one, for people.
    pub detail: Option<String>,
    /// How many of them have a dead letter.
    pub replayable: i64,
}

impl TenantCampaigns<'_> {
    /// Why people did not get a campaign, the most frequent reason first; `None` when there is no such campaign. Counted
    /// by the database as it happens.
    pub async fn errors(self, id: CampaignId) -> Result<Option<Vec<CampaignError>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let exists = sqlx::query_scalar!("select 1 as one from campaigns where id = $1", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        if exists.is_none() {
            return Ok(None);
        }
        let errors = sqlx::query_file_as!(CampaignError, "src/campaigns/campaign_errors.sql", id.0)
            .fetch_all(&mut *tx)
            .await?;
        Ok(Some(errors))
    }
}
