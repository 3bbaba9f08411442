//! Why people of a campaign did not get it, counted by reason.

use wahana_domain::messages::MessageState;
use wahana_domain::{CampaignId, MessageId};

use crate::{StoreError, Tenant};

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

impl Tenant {
    /// Why people did not get a campaign, the most frequent reason first; `None` when there is no such campaign. Reads
    /// every message of it: no index covers what changes while messages are sent.
    pub async fn campaign_errors(&self, id: CampaignId) -> Result<Option<Vec<CampaignError>>, StoreError> {
        let mut tx = self.begin().await?;
        let exists = sqlx::query_scalar!("select 1 as one from campaigns where id = $1", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        if exists.is_none() {
            return Ok(None);
        }
        let errors = sqlx::query_as!(
            CampaignError,
            r#"with counted as (
                   select m.state, m.error_code as code, count(*) as messages, max(m.id::text)::uuid as example, count(j.id) as replayable
                   from messages m left join jobs j on j.id = m.id and j.state = 'dead'
                   where m.campaign_id = $1 and m.state in ('failed', 'expired', 'cancelled') group by 1, 2
               )
               select c.state as "state!: MessageState", c.code, c.messages as "messages!", c.example as "example!: MessageId",
                      m.error_detail as detail, c.replayable as "replayable!"
               from counted c join messages m on m.id = c.example order by c.messages desc, c.code"#,
            id.0,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some(errors))
    }
}
