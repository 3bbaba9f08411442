//! What a forecast of a campaign is made from: who is still to be written to, and the lanes that send it.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SessionId};

use super::TenantCampaigns;
use crate::jobs::relay::LaneFacts;
use crate::{StoreError, Tx};

/// Most people whose chats are looked at to tell how many of them are new.
const SAMPLE: i64 = 500;

/// What decides how a campaign goes on.
#[derive(Clone, Debug)]
pub struct CampaignOutlook {
    /// Its state.
    pub state: CampaignState,
    /// When it starts by itself.
    pub send_at: Option<DateTime<Utc>>,
    /// Its own pace.
    pub pace: CampaignPace,
    /// The lanes that send it, each with the number of other running campaigns that use it.
    pub senders: Vec<(LaneFacts, u32)>,
    /// Those still to be written to, by the beginning of their number and by the time zone somebody told us.
    pub people: Vec<Crowd>,
    /// The part of them that would be new chats, from 0 to 1.
    pub new_chats: f64,
}

/// People whose numbers begin alike.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// A number of one of them.
    pub phone: String,
    /// The time zone somebody told us.
    pub time_zone: Option<String>,
    /// How many.
    pub n: i64,
}

impl TenantCampaigns<'_> {
    /// What decides how a campaign goes on; `None` when there is none. Reads every person that is left.
    pub async fn forecast_basis(self, id: CampaignId) -> Result<Option<CampaignOutlook>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let campaign = sqlx::query!(
            r#"select state as "state: CampaignState", send_at, pace as "pace: Json<CampaignPace>"
               from campaigns
               where id = $1"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(campaign) = campaign else { return Ok(None) };
        let senders = sqlx::query!(
            r#"select s.session_id as "session: SessionId",
                      (
                          select count(*)
                          from campaign_senders o
                          join campaigns c on c.id = o.campaign_id
                          where o.session_id = s.session_id and c.id <> $1 and c.state = 'running'
                            and c.cursor < c.total
                      ) as "others!"
               from campaign_senders s
               where s.campaign_id = $1
               order by s.session_id"#,
            id.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let people = people(&mut tx, id).await?;
        let new_chats = new_chats(&mut tx, id).await?;
        drop(tx);
        let ids: Vec<SessionId> = senders.iter().map(|row| row.session).collect();
        let others = |session| {
            let row = senders.iter().find(|row| row.session == session);
            row.map_or(0, |row| u32::try_from(row.others).unwrap_or(0))
        };
        let facts = self.tenant.lanes().facts(&ids).await?;
        Ok(Some(CampaignOutlook {
            state: campaign.state,
            send_at: campaign.send_at,
            pace: campaign.pace.0,
            senders: facts
                .into_iter()
                .map(|facts| {
                    let n = others(facts.session);
                    (facts, n)
                })
                .collect(),
            people,
            new_chats,
        }))
    }
}

/// Those without a message, and those whose message waits.
async fn people(tx: &mut Tx, id: CampaignId) -> Result<Vec<Crowd>, StoreError> {
    Ok(sqlx::query_as!(
        Crowd,
        r#"select coalesce(min(phone), '') as "phone!", time_zone, count(*) as "n!"
           from (
               select r.phone, r.variables ->> 'time_zone' as time_zone
               from recipients r
               join campaigns c on c.id = r.campaign_id
               where r.campaign_id = $1 and r.position > c.cursor
                 and (r.position > c.ahead or not exists (select 1 from messages m where m.id = r.id))
               union all
               select m.phone, m.time_zone
               from messages m
               where m.campaign_id = $1 and m.state in ('accepted', 'scheduled', 'queued')
           ) x
           group by left(phone, 8), time_zone"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The part of the first people that no sender of the campaign has a chat with.
async fn new_chats(tx: &mut Tx, id: CampaignId) -> Result<f64, StoreError> {
    let part = sqlx::query_file_scalar!("src/campaigns/share_of_new_chats.sql", id.0, SAMPLE)
        .fetch_one(&mut **tx)
        .await?;
    Ok(part.unwrap_or(1.0))
}
