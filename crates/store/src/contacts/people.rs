//! People and their identities: which chats of WhatsApp are one person, and under which name WAHA knows the chat.
//!
//! Two keys become one when WhatsApp tells that both are one account (`learn`); a member can take them apart again.

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::person::IdentitySource;
use wahana_domain::{OrganizationId, PersonKey, Phone, SessionId};

use super::{SystemPeople, TenantPeople};
use crate::{StoreError, Tx};

/// A name under which WhatsApp knows a person, beside the number.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `<digits>@lid` or `<digits>@c.us`.
    pub identity: String,
    /// How it is known.
    pub source: IdentitySource,
    /// Since when.
    pub learnt_at: DateTime<Utc>,
}

/// What is known of a person beyond the number.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The chat as WAHA names it.
    pub chat_id: Option<String>,
    /// The username at WhatsApp.
    pub username: Option<String>,
    /// Other names under which WhatsApp knows the person, the oldest first.
    pub identities: Vec<Identity>,
}

/// That two names belong to one person.
#[derive(Clone, Debug)]
pub(crate) struct Learnt<'a> {
    /// The key of what is now known to be somebody else's: a LID, or another number.
    pub(crate) identity: &'a str,
    /// The person that it belongs to.
    pub(crate) person: &'a PersonKey,
    /// How it is known.
    pub(crate) source: IdentitySource,
    /// The session that learnt it; its own account is never merged with anybody.
    pub(crate) session: Option<SessionId>,
}

impl TenantPeople<'_> {
    /// The person of a chat: behind a LID the number, where known.
    pub async fn behind(self, key: PersonKey) -> Result<PersonKey, StoreError> {
        let mut tx = self.tenant.begin().await?;
        behind(&mut tx, self.tenant.organization(), key.as_str()).await
    }

    /// The person with this username, where somebody with it wrote to us.
    pub async fn by_username(self, username: &str) -> Result<Option<PersonKey>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_scalar!(
            r#"select person as "person: PersonKey"
               from people
               where username = $1
               order by updated_at desc
               limit 1"#,
            username
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// What is known of a person beyond the number.
    pub async fn get(self, person: &PersonKey) -> Result<Person, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let row = sqlx::query!("select chat_id, username from people where person = $1", person.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let identities = sqlx::query_as!(
            Identity,
            r#"select identity, source as "source: IdentitySource", learnt_at
               from identities
               where person = $1 and identity <> person
               order by learnt_at, identity"#,
            person.as_str()
        )
        .fetch_all(&mut *tx)
        .await?;
        let (chat_id, username) = row.map(|row| (row.chat_id, row.username)).unwrap_or_default();
        Ok(Person { chat_id, username, identities })
    }

    /// A member says that a LID is the person with this number; `false` when it is so already.
    pub async fn join(self, lid: &PersonKey, person: &PersonKey) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let learnt = Learnt { identity: lid.as_str(), person, source: IdentitySource::Member, session: None };
        let new = learn(&mut tx, self.tenant.organization(), learnt).await?;
        if new {
            tx.audit("person.join", person.as_str(), json!({ "identity": lid.as_str() })).await?;
        }
        tx.commit().await?;
        Ok(new)
    }

    /// A member says that an identity is somebody else: it becomes a person of its own again, with the contact it had,
    /// and is never joined by itself. A suppression counts for both. `false` when it does not belong to the person.
    pub async fn part(self, identity: &str, person: &PersonKey) -> Result<bool, StoreError> {
        let organization = self.tenant.organization();
        let mut tx = self.tenant.begin().await?;
        let parted = sqlx::query!(
            "update identities
             set person = identity, source = 'member', learnt_at = $3
             where identity = $1 and person = $2",
            identity,
            person.as_str(),
            self.tenant.store.clock().now(),
        )
        .execute(&mut *tx)
        .await?;
        if parted.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query_file!("src/contacts/part_person.sql", organization.0, identity, person.as_str())
            .execute(&mut *tx)
            .await?;
        sqlx::query_file!("src/contacts/part_conversations.sql", organization.0, identity)
            .execute(&mut *tx)
            .await?;
        tx.audit("person.part", person.as_str(), json!({ "identity": identity })).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl SystemPeople<'_> {
    /// The chats under which WAHA may know a person's chat, the one that is written to first.
    pub async fn chats(
        self,
        organization: OrganizationId,
        person: &str,
        phone: Option<&str>,
    ) -> Result<Vec<String>, StoreError> {
        let named = sqlx::query_scalar!(
            r#"select chat_id as "chat_id!" from people
               where organization_id = $1 and person = $2 and chat_id is not null
               union all
               select identity from identities where organization_id = $1 and person = $2"#,
            organization.0,
            person,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let dialled = phone.map(|digits| format!("{digits}@c.us"));
        let mut chats = Vec::new();
        for chat in named.into_iter().chain(dialled).chain([person.to_owned()]) {
            if !chats.contains(&chat) {
                chats.push(chat);
            }
        }
        Ok(chats)
    }

    /// Receipts of messages that went to a number came from these LIDs: pairs of LID and bare WhatsApp id.
    pub async fn learn_from_receipts(
        self,
        organization: OrganizationId,
        session: SessionId,
        receipts: &[(&str, &str)],
    ) -> Result<(), StoreError> {
        let (lids, ids): (Vec<&str>, Vec<&str>) = receipts.iter().copied().unzip();
        let mut tx = self.system.begin().await?;
        let news = sqlx::query!(
            r#"select distinct x.lid as "lid!", m.chat_id as "person: PersonKey"
               from unnest($2::text[], $3::text[]) as x (lid, waha_id)
               join messages m on m.session_id = $1 and m.waha_id = x.waha_id
               where m.direction = 'outbound' and m.chat_id like '%@c.us'
                 and not exists (
                     select 1 from identities i where i.organization_id = $4 and i.identity = x.lid
                 )"#,
            session.0,
            &lids as &[&str],
            &ids as &[&str],
            organization.0,
        )
        .fetch_all(&mut *tx)
        .await?;
        for new in &news {
            let learnt = Learnt {
                identity: &new.lid,
                person: &new.person,
                source: IdentitySource::Receipt,
                session: Some(session),
            };
            learn(&mut tx, organization, learnt).await?;
        }
        tx.commit().await
    }
}

/// The person of a chat, by the key of the chat.
pub(crate) async fn behind(
    tx: &mut Tx,
    organization: OrganizationId,
    key: &str,
) -> Result<PersonKey, StoreError> {
    let person =
        sqlx::query_scalar!(r#"select person_behind($1, $2) as "person!: PersonKey""#, organization.0, key);
    Ok(person.fetch_one(&mut **tx).await?)
}

/// WAHA named the chat of this person, or told the username.
pub(crate) async fn name(
    tx: &mut Tx,
    organization: OrganizationId,
    person: &PersonKey,
    chat_id: Option<&str>,
    username: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into people as p (organization_id, person, chat_id, username, updated_at)
         values ($1, $2, $3, $4, $5)
         on conflict (organization_id, person) do update set
             chat_id = coalesce(excluded.chat_id, p.chat_id),
             username = coalesce(excluded.username, p.username), updated_at = excluded.updated_at
         where p.chat_id is distinct from coalesce(excluded.chat_id, p.chat_id)
            or p.username is distinct from coalesce(excluded.username, p.username)",
        organization.0,
        person.as_str(),
        chat_id,
        username,
        tx.store().clock().now(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// From now on the identity is that person: its messages, conversations, contact and suppression become the person's.
/// `false` when that is known already, a member said otherwise, or it would be the session's own account.
pub(crate) async fn learn(
    tx: &mut Tx,
    organization: OrganizationId,
    learnt: Learnt<'_>,
) -> Result<bool, StoreError> {
    let Learnt { identity, person, source, session } = learnt;
    if identity == person.as_str() {
        return Ok(false);
    }
    let now = tx.store().clock().now();
    let new = sqlx::query!(
        "insert into identities as i (organization_id, identity, person, source, learnt_at)
         select $1, $2, $3, $4, $5
         where not exists (
             select 1 from sessions s where s.id = $6 and person_of(s.phone) in ($2, $3)
         )
         on conflict (organization_id, identity) do update set
             person = excluded.person, source = excluded.source, learnt_at = excluded.learnt_at
         where i.person <> excluded.person and (i.source <> 'member' or excluded.source = 'member')",
        organization.0,
        identity,
        person.as_str(),
        source.as_str(),
        now,
        session.map(|session| session.0),
    )
    .execute(&mut **tx)
    .await?;
    if new.rows_affected() == 0 {
        return Ok(false);
    }
    // The identities of the first key are now the person's as well.
    sqlx::query!(
        "update identities set person = $3 where organization_id = $1 and person = $2 and identity <> $2",
        organization.0,
        identity,
        person.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    let digits = person.digits().and_then(Phone::from_whatsapp);
    let digits = digits.as_ref().map(Phone::digits);
    sqlx::query_file!(
        "src/contacts/merge_people.sql",
        organization.0,
        identity,
        person.as_str(),
        digits,
        source.as_str(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query_file!(
        "src/contacts/merge_conversations.sql",
        organization.0,
        identity,
        person.as_str(),
        digits
    )
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
