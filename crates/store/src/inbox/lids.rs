//! LIDs: WhatsApp shows the partner of a chat a stand-in for the number (docs/waha.md 0.20). What is known under
//! a LID moves to the number as soon as somebody tells it: an event, or WAHA when it is asked.

use chrono::{DateTime, Utc};
use wahana_domain::opt_out::ReplyIntent;
use wahana_domain::{OrganizationId, Phone, SessionId};
use wahana_jobs::ResolveLids;

use super::{SystemLids, TenantLids, opt_outs};
use crate::inbox::seen::SeenMessage;
use crate::{Enqueue, StoreError, Tx};

/// What every LID ends with.
const LID: &str = "@lid";

/// A LID whose number is asked for.
#[derive(Clone, Debug)]
pub struct WantedLid {
    /// `<digits>@lid`.
    pub lid: String,
    /// How often WAHA did not know.
    pub tries: u32,
}

impl TenantLids<'_> {
    /// The E.164 digits behind a LID, where known.
    pub async fn number_behind(self, lid: &str) -> Result<Option<String>, StoreError> {
        known(&mut self.tenant.begin().await?, self.tenant.organization(), lid).await
    }
}

impl SystemLids<'_> {
    /// The LID of the person of this chat, where known.
    pub async fn lid_of(
        self,
        organization: OrganizationId,
        chat_id: &str,
    ) -> Result<Option<String>, StoreError> {
        let Some(digits) = chat_id.strip_suffix("@c.us") else { return Ok(None) };
        let lid = sqlx::query_scalar!(
            "select lid from lids where organization_id = $1 and phone = $2 limit 1",
            organization.0,
            digits
        );
        Ok(lid.fetch_optional(self.system.store.pool()).await?)
    }

    /// LIDs that a session has to ask for now.
    pub async fn wanted(self, session: SessionId, limit: i64) -> Result<Vec<WantedLid>, StoreError> {
        let rows = sqlx::query!(
            "select lid, tries
             from lids
             where session_id = $1 and wanted_at <= $2
             order by wanted_at
             limit $3",
            session.0,
            self.system.store.clock().now(),
            limit,
        );
        let rows = rows.fetch_all(self.system.store.pool()).await?;
        let wanted = |tries: i32| u32::try_from(tries).unwrap_or(0);
        Ok(rows.into_iter().map(|row| WantedLid { lid: row.lid, tries: wanted(row.tries) }).collect())
    }

    /// When a session has to ask for a LID next.
    pub async fn next_wanted(self, session: SessionId) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(sqlx::query_scalar!("select min(wanted_at) from lids where session_id = $1", session.0)
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
        learn(&mut tx, organization, session, lid, phone.digits()).await?;
        tx.commit().await
    }

    /// WAHA did not know it; it is asked again then, or as soon as that person writes again.
    pub async fn record_unknown(
        self,
        organization: OrganizationId,
        lid: &str,
        again_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "update lids
             set tries = tries + 1, wanted_at = $3
             where organization_id = $1 and lid = $2 and phone is null",
            organization.0,
            lid,
            again_at,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}

/// The E.164 digits of the person that a message is from or to. Of a LID that nobody knows, the number is asked for.
pub(crate) async fn digits(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    message: &SeenMessage,
) -> Result<Option<String>, StoreError> {
    let told = message.phone.as_ref().map(|phone| phone.digits().to_owned());
    if !is_lid(&message.chat_id) {
        return Ok(told);
    }
    let before = known(tx, organization, &message.chat_id).await?;
    match told {
        Some(told) if before.as_ref() != Some(&told) => {
            learn(tx, organization, session, &message.chat_id, &told).await?;
            Ok(Some(told))
        }
        _ if before.is_some() => Ok(before),
        _ => want(tx, organization, session, message).await,
    }
}

/// Whether a chat is called by a LID.
pub(crate) fn is_lid(chat_id: &str) -> bool {
    chat_id.ends_with(LID)
}

async fn known(tx: &mut Tx, organization: OrganizationId, lid: &str) -> Result<Option<String>, StoreError> {
    let phone = sqlx::query_scalar!(
        "select phone from lids where organization_id = $1 and lid = $2",
        organization.0,
        lid
    );
    Ok(phone.fetch_optional(&mut **tx).await?.flatten())
}

/// Asks for the number, again if WAHA did not know it before; that the person wants to be left alone is kept until the
/// person takes it back. Returns it, should another transaction have learnt it this moment.
async fn want(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    message: &SeenMessage,
) -> Result<Option<String>, StoreError> {
    let now = tx.store().clock().now();
    let learnt = sqlx::query_scalar!(
        "insert into lids as l (organization_id, lid, session_id, wanted_at, opted_out_at)
         values ($1, $2, $3, $4, $5)
         on conflict (organization_id, lid) do update set
             session_id = excluded.session_id, tries = 0,
             wanted_at = case when l.phone is null then excluded.wanted_at end,
             opted_out_at = case
                                when $6 and l.opted_out_at <= $7 then null
                                else greatest(l.opted_out_at, excluded.opted_out_at)
                            end
         returning phone",
        organization.0,
        message.chat_id,
        session.0,
        now,
        (message.intent == Some(ReplyIntent::OptOut)).then_some(message.at),
        message.intent == Some(ReplyIntent::OptIn),
        message.at,
    )
    .fetch_one(&mut **tx)
    .await?;
    if learnt.is_none() {
        tx.enqueue(Enqueue::now(organization, ResolveLids { session })).await?;
    }
    Ok(learnt)
}

/// From now on the LID is that number: its messages and conversations become those of the number, and who asked under
/// the LID to be left alone is.
async fn learn(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    lid: &str,
    digits: &str,
) -> Result<(), StoreError> {
    let chat = format!("{digits}@c.us");
    let opted_out = sqlx::query_scalar!(
        "insert into lids as l (organization_id, lid, phone, session_id)
           values ($1, $2, $3, $4)
           on conflict (organization_id, lid) do update set
               phone = excluded.phone, wanted_at = null, tries = 0
           returning opted_out_at",
        organization.0,
        lid,
        digits,
        session.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update messages set chat_id = $3, phone = $4, lid = $2
           where session_id in (select id from sessions where organization_id = $1) and chat_id = $2"#,
        organization.0,
        lid,
        chat,
        digits,
    )
    .execute(&mut **tx)
    .await?;
    merge_conversations(tx, organization, lid, &chat, digits).await?;
    if let Some(at) = opted_out {
        opt_outs::opt_out(tx, organization, digits, at).await?;
    }
    Ok(())
}

async fn merge_conversations(
    tx: &mut Tx,
    organization: OrganizationId,
    lid: &str,
    chat: &str,
    digits: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "with gone as (
             delete from conversations
             where organization_id = $1 and chat_id = $2
             returning *
         )
         insert into conversations as c (
             id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at
         )
         select id, organization_id, session_id, $3, $4, name, unread, last_message_id, created_at
         from gone
         on conflict (session_id, chat_id) do update set
             unread = c.unread + excluded.unread, name = coalesce(c.name, excluded.name),
             last_message_id = greatest(c.last_message_id, excluded.last_message_id),
             created_at = least(c.created_at, excluded.created_at)",
        organization.0,
        lid,
        chat,
        digits,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
