//! Changes of a draft, and of a paused campaign for those who have not got it yet.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::types::Json;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::Content;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SenderPoolId, SessionId};

use super::campaign::{Locked, finish, lock, senders};
use super::{Saved, TenantCampaigns, versions};
use crate::{StoreError, Tx};

/// What to change of a campaign; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct CampaignChange {
    /// The version that the caller looked at; `None` is any.
    pub version: Option<i32>,
    /// Another name.
    pub name: Option<String>,
    /// Other content, validated.
    pub content: Option<Content>,
    /// Other senders, and the pool whose members they are.
    pub senders: Option<(Vec<SessionId>, Option<SenderPoolId>)>,
    /// Another start; an inner `None` is "when launched". Drafts only.
    pub send_at: Option<Option<DateTime<Utc>>>,
    /// Another pace, validated; replaces the whole.
    pub pace: Option<CampaignPace>,
}

impl TenantCampaigns<'_> {
    /// Changes a draft or a paused campaign. Of a paused one, messages that wait are taken back if its content or
    /// senders change, so that they are made anew when it goes on.
    pub async fn change(self, id: CampaignId, change: CampaignChange) -> Result<Saved, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let Some(locked) = lock(&mut tx, id).await? else { return Ok(Saved::NotFound) };
        let Locked { state, .. } = locked;
        if !matches!(state, CampaignState::Draft | CampaignState::Paused) {
            return Ok(Saved::WrongState(state));
        }
        if let Some(changed) = locked.changed_since(change.version) {
            return Ok(Saved::Changed(changed));
        }
        if state == CampaignState::Paused && change.send_at.is_some() {
            return Ok(Saved::AlreadyStarted);
        }
        if let Some(content) = &change.content
            && !crate::messages::media::known(&mut tx, content).await?
        {
            return Ok(Saved::NoMedia);
        }
        let before = facts(&mut tx, id).await?;
        self.write(&mut tx, id, &change, now).await?;
        if let Some((sessions, pool)) = &change.senders
            && let Some(unknown) = self.replace_senders(&mut tx, id, sessions, *pool).await?
        {
            return Ok(Saved::NoSession(unknown));
        }
        let after = facts(&mut tx, id).await?;
        if state == CampaignState::Paused {
            versions::record(&mut tx, id, now).await?;
            if (&before.content, &before.senders) != (&after.content, &after.senders) {
                take_back(&mut tx, id).await?;
            }
        }
        if before != after {
            let detail = json!({ "state": state.as_str(), "before": before, "after": after });
            tx.audit("campaign.change", id, detail).await?;
        }
        finish(tx, id).await
    }

    async fn write(
        self,
        tx: &mut Tx,
        id: CampaignId,
        change: &CampaignChange,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = tx.actor_label();
        // A new pace counts from the next message on, and its deadline has not been waived.
        sqlx::query!(
            "update campaigns
             set name = coalesce($2, name), content = coalesce($3, content),
                 send_at = case when $4 then $5 else send_at end, updated_at = $6, pace = coalesce($7, pace),
                 rate_due_at = case when $7 is null then rate_due_at end,
                 late_accepted = late_accepted and ($7 is null or $7 -> 'finish_by' = pace -> 'finish_by'),
                 changed_by = $8
             where id = $1",
            id.0,
            change.name,
            change.content.as_ref().map(Json) as _,
            change.send_at.is_some(),
            change.send_at.flatten(),
            now,
            change.pace.as_ref().map(Json) as _,
            &*by,
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// Replaces the senders, unless they are the same; the place of the first unknown session, if there is one.
    async fn replace_senders(
        self,
        tx: &mut Tx,
        id: CampaignId,
        sessions: &[SessionId],
        pool: Option<SenderPoolId>,
    ) -> Result<Option<usize>, StoreError> {
        sqlx::query!("update campaigns set pool_id = $2 where id = $1", id.0, pool.map(|pool| pool.0))
            .execute(&mut **tx)
            .await?;
        let (mut before, mut wanted) = (senders(tx, id).await?, sessions.to_vec());
        before.sort_unstable();
        wanted.sort_unstable();
        if before == wanted {
            return Ok(None);
        }
        sqlx::query!("delete from campaign_senders where campaign_id = $1", id.0).execute(&mut **tx).await?;
        self.set_senders(tx, id, sessions).await
    }
}

/// What the audit log keeps of a campaign. The words are not among them: their fingerprint says whether they changed.
#[derive(PartialEq, serde::Serialize)]
struct Facts {
    version: i32,
    name: String,
    content: String,
    pace: Json<CampaignPace>,
    send_at: Option<DateTime<Utc>>,
    senders: Vec<SessionId>,
    pool: Option<SenderPoolId>,
}

async fn facts(tx: &mut Tx, id: CampaignId) -> Result<Facts, StoreError> {
    Ok(sqlx::query_as!(
        Facts,
        r#"select version, name, 'sha256:' || encode(sha256(convert_to(content::text, 'UTF8')), 'hex') as "content!",
                  pace as "pace: Json<CampaignPace>", send_at,
                  array(
                      select session_id from campaign_senders where campaign_id = c.id order by session_id
                  ) as "senders!: Vec<SessionId>",
                  pool_id as "pool: SenderPoolId"
           from campaigns c
           where id = $1"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Takes the messages of a paused campaign back that nobody sends at this moment: their people wait again.
async fn take_back(tx: &mut Tx, id: CampaignId) -> Result<(), StoreError> {
    sqlx::query_file!("src/campaigns/take_back_messages.sql", id.0).execute(&mut **tx).await?;
    Ok(())
}
