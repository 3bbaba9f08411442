//! LIDs whose number nobody knows yet: WAHA is asked for it (docs/waha.md 0.20). What is known under a LID becomes the
//! person's with the number as soon as somebody tells it (`contacts::people`).

use chrono::{DateTime, Utc};
use wahana_domain::person::IdentitySource;
use wahana_domain::{ChatId, OrganizationId, PersonKey, Phone, SessionId};
use wahana_jobs::ResolveLids;

use super::SystemLids;
use crate::contacts::people::{self, Learnt};
use crate::inbox::seen::SeenMessage;
use crate::{Enqueue, StoreError, Tx};

/// A LID whose number is asked for.
#[derive(Clone, Debug)]
pub struct WantedLid {
    /// `<digits>@lid`.
    pub lid: String,
    /// How often WAHA did not know.
    pub tries: u32,
    /// Whether the person asked to be left alone: a number that belongs to them may be written to meanwhile.
    pub opted_out: bool,
}

impl SystemLids<'_> {
    /// LIDs that a session has to ask for now.
    pub async fn wanted(self, session: SessionId, limit: i64) -> Result<Vec<WantedLid>, StoreError> {
        let rows = sqlx::query!(
            r#"select l.lid, l.tries, s.person is not null as "opted_out!"
               from lid_lookups l
               left join suppressions s on s.organization_id = l.organization_id and s.person = l.lid
               where l.session_id = $1 and l.wanted_at <= $2
               order by s.person is null, l.wanted_at
               limit $3"#,
            session.0,
            self.system.store.clock().now(),
            limit,
        );
        let rows = rows.fetch_all(self.system.store.pool()).await?;
        let wanted = |tries: i32| u32::try_from(tries).unwrap_or(0);
        let lids = rows.into_iter();
        Ok(lids
            .map(|row| WantedLid { lid: row.lid, tries: wanted(row.tries), opted_out: row.opted_out })
            .collect())
    }

    /// When a session has to ask for a LID next.
    pub async fn next_wanted(self, session: SessionId) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(sqlx::query_scalar!("select min(wanted_at) from lid_lookups where session_id = $1", session.0)
            .fetch_one(self.system.store.pool())
            .await?)
    }

    /// WAHA told the number behind a LID.
    pub async fn record(
        self,
        organization: OrganizationId,
        session: SessionId,
        lid: &str,
        phone: &Phone,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let learnt = Learnt {
            identity: lid,
            person: &PersonKey::of_phone(phone),
            source: IdentitySource::LidLookup,
            session: Some(session),
        };
        if !people::learn(&mut tx, organization, learnt).await? {
            // Known meanwhile, or not to be believed: it is not asked for again.
            forget(&mut tx, organization, lid).await?;
        }
        tx.commit().await
    }

    /// It is asked for again then, or as soon as that person writes again. `answered`: WAHA said that it does not know.
    pub async fn ask_again(
        self,
        organization: OrganizationId,
        lid: &str,
        answered: bool,
        again_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "update lid_lookups
             set tries = tries + case when $3 then 1 else 0 end, wanted_at = $4
             where organization_id = $1 and lid = $2",
            organization.0,
            lid,
            answered,
            again_at,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}

async fn forget(tx: &mut Tx, organization: OrganizationId, lid: &str) -> Result<(), StoreError> {
    sqlx::query!("delete from lid_lookups where organization_id = $1 and lid = $2", organization.0, lid)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The person that a message is from or to; `None` for a group. Of a LID that nobody knows, the number is asked for.
pub(crate) async fn person(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    message: &SeenMessage,
) -> Result<Option<PersonKey>, StoreError> {
    let Some(key) = ChatId::parse(&message.chat_id).ok().as_ref().and_then(PersonKey::of_chat) else {
        return Ok(None);
    };
    let known = people::behind(tx, organization, key.as_str()).await?;
    let Some(lid) = key.lid() else { return Ok(Some(known)) };
    if let Some(told) = message.phone.as_ref().map(PersonKey::of_phone).filter(|told| *told != known) {
        let learnt =
            Learnt { identity: lid, person: &told, source: IdentitySource::Message, session: Some(session) };
        people::learn(tx, organization, learnt).await?;
        return people::behind(tx, organization, lid).await.map(Some);
    }
    if known == key {
        want(tx, organization, session, lid).await?;
    }
    Ok(Some(known))
}

/// Asks for the number, again if WAHA did not know it before.
async fn want(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    lid: &str,
) -> Result<(), StoreError> {
    let now = tx.store().clock().now();
    // A LID that a member took out of a person is a person of its own: there is no number to ask for.
    let wanted = sqlx::query!(
        "insert into lid_lookups as l (organization_id, lid, session_id, wanted_at)
         select $1, $2, $3, $4
         where not exists (select 1 from identities i where i.organization_id = $1 and i.identity = $2)
         on conflict (organization_id, lid) do update set
             session_id = excluded.session_id, tries = 0, wanted_at = excluded.wanted_at",
        organization.0,
        lid,
        session.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    if wanted.rows_affected() > 0 {
        tx.enqueue(Enqueue::now(organization, ResolveLids { session })).await?;
    }
    Ok(())
}
