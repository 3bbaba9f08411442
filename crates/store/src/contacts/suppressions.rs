//! Suppressions: people who must not be written to, under whatever name WhatsApp knows them. No import undoes it; only a
//! person does.

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::consent::OptOutScope;
use wahana_domain::suppressions::{SuppressionReason, SuppressionReasonCode};
use wahana_domain::{NamedPerson, PersonKey};

use super::TenantSuppressions;
use crate::StoreError;

/// A person who must not be written to.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// Who.
    pub person: PersonKey,
    /// E.164 digits, in the form in which the number was given; `None` while it is not known.
    pub phone: Option<String>,
    /// Why.
    pub reason: SuppressionReasonCode,
    /// What an opt-out ends; other reasons end everything.
    pub scope: OptOutScope,
    /// More, for people.
    pub detail: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Which suppressions of a list are wanted; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct SuppressionFilter {
    /// With these digits anywhere in the number or LID.
    pub digits: Option<String>,
    /// For this reason.
    pub reason: Option<SuppressionReason>,
}

impl TenantSuppressions<'_> {
    /// People in the order of their keys, after `after`; up to `limit`.
    pub async fn list(
        self,
        filter: &SuppressionFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Suppression>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Suppression,
            r#"select person as "person: PersonKey", phone, reason,
                      scope as "scope: OptOutScope", detail, created_at
               from suppressions
               where ($1::text is null or person > $1)
                 and ($3::text is null or strpos(person, $3) > 0 or strpos(phone, $3) > 0)
                 and ($4::text is null or reason = $4)
               order by person
               limit $2"#,
            after,
            i64::from(limit),
            filter.digits,
            filter.reason.map(SuppressionReason::as_str),
        )
        .fetch_all(&mut *tx)
        .await?)
    }

    /// Suppresses a person by hand, or by the person's wish. What a person asked for is not weakened: an `opt_out`
    /// becomes `manual`, never the other way.
    pub async fn add(
        self,
        person: &NamedPerson,
        reason: SuppressionReason,
        scope: OptOutScope,
        detail: Option<&str>,
    ) -> Result<Suppression, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let row = sqlx::query_as!(
            Suppression,
            r#"insert into suppressions as s (organization_id, person, phone, reason, detail, created_at, scope)
               values ($1, person_behind($1, $2), $3, $4, $5, $6, $7)
               on conflict (organization_id, person) do update set
                   reason = case when s.reason = 'manual' then s.reason else excluded.reason end,
                   detail = coalesce(excluded.detail, s.detail), scope = excluded.scope,
                   phone = coalesce(s.phone, excluded.phone)
               returning person as "person: PersonKey", phone, reason, scope as "scope: OptOutScope", detail,
                         created_at"#,
            self.tenant.organization().0,
            person.key.as_str(),
            person.digits(),
            reason.as_str(),
            detail,
            self.tenant.store.clock().now(),
            scope.as_str(),
        )
        .fetch_one(&mut *tx)
        .await?;
        let target = row.phone.as_deref().unwrap_or(row.person.as_str());
        tx.audit("suppression.add", target, json!({ "reason": row.reason, "scope": row.scope })).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Lets a person be written to again; `false` when they were not suppressed.
    pub async fn remove(self, person: &PersonKey) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let deleted = sqlx::query!(
            "delete from suppressions
             where organization_id = $1 and person = person_behind($1, $2)
             returning phone, person",
            self.tenant.organization().0,
            person.as_str()
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = &deleted {
            let target = row.phone.as_deref().unwrap_or(&row.person);
            tx.audit("suppression.remove", target, json!({})).await?;
        }
        tx.commit().await?;
        Ok(deleted.is_some())
    }
}
