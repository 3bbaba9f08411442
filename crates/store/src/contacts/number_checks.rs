//! Which numbers have WhatsApp: asked of a session one by one and slowly, and remembered per organization for a while.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::messages::MessageState;
use wahana_domain::person::IdentitySource;
use wahana_domain::{ChatId, NamedPerson, NumberCheckId, OrganizationId, PersonKey, Phone, SessionId};
use wahana_jobs::{CheckNumbers, Job, SendMessage};

use super::people::{self, Learnt};
use super::{SystemNumberChecks, TenantNumberChecks};
use crate::{Enqueue, StoreError, Tx, Wake};

/// What is known of a number.
#[derive(Clone, Debug)]
pub struct NumberCheck {
    /// E.164 digits, in the form that was asked for.
    pub phone: String,
    /// Whether it has WhatsApp; `None` while nobody knows.
    pub on_whatsapp: Option<bool>,
    /// The chat to write to; it may differ from the number (Brazil).
    pub chat_id: Option<String>,
    /// When WhatsApp was asked.
    pub checked_at: Option<DateTime<Utc>>,
    /// Until when that is believed.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Numbers that somebody wanted checked together.
#[derive(Clone, Debug)]
pub struct NumberCheckBatch {
    /// Its id.
    pub id: NumberCheckId,
    /// The session that asks.
    pub session: SessionId,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// What is known by now, in the order in which the numbers were given.
    pub numbers: Vec<NumberCheck>,
}

/// A person whose number waits to be checked.
#[derive(Clone, Debug)]
pub struct WantedCheck {
    /// Who.
    pub person: PersonKey,
    /// E.164 digits, in the form in which the number was given.
    pub phone: String,
    /// Checks of it that failed so far.
    pub tries: u32,
}

/// The chat that WhatsApp named for a number.
#[derive(Clone, Debug)]
pub struct FoundChat {
    /// The chat to write to: of the number in whatever form, or a LID.
    pub chat: ChatId,
    /// The number that WhatsApp told beside a LID.
    pub phone: Option<Phone>,
}

impl TenantNumberChecks<'_> {
    /// Has numbers checked by a session, those that are known already not again; `None` when there is no such session.
    pub async fn check(
        self,
        session: SessionId,
        phones: &[Phone],
    ) -> Result<Option<NumberCheckBatch>, StoreError> {
        let now = self.tenant.store.clock().now();
        let digits: Vec<String> = phones.iter().map(|phone| phone.digits().to_owned()).collect();
        let id = NumberCheckId::new(now, rand::random());
        let mut tx = self.tenant.begin().await?;
        let made = sqlx::query!(
            r#"insert into number_check_batches (id, organization_id, session_id, phones, created_at)
               select $1, organization_id, id, $3, $4 from sessions where id = $2 and deleted_at is null"#,
            id.0,
            session.0,
            &digits,
            now,
        )
        .execute(&mut *tx)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(None);
        }
        let people: Vec<NamedPerson> = phones.iter().cloned().map(NamedPerson::of_phone).collect();
        want(&mut tx, self.tenant.organization(), session, &people, now).await?;
        let batch = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(batch)
    }

    /// What became of numbers that were to be checked; `None` when there is no such batch.
    pub async fn get(self, id: NumberCheckId) -> Result<Option<NumberCheckBatch>, StoreError> {
        read(&mut self.tenant.begin().await?, id).await
    }
}

/// Asks for these numbers to be checked, unless a fresh answer is known; records the session's job if there is work.
pub(crate) async fn want(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    people: &[NamedPerson],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let numbers = people.iter().filter_map(|person| Some((person.key.as_str(), person.digits()?)));
    let (keys, digits): (Vec<&str>, Vec<&str>) = numbers.unzip();
    let wanted = sqlx::query!(
        "insert into number_checks as n (organization_id, person, phone, session_id, wanted_at)
         select distinct on (2) $1::uuid, person_behind($1, person), phone, $2::uuid, $5::timestamptz
         from unnest($3::text[], $4::text[]) as x (person, phone)
         order by 2
         on conflict (organization_id, person) do update set
             session_id = excluded.session_id, wanted_at = coalesce(n.wanted_at, excluded.wanted_at)
         where n.expires_at is null or n.expires_at <= $5",
        organization.0,
        session.0,
        &keys as &[&str],
        &digits as &[&str],
        now,
    )
    .execute(&mut **tx)
    .await?;
    if wanted.rows_affected() > 0 {
        tx.enqueue(Enqueue::now(organization, CheckNumbers { session })).await?;
    }
    Ok(())
}

async fn read(tx: &mut Tx, id: NumberCheckId) -> Result<Option<NumberCheckBatch>, StoreError> {
    let now = tx.store().clock().now();
    let batch = sqlx::query!(
        r#"select session_id as "session: SessionId", created_at from number_check_batches where id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(batch) = batch else { return Ok(None) };
    let numbers = sqlx::query_as!(
        NumberCheck,
        r#"select x.phone as "phone!", n.on_whatsapp, n.chat_id, n.checked_at, n.expires_at
           from number_check_batches b
           cross join unnest(b.phones) with ordinality as x (phone, position)
           left join number_checks n
             on n.organization_id = b.organization_id and n.person = person_of(x.phone) and n.expires_at > $2
           where b.id = $1
           order by x.position"#,
        id.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Some(NumberCheckBatch { id, session: batch.session, created_at: batch.created_at, numbers }))
}

impl SystemNumberChecks<'_> {
    /// The number that a session has to check next, and whether more wait behind it.
    pub async fn next_wanted(
        self,
        organization: OrganizationId,
        session: SessionId,
    ) -> Result<Option<(WantedCheck, bool)>, StoreError> {
        let rows = sqlx::query!(
            r#"select person as "person: PersonKey", phone, tries
               from number_checks
               where organization_id = $1 and session_id = $2 and wanted_at is not null
               order by wanted_at, phone
               limit 2"#,
            organization.0,
            session.0,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let more = rows.len() > 1;
        let first = rows.into_iter().next();
        let wanted = |tries: i32| tries.max(0) as u32;
        Ok(first.map(|row| {
            (WantedCheck { person: row.person, phone: row.phone, tries: wanted(row.tries) }, more)
        }))
    }

    /// Remembers what WhatsApp said of a person's number for `keep`, and lets the messages go that waited for it; of a
    /// number without WhatsApp they fail. From now on the chat that WhatsApp named is written to.
    pub async fn record(
        self,
        organization: OrganizationId,
        session: SessionId,
        person: &PersonKey,
        found: Option<&FoundChat>,
        keep: Duration,
    ) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update number_checks
             set on_whatsapp = $3, chat_id = $4, checked_at = $5, expires_at = $6, wanted_at = null, tries = 0
             where organization_id = $1 and person = $2",
            organization.0,
            person.as_str(),
            found.is_some(),
            found.map(|found| found.chat.as_str()),
            now,
            now + TimeDelta::from_std(keep).unwrap_or(TimeDelta::days(30)),
        )
        .execute(&mut *tx)
        .await?;
        if let Some(found) = found {
            name_chat(&mut tx, organization, session, person, found).await?;
        }
        // They are due now: the fence tells them what was found.
        let lanes = sqlx::query_scalar!(
            r#"update jobs j
               set run_at = $3
               from messages m
               where m.organization_id = $1 and m.chat_id = $2 and m.state = $4 and j.id = m.id
                 and j.state = 'pending' and j.kind = $5 and j.error_code = 'number_check'
               returning j.lane as "lane!: SessionId""#,
            organization.0,
            person.as_str(),
            now,
            MessageState::Queued as MessageState,
            SendMessage::NAME,
        )
        .fetch_all(&mut *tx)
        .await?;
        lanes.into_iter().for_each(|lane| tx.wake(Wake::Lane(lane)));
        tx.commit().await
    }

    /// Has one number checked, unless a fresh answer is known.
    pub(crate) async fn want_check(
        self,
        organization: OrganizationId,
        session: SessionId,
        phone: Phone,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let now = self.system.store.clock().now();
        want(&mut tx, organization, session, &[NamedPerson::of_phone(phone)], now).await?;
        tx.commit().await
    }

    /// A check did not work; it is tried again.
    pub async fn record_failure(
        self,
        organization: OrganizationId,
        person: &PersonKey,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "update number_checks set tries = tries + 1 where organization_id = $1 and person = $2",
            organization.0,
            person.as_str()
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}

/// Writes down under which name WhatsApp knows the person: the chat to write to, and whose the names in the answer are.
async fn name_chat(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    person: &PersonKey,
    found: &FoundChat,
) -> Result<(), StoreError> {
    people::name(tx, organization, person, Some(found.chat.as_str()), None).await?;
    let told = found.phone.as_ref().map(PersonKey::of_phone);
    for identity in PersonKey::of_chat(&found.chat).into_iter().chain(told) {
        let learnt = Learnt {
            identity: identity.as_str(),
            person,
            source: IdentitySource::NumberCheck,
            session: Some(session),
        };
        people::learn(tx, organization, learnt).await?;
    }
    Ok(())
}
