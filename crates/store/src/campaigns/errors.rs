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
        let errors = sqlx::query_as!(
            CampaignError,
            r#"with counted as (
                   select state, nullif(code, '') as code, sum(n)::bigint as messages, max(newest::text)::uuid as newest
                   from campaign_failures where campaign_id = $1 group by 1, 2 having sum(n) > 0
               ), dead as (
                   select m.state, m.error_code as code, count(*) as letters from jobs j join messages m on m.id = j.id
                   where j.state = 'dead' and m.campaign_id = $1 group by 1, 2
               )
               select c.state as "state!: MessageState", c.code, c.messages as "messages!", e.id as "example!: MessageId",
                      e.error_detail as detail, coalesce(d.letters, 0) as "replayable!"
               from counted c
               cross join lateral (
                   (select id, error_detail from messages m
                    where m.id = c.newest and m.state = c.state and m.error_code is not distinct from c.code)
                   union all
                   -- It went on since: the newest that did not.
                   (select id, error_detail from messages m
                    where m.campaign_id = $1 and m.state = c.state and m.error_code is not distinct from c.code order by id desc limit 1)
                   limit 1
               ) e
               left join dead d on d.state = c.state and d.code is not distinct from c.code
               order by c.messages desc, c.code"#,
            id.0,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some(errors))
    }
}
