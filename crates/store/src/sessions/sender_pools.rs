//! Sender pools of an organization: several sessions behind one sender. Which member writes to whom is prepared in
//! `pool_members` and decided by `wahana_pacing::pools`; how waiting messages change members stands in `pool_moves`.

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::{CampaignId, SenderPoolId, SessionId};

use super::TenantSenderPools;
use crate::sessions::SenderOf;
use crate::{Page, PageRequest, StoreError, Tx, Wake};

/// A sender pool.
#[derive(Clone, Debug)]
pub struct SenderPool {
    /// Its id.
    pub id: SenderPoolId,
    /// What its owner calls it.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Its sessions.
    pub members: Vec<MemberSetting>,
}

/// What its owner set for a member.
#[derive(Clone, Copy, Debug)]
pub struct MemberSetting {
    /// The session.
    pub session: SessionId,
    /// Its share beside the others: 1 to 1,000.
    pub weight: u32,
    /// Whether it gets messages.
    pub enabled: bool,
}

/// What sends through a pool and would lose it.
#[derive(Clone, Debug, Default)]
pub struct PoolUse {
    /// Campaigns that have not ended.
    pub campaigns: Vec<SenderOf>,
    /// Messages that wait.
    pub waiting: i64,
}

impl PoolUse {
    fn is_empty(&self) -> bool {
        self.campaigns.is_empty() && self.waiting == 0
    }
}

/// How making or changing a pool ended. The name may be refused by `sender_pools_name`.
#[derive(Clone, Debug)]
pub enum PoolSaved {
    /// As wanted.
    Saved(SenderPool),
    /// There is no such pool.
    NotFound,
    /// There is no such session.
    NoSession(SessionId),
}

/// How the deletion of a pool or of a member ended.
#[derive(Clone, Debug)]
pub enum PoolDeletion {
    /// It is gone.
    Deleted,
    /// There is no such pool or member.
    NotFound,
    /// This depends on it.
    InUse(PoolUse),
}

impl TenantSenderPools<'_> {
    /// Makes a pool of these sessions.
    pub async fn create(
        self,
        name: &str,
        description: Option<&str>,
        members: &[MemberSetting],
    ) -> Result<PoolSaved, StoreError> {
        let now = self.tenant.store.clock().now();
        let id = SenderPoolId::new(now, rand::random());
        let mut tx = self.tenant.begin().await?;
        sqlx::query!(
            "insert into sender_pools (id, organization_id, name, description, created_at)
             values ($1, $2, $3, $4, $5)",
            id.0,
            self.tenant.organization().0,
            name,
            description,
            now,
        )
        .execute(&mut *tx)
        .await?;
        tx.audit("sender_pool.create", id, json!({ "name": name })).await?;
        for member in members {
            if !self.put_member(&mut tx, id, *member).await? {
                return Ok(PoolSaved::NoSession(member.session));
            }
        }
        finish(tx, id).await
    }

    /// One pool; `None` when there is none.
    pub async fn get(self, id: SenderPoolId) -> Result<Option<SenderPool>, StoreError> {
        read(&mut self.tenant.begin().await?, id).await
    }

    /// Its pools, newest first.
    pub async fn list(self, page: PageRequest) -> Result<Page<SenderPool>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = read_all(&mut tx, None, page.before, page.fetch()).await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Changes the name or the description of a pool; an inner `None` removes the description.
    pub async fn change(
        self,
        id: SenderPoolId,
        name: Option<&str>,
        description: Option<Option<&str>>,
    ) -> Result<PoolSaved, StoreError> {
        let mut tx = self.tenant.begin().await?;
        sqlx::query!(
            "update sender_pools
             set name = coalesce($2, name), description = case when $3 then $4 else description end
             where id = $1",
            id.0,
            name,
            description.is_some(),
            description.flatten(),
        )
        .execute(&mut *tx)
        .await?;
        tx.audit("sender_pool.change", id, json!({ "name": name })).await?;
        finish(tx, id).await
    }

    /// Adds a session to a pool, or changes its weight or whether it gets messages.
    pub async fn set_member(self, id: SenderPoolId, member: MemberSetting) -> Result<PoolSaved, StoreError> {
        let mut tx = self.tenant.begin().await?;
        if !lock(&mut tx, id).await? {
            return Ok(PoolSaved::NotFound);
        }
        if !self.put_member(&mut tx, id, member).await? {
            return Ok(PoolSaved::NoSession(member.session));
        }
        sync_campaigns(&mut tx, id).await?;
        let detail = json!({ "session": member.session, "weight": member.weight, "enabled": member.enabled });
        tx.audit("sender_pool.set_member", id, detail).await?;
        finish(tx, id).await
    }

    async fn put_member(
        self,
        tx: &mut Tx,
        pool: SenderPoolId,
        member: MemberSetting,
    ) -> Result<bool, StoreError> {
        let put = sqlx::query!(
            "insert into sender_pool_members (pool_id, session_id, organization_id, weight, enabled, added_at)
             select $1, id, $2, $4, $5, $6
             from sessions
             where id = $3 and deleted_at is null
             on conflict (pool_id, session_id) do update set
                 weight = excluded.weight, enabled = excluded.enabled",
            pool.0,
            self.tenant.organization().0,
            member.session.0,
            member.weight as i32,
            member.enabled,
            self.tenant.store.clock().now(),
        )
        .execute(&mut **tx)
        .await?;
        Ok(put.rows_affected() > 0)
    }

    /// Takes a session out of a pool. Unless `force`, not while messages of the pool wait for it or it is the last
    /// sender of a campaign; with it, it still sends them, and such a campaign pauses. To hand them to its peers,
    /// disable it first.
    pub async fn remove_member(
        self,
        id: SenderPoolId,
        session: SessionId,
        force: bool,
    ) -> Result<PoolDeletion, StoreError> {
        let mut tx = self.tenant.begin().await?;
        if !lock(&mut tx, id).await? {
            return Ok(PoolDeletion::NotFound);
        }
        let found = sqlx::query!(
            "delete from sender_pool_members where pool_id = $1 and session_id = $2",
            id.0,
            session.0
        )
        .execute(&mut *tx)
        .await?;
        if found.rows_affected() == 0 {
            return Ok(PoolDeletion::NotFound);
        }
        let mut used = PoolUse { waiting: waiting(&mut tx, id, Some(session)).await?, campaigns: Vec::new() };
        let left = read(&mut tx, id).await?.is_some_and(|pool| pool.members.iter().any(|m| m.enabled));
        if !left {
            used.campaigns = campaigns(&mut tx, id).await?;
        }
        if !force && !used.is_empty() {
            return Ok(PoolDeletion::InUse(used));
        }
        sqlx::query!(
            "delete from sender_pool_contacts where pool_id = $1 and session_id = $2",
            id.0,
            session.0
        )
        .execute(&mut *tx)
        .await?;
        sync_campaigns(&mut tx, id).await?;
        tx.audit("sender_pool.remove_member", id, json!({ "session": session, "force": force })).await?;
        tx.commit().await?;
        Ok(PoolDeletion::Deleted)
    }

    /// Deletes a pool. Unless `force`, not while campaigns or waiting messages depend on it; with it, its messages
    /// stay with the members they have, and its campaigns keep those as their senders.
    pub async fn delete(self, id: SenderPoolId, force: bool) -> Result<PoolDeletion, StoreError> {
        let mut tx = self.tenant.begin().await?;
        if !lock(&mut tx, id).await? {
            return Ok(PoolDeletion::NotFound);
        }
        let used =
            PoolUse { campaigns: campaigns(&mut tx, id).await?, waiting: waiting(&mut tx, id, None).await? };
        if !force && !used.is_empty() {
            return Ok(PoolDeletion::InUse(used));
        }
        sqlx::query!("delete from sender_pools where id = $1", id.0).execute(&mut *tx).await?;
        tx.audit("sender_pool.delete", id, json!({ "force": force })).await?;
        tx.commit().await?;
        Ok(PoolDeletion::Deleted)
    }
}

/// Brings the senders of a pool's campaigns in line with its members; one that has none left pauses.
pub(crate) async fn sync_campaigns(tx: &mut Tx, pool: SenderPoolId) -> Result<(), StoreError> {
    sqlx::query!(
        "delete from campaign_senders cs
         using campaigns c
         where c.id = cs.campaign_id
           and c.pool_id = $1
           and c.state in ('draft', 'scheduled', 'running', 'paused')
           and not exists (
               select 1
               from sender_pool_members m
               where m.pool_id = $1 and m.session_id = cs.session_id and m.enabled
           )",
        pool.0
    )
    .execute(&mut **tx)
    .await?;
    let added = sqlx::query_scalar!(
        r#"insert into campaign_senders (campaign_id, session_id, organization_id)
           select c.id, m.session_id, c.organization_id
           from campaigns c
           join sender_pool_members m on m.pool_id = c.pool_id and m.enabled
           where c.pool_id = $1 and c.state in ('draft', 'scheduled', 'running', 'paused')
           on conflict do nothing
           returning session_id as "id: SessionId""#,
        pool.0
    )
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update campaigns c set state = 'paused' where pool_id = $1 and state = 'running'
             and not exists (select 1 from campaign_senders s where s.campaign_id = c.id)"#,
        pool.0
    )
    .execute(&mut **tx)
    .await?;
    added.into_iter().for_each(|session| tx.wake(Wake::Lane(session)));
    Ok(())
}

/// Whether there is such a pool; nobody else changes it until the end of the transaction.
async fn lock(tx: &mut Tx, id: SenderPoolId) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!("select 1 as one from sender_pools where id = $1 for update", id.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

async fn campaigns(tx: &mut Tx, id: SenderPoolId) -> Result<Vec<SenderOf>, StoreError> {
    Ok(sqlx::query_as!(
        SenderOf,
        r#"select id as "id: CampaignId", name from campaigns
           where pool_id = $1 and state in ('scheduled', 'running', 'paused') order by id"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Messages of the pool that wait: for one member, or for any of this organization's lanes.
async fn waiting(tx: &mut Tx, id: SenderPoolId, member: Option<SessionId>) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!"
           from jobs j
           join messages m on m.id = j.id
           where m.pool_id = $1 and j.lane is not null and ($2::uuid is null or j.lane = $2)
             and j.state in ('pending', 'released')"#,
        id.0,
        member.map(|session| session.0),
    )
    .fetch_one(&mut **tx)
    .await?)
}

async fn finish(mut tx: Tx, id: SenderPoolId) -> Result<PoolSaved, StoreError> {
    let pool = read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(pool.map_or(PoolSaved::NotFound, PoolSaved::Saved))
}

async fn read(tx: &mut Tx, id: SenderPoolId) -> Result<Option<SenderPool>, StoreError> {
    Ok(read_all(tx, Some(id), None, 1).await?.pop())
}

async fn read_all(
    tx: &mut Tx,
    one: Option<SenderPoolId>,
    before: Option<uuid::Uuid>,
    limit: i64,
) -> Result<Vec<SenderPool>, StoreError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: SenderPoolId", p.name, p.description, p.created_at,
                  array(
                      select session_id from sender_pool_members where pool_id = p.id order by session_id
                  ) as "sessions!: Vec<SessionId>",
                  array(
                      select weight from sender_pool_members where pool_id = p.id order by session_id
                  ) as "weights!: Vec<i32>",
                  array(
                      select enabled from sender_pool_members where pool_id = p.id order by session_id
                  ) as "enabled!: Vec<bool>"
           from sender_pools p
           where ($1::uuid is null or p.id = $1) and ($2::uuid is null or p.id < $2)
           order by p.id desc
           limit $3"#,
        one.map(|id| id.0),
        before,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    let pools = rows.into_iter().map(|row| {
        let settings = row.weights.into_iter().zip(row.enabled);
        let members = row.sessions.into_iter().zip(settings).map(|(session, (weight, enabled))| {
            MemberSetting { session, weight: weight.max(1) as u32, enabled }
        });
        SenderPool {
            id: row.id,
            name: row.name,
            description: row.description,
            created_at: row.created_at,
            members: members.collect(),
        }
    });
    Ok(pools.collect())
}
