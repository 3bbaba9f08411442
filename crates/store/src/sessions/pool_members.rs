//! What choosing a member of a sender pool needs: how the members stand, whom a person knows, and the figures people
//! see of it.

use std::collections::HashMap;

use wahana_domain::{SenderPoolId, SessionId};

use super::{SystemSenderPools, TenantSenderPools};
use crate::StoreError;
use crate::jobs::relay::LaneFacts;

/// Counting what waits for a member stops here: more is just as long.
const COUNT_TO: i64 = 1_000;

/// A member of a pool as it stands now.
#[derive(Clone, Debug)]
pub struct PoolMember {
    /// Its share beside the others.
    pub weight: u32,
    /// Whether its owner lets it get messages.
    pub enabled: bool,
    /// Messages that wait in its lane, at most 1,000.
    pub waiting: u32,
    /// What decides whether it sends.
    pub lane: LaneFacts,
}

/// Which members a person knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acquaintance {
    /// The person wrote to this one.
    pub chat: Option<SessionId>,
    /// This one wrote to the person first.
    pub wrote: Option<SessionId>,
}

/// What people see of a member.
#[derive(Clone, Debug)]
pub struct MemberFigures {
    /// The session.
    pub session: SessionId,
    /// Its name.
    pub name: String,
    /// Messages of the pool that wait for it.
    pub waiting: i64,
    /// People who keep it.
    pub contacts: i64,
    /// Messages that came to it from its peers.
    pub moved_in: i64,
    /// Messages that went from it to its peers.
    pub moved_out: i64,
}

impl TenantSenderPools<'_> {
    /// The members of a pool as they stand now; `None` when there is no such pool.
    pub async fn members(self, pool: SenderPoolId) -> Result<Option<Vec<PoolMember>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let found = sqlx::query_scalar!("select 1 as one from sender_pools where id = $1", pool.0)
            .fetch_optional(&mut *tx)
            .await?;
        drop(tx);
        if found.is_none() {
            return Ok(None);
        }
        self.tenant.store.system().sender_pools().members(pool).await.map(Some)
    }

    /// Which members this person knows.
    pub async fn acquaintance(self, pool: SenderPoolId, person: &str) -> Result<Acquaintance, StoreError> {
        let mut known = self.tenant.store.system().sender_pools().acquaintances(pool, &[person]).await?;
        Ok(known.remove(person).unwrap_or_default())
    }

    /// What people see of the members of a pool.
    pub async fn figures(self, pool: SenderPoolId) -> Result<Vec<MemberFigures>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_file_as!(MemberFigures, "src/campaigns/pool_figures.sql", pool.0)
            .fetch_all(&mut *tx)
            .await?)
    }
}

impl SystemSenderPools<'_> {
    /// The members of a pool as they stand now; deleted sessions are none.
    pub async fn members(self, pool: SenderPoolId) -> Result<Vec<PoolMember>, StoreError> {
        let rows = sqlx::query!(
            r#"select m.session_id as "session: SessionId", m.weight, m.enabled,
                      (
                          select count(*)
                          from (
                              select 1
                              from jobs j
                              where j.lane = m.session_id and j.state = 'pending'
                              limit $2
                          ) w
                      ) as "waiting!"
               from sender_pool_members m
               join sessions s on s.id = m.session_id and s.deleted_at is null
               where m.pool_id = $1
               order by m.session_id"#,
            pool.0,
            COUNT_TO,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let sessions: Vec<SessionId> = rows.iter().map(|row| row.session).collect();
        let mut lanes: HashMap<SessionId, LaneFacts> = self
            .system
            .lanes()
            .facts(&sessions)
            .await?
            .into_iter()
            .map(|lane| (lane.session, lane))
            .collect();
        let members = rows.into_iter().filter_map(|row| {
            Some(PoolMember {
                weight: row.weight.max(1) as u32,
                enabled: row.enabled,
                waiting: row.waiting as u32,
                lane: lanes.remove(&row.session)?,
            })
        });
        Ok(members.collect())
    }

    /// Which members of a pool these people know, by their keys. Strangers are left out.
    pub async fn acquaintances(
        self,
        pool: SenderPoolId,
        people: &[&str],
    ) -> Result<HashMap<String, Acquaintance>, StoreError> {
        let rows = sqlx::query!(
            r#"select p.person as "person!", c.session_id as "wrote?: SessionId",
                      (
                          select m.session_id
                          from sender_pool_members m
                          where m.pool_id = $1
                            and exists (
                                select 1
                                from messages i
                                where i.session_id = m.session_id and i.chat_id = p.person
                                  and i.direction = 'inbound'
                            )
                          -- The one that is kept, where several have a chat.
                          order by m.session_id is not distinct from c.session_id desc, m.session_id
                          limit 1
                      ) as "chat?: SessionId"
               from unnest($2::text[]) as p (person)
               left join sender_pool_contacts c on c.pool_id = $1 and c.person = p.person"#,
            pool.0,
            people as &[&str],
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let known = rows.into_iter().filter(|row| row.wrote.is_some() || row.chat.is_some());
        Ok(known.map(|row| (row.person, Acquaintance { chat: row.chat, wrote: row.wrote })).collect())
    }
}
