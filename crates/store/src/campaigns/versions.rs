//! Versions of a campaign that people got, or get: what it said at its launch, and after each change while it was
//! paused.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use wahana_domain::campaigns::CampaignPart;
use wahana_domain::messages::{Content, MessageState};
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SessionId};

use super::TenantCampaigns;
use crate::{StoreError, Tx};

/// A campaign as it was in one version.
#[derive(Clone, Debug)]
pub struct CampaignVersion {
    /// Its number.
    pub version: i32,
    /// What it said.
    pub content: Json<Content>,
    /// Its rate, window and deadline.
    pub pace: Json<CampaignPace>,
    /// The sessions that sent it.
    pub senders: Vec<SessionId>,
    /// What is different from the version before; empty for the one that was launched.
    pub changed: Vec<CampaignPart>,
    /// The member or key that made it, for people.
    pub changed_by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// How many of its messages are in each state.
    pub by_state: BTreeMap<&'static str, i64>,
}

impl TenantCampaigns<'_> {
    /// The versions of a campaign that people got, the oldest first, each with what became of its messages; `None` when
    /// there is no such campaign. A draft has none.
    pub async fn versions(self, id: CampaignId) -> Result<Option<Vec<CampaignVersion>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let launched = sqlx::query_scalar!("select launched_version from campaigns where id = $1", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(launched) = launched else { return Ok(None) };
        let rows = sqlx::query!(
            r#"select version, content as "content: Json<Content>", pace as "pace: Json<CampaignPace>",
                      senders as "senders: Vec<SessionId>", changed as "changed: Vec<CampaignPart>", changed_by,
                      created_at
               from campaign_versions
               where campaign_id = $1
               order by version"#,
            id.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut results = results(&mut tx, id, launched).await?;
        let versions = rows.into_iter().map(|row| CampaignVersion {
            by_state: results.remove(&row.version).unwrap_or_default(),
            version: row.version,
            content: row.content,
            pace: row.pace,
            senders: row.senders,
            changed: row.changed,
            changed_by: row.changed_by,
            created_at: row.created_at,
        });
        Ok(Some(versions.collect()))
    }
}

/// The funnel by version. The launched one has what the others leave of the whole.
async fn results(
    tx: &mut Tx,
    id: CampaignId,
    launched: Option<i32>,
) -> Result<BTreeMap<i32, BTreeMap<&'static str, i64>>, StoreError> {
    let rows = sqlx::query!(
        r#"select version, state as "state!: MessageState", sum(n)::bigint as "n!"
           from (
               select version, state, n from campaign_version_progress where campaign_id = $1
               union all
               select $2::integer, state, n from campaign_progress where campaign_id = $1
               union all
               select $2::integer, state, -n from campaign_version_progress where campaign_id = $1
           ) counts
           where version is not null
           group by 1, 2
           having sum(n) > 0"#,
        id.0,
        launched,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut results: BTreeMap<i32, BTreeMap<_, _>> = BTreeMap::new();
    for row in rows {
        if let Some(version) = row.version {
            results.entry(version).or_default().insert(row.state.as_str(), row.n);
        }
    }
    Ok(results)
}

/// Keeps the campaign as it is now, if it differs from the newest version that somebody got.
pub(super) async fn record(tx: &mut Tx, id: CampaignId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let by = tx.actor_label();
    // Somebody may change it several times before it goes on.
    sqlx::query!(
        "delete from campaign_versions v
         using campaigns c
         where c.id = $1 and v.campaign_id = c.id and v.version <> c.launched_version
           and not exists (
               select 1
               from campaign_version_progress p
               where p.campaign_id = c.id and p.version = v.version
               group by p.state
               having sum(p.n) > 0
           )",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query_file!("src/campaigns/record_version.sql", id.0, &*by, now).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets the versions of a campaign that became a draft again: nobody got them.
pub(super) async fn forget(tx: &mut Tx, id: CampaignId) -> Result<(), StoreError> {
    sqlx::query!("delete from campaign_versions where campaign_id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}
