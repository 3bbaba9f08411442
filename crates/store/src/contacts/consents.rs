//! Consent of people to bulk messages, what an organization decided about it, and the proof.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;
use wahana_domain::consent::{ConsentEventKind, ConsentSource, OptOutScope};
use wahana_domain::opt_out::{OwnWords, ReplyIntent, Request};
use wahana_domain::{MessageId, NamedPerson, OrganizationId, PersonKey, SessionId};

use super::{SystemConsents, TenantConsents};
use crate::{StoreError, Tx};

/// What an organization decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentSettings {
    /// What an opt-out ends that does not say it.
    pub opt_out_scope: OptOutScope,
    /// What is answered to an opt-out; `None` is nothing.
    pub opt_out_confirmation: Option<String>,
    /// What is answered to an opt-in; `None` is nothing.
    pub opt_in_confirmation: Option<String>,
    /// Bulk messages go only to people whose consent is on record.
    pub bulk_needs_consent: bool,
    /// Words of its own, in order.
    pub words: Vec<OwnWord>,
}

/// Words of an organization's own that opt out or in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// In small letters, with single spaces.
    pub words: String,
    /// What they ask for.
    pub intent: ReplyIntent,
    /// What an opt-out with them ends.
    pub scope: OptOutScope,
}

/// That a person agreed to bulk messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Where it is known from.
    pub source: ConsentSource,
    /// Where exactly.
    pub detail: Option<String>,
    /// When it was given.
    pub given_at: DateTime<Utc>,
}

/// A line of the proof.
#[derive(Clone, Debug)]
pub struct ConsentEvent {
    /// Its id: the order.
    pub id: Uuid,
    /// What it is.
    pub kind: ConsentEventKind,
    /// What an opt-out ends.
    pub scope: Option<OptOutScope>,
    /// Where it is known from.
    pub source: ConsentSource,
    /// The session that received the message.
    pub session: Option<SessionId>,
    /// The bare WhatsApp id of the message.
    pub waha_id: Option<String>,
    /// Its words.
    pub words: Option<String>,
    /// Where exactly it is known from.
    pub detail: Option<String>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it was confirmed to the person.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl TenantConsents<'_> {
    /// What the organization decided.
    pub async fn settings(self) -> Result<ConsentSettings, StoreError> {
        read_settings(&mut self.tenant.begin().await?, self.tenant.organization()).await
    }

    /// Decides anew; the words replace all that were there.
    pub async fn change_settings(self, settings: &ConsentSettings) -> Result<(), StoreError> {
        let organization = self.tenant.organization();
        let mut tx = self.tenant.begin().await?;
        let before = read_settings(&mut tx, organization).await?;
        sqlx::query!(
            "insert into consent_settings (
                 organization_id, opt_out_scope, opt_out_confirmation, opt_in_confirmation, bulk_needs_consent,
                 updated_at
             )
             values ($1, $2, $3, $4, $5, $6)
             on conflict (organization_id) do update set
                 opt_out_scope = excluded.opt_out_scope, opt_out_confirmation = excluded.opt_out_confirmation,
                 opt_in_confirmation = excluded.opt_in_confirmation,
                 bulk_needs_consent = excluded.bulk_needs_consent, updated_at = excluded.updated_at",
            organization.0,
            settings.opt_out_scope.as_str(),
            settings.opt_out_confirmation,
            settings.opt_in_confirmation,
            settings.bulk_needs_consent,
            self.tenant.store.clock().now(),
        )
        .execute(&mut *tx)
        .await?;
        let words: Vec<&str> = settings.words.iter().map(|word| word.words.as_str()).collect();
        let intents: Vec<&str> = settings.words.iter().map(|word| word.intent.as_str()).collect();
        let scopes: Vec<&str> = settings.words.iter().map(|word| word.scope.as_str()).collect();
        sqlx::query!("delete from opt_out_words").execute(&mut *tx).await?;
        sqlx::query!(
            "insert into opt_out_words (organization_id, words, intent, scope)
             select distinct on (words) $1::uuid, words, intent, scope
             from unnest($2::text[], $3::text[], $4::text[]) as x (words, intent, scope)",
            organization.0,
            &words as &[&str],
            &intents as &[&str],
            &scopes as &[&str],
        )
        .execute(&mut *tx)
        .await?;
        let told = json!({ "bulk_needs_consent": [before.bulk_needs_consent, settings.bulk_needs_consent],
            "opt_out_scope": [before.opt_out_scope, settings.opt_out_scope], "words": [before.words.len(), words.len()] });
        tx.audit("consent_settings.change", organization, told).await?;
        tx.commit().await
    }

    /// The consent of a person; `None` when there is none on record.
    pub async fn get(self, person: &PersonKey) -> Result<Option<Consent>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Consent,
            r#"select source as "source: ConsentSource", detail, given_at
               from consents
               where person = person_behind(organization_id, $1)"#,
            person.as_str()
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// Puts the consent of these people on record. That of somebody who asked to be left alone since then does not count:
    /// their opt-out stands.
    pub async fn give(self, people: &[NamedPerson], consent: &Consent) -> Result<u64, StoreError> {
        let keys: Vec<&str> = people.iter().map(|person| person.key.as_str()).collect();
        let phones: Vec<Option<&str>> = people.iter().map(NamedPerson::digits).collect();
        let now = self.tenant.store.clock().now();
        let ids: Vec<Uuid> = people.iter().map(|_| MessageId::new(now, rand::random()).0).collect();
        let mut tx = self.tenant.begin().await?;
        let given = sqlx::query_file!(
            "src/contacts/give_consent.sql",
            self.tenant.organization().0,
            &ids,
            &keys as &[&str],
            &phones as &[Option<&str>],
            consent.source.as_str(),
            consent.detail,
            consent.given_at,
        )
        .execute(&mut *tx)
        .await?;
        let told = json!({ "people": people.len(), "source": consent.source });
        tx.audit_of(
            Some(self.tenant.organization()),
            "consent.give",
            phones.first().copied().flatten().map(str::to_owned),
            told,
        )
        .await?;
        tx.commit().await?;
        Ok(given.rows_affected())
    }

    /// Takes a consent back; `false` when there is none on record.
    pub async fn withdraw(self, person: &NamedPerson, detail: Option<&str>) -> Result<bool, StoreError> {
        let organization = self.tenant.organization();
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let gone = sqlx::query!(
            "delete from consents where organization_id = $1 and person = person_behind($1, $2)",
            organization.0,
            person.key.as_str()
        )
        .execute(&mut *tx)
        .await?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        let event = NewEvent {
            person: &person.key,
            phone: person.digits(),
            kind: ConsentEventKind::Withdrawal,
            scope: None,
            source: ConsentSource::Member,
            session: None,
            waha_id: None,
            words: None,
            detail,
            at: now,
            confirmed_at: None,
        };
        record(&mut tx, organization, event).await?;
        let target = person.digits().unwrap_or(person.key.as_str());
        tx.audit("consent.withdraw", target, json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The proof about a person, the newest first; at most 200 lines.
    pub async fn proof(self, person: &PersonKey) -> Result<Vec<ConsentEvent>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            ConsentEvent,
            r#"select id, kind as "kind: ConsentEventKind", scope as "scope: OptOutScope",
                      source as "source: ConsentSource", session_id as "session: SessionId", waha_id, words, detail,
                      at, confirmed_at
               from consent_events
               where person = person_behind(organization_id, $1)
               order by id desc
               limit 200"#,
            person.as_str()
        )
        .fetch_all(&mut *tx)
        .await?)
    }
}

impl SystemConsents<'_> {
    /// The words of an organization's own.
    pub async fn own_words(self, organization: OrganizationId) -> Result<OwnWords, StoreError> {
        let rows = sqlx::query_as!(
            OwnWord,
            r#"select words, intent as "intent: ReplyIntent", scope as "scope: OptOutScope"
               from opt_out_words
               where organization_id = $1
               order by words"#,
            organization.0
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let request = |word: &OwnWord| Request { intent: word.intent, scope: Some(word.scope) };
        Ok(OwnWords::new(rows.iter().map(|word| (word.words.as_str(), request(word)))))
    }
}

/// A line to add to the proof.
pub(crate) struct NewEvent<'a> {
    pub(crate) person: &'a PersonKey,
    pub(crate) phone: Option<&'a str>,
    pub(crate) kind: ConsentEventKind,
    pub(crate) scope: Option<OptOutScope>,
    pub(crate) source: ConsentSource,
    pub(crate) session: Option<SessionId>,
    pub(crate) waha_id: Option<&'a str>,
    pub(crate) words: Option<&'a str>,
    pub(crate) detail: Option<&'a str>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) confirmed_at: Option<DateTime<Utc>>,
}

/// Adds a line to the proof.
pub(crate) async fn record(
    tx: &mut Tx,
    organization: OrganizationId,
    event: NewEvent<'_>,
) -> Result<(), StoreError> {
    let id = MessageId::new(tx.store().clock().now(), rand::random());
    sqlx::query!(
        "insert into consent_events (
             id, organization_id, person, phone, kind, scope, source, session_id, waha_id, words, detail, at,
             confirmed_at
         )
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id.0,
        organization.0,
        event.person.as_str(),
        event.phone,
        event.kind.as_str(),
        event.scope.map(OptOutScope::as_str),
        event.source.as_str(),
        event.session.map(|session| session.0),
        event.waha_id,
        event.words,
        event.detail,
        event.at,
        event.confirmed_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an organization decided, in a transaction of the caller.
pub(crate) async fn read_settings(
    tx: &mut Tx,
    organization: OrganizationId,
) -> Result<ConsentSettings, StoreError> {
    let row = sqlx::query!(
        r#"select opt_out_scope as "opt_out_scope: OptOutScope", opt_out_confirmation, opt_in_confirmation,
                  bulk_needs_consent
           from consent_settings
           where organization_id = $1"#,
        organization.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let words = sqlx::query_as!(
        OwnWord,
        r#"select words, intent as "intent: ReplyIntent", scope as "scope: OptOutScope"
           from opt_out_words
           where organization_id = $1
           order by words"#,
        organization.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(match row {
        Some(row) => ConsentSettings {
            opt_out_scope: row.opt_out_scope,
            opt_out_confirmation: row.opt_out_confirmation,
            opt_in_confirmation: row.opt_in_confirmation,
            bulk_needs_consent: row.bulk_needs_consent,
            words,
        },
        None => ConsentSettings {
            opt_out_scope: OptOutScope::All,
            opt_out_confirmation: None,
            opt_in_confirmation: None,
            bulk_needs_consent: false,
            words,
        },
    })
}

/// Whether bulk messages of an organization go only to people whose consent is on record.
pub(crate) async fn needed(tx: &mut Tx, organization: OrganizationId) -> Result<bool, StoreError> {
    let needed = sqlx::query_scalar!(
        "select bulk_needs_consent from consent_settings where organization_id = $1",
        organization.0
    );
    Ok(needed.fetch_optional(&mut **tx).await?.unwrap_or_default())
}
