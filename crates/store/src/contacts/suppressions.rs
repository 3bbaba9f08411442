//! Suppressions: numbers that must not be written to. No import undoes it; only a person does.

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::Phone;
use wahana_domain::suppressions::{SuppressionReason, SuppressionReasonCode};

use super::TenantSuppressions;
use crate::StoreError;

/// A number that must not be written to.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// E.164 digits.
    pub phone: String,
    /// Why.
    pub reason: SuppressionReasonCode,
    /// More, for people.
    pub detail: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Which suppressions of a list are wanted; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct SuppressionFilter {
    /// With these digits anywhere in the number.
    pub digits: Option<String>,
    /// For this reason.
    pub reason: Option<SuppressionReason>,
}

impl TenantSuppressions<'_> {
    /// Numbers in order, after `after`; up to `limit`.
    pub async fn list(
        self,
        filter: &SuppressionFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Suppression>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Suppression,
            "select phone, reason, detail, created_at
             from suppressions
             where ($1::text is null or phone > $1) and ($3::text is null or strpos(phone, $3) > 0)
               and ($4::text is null or reason = $4)
             order by phone
             limit $2",
            after,
            i64::from(limit),
            filter.digits,
            filter.reason.map(SuppressionReason::as_str),
        )
        .fetch_all(&mut *tx)
        .await?)
    }

    /// Suppresses a number by hand, or by the person's wish. What a person asked for is not weakened: an `opt_out`
    /// becomes `manual`, never the other way.
    pub async fn add(
        self,
        phone: &Phone,
        reason: SuppressionReason,
        detail: Option<&str>,
    ) -> Result<Suppression, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let row = sqlx::query_as!(
            Suppression,
            "insert into suppressions as s (organization_id, phone, reason, detail, created_at)
             values ($1, $2, $3, $4, $5)
             on conflict (organization_id, phone) do update set
                 reason = case when s.reason = 'manual' then s.reason else excluded.reason end,
                 detail = coalesce(excluded.detail, s.detail)
             returning phone, reason, detail, created_at",
            self.tenant.organization().0,
            phone.digits(),
            reason.as_str(),
            detail,
            self.tenant.store.clock().now(),
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.audit("suppression.add", phone.digits(), json!({ "reason": row.reason })).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Lets a number be written to again; `false` when it was not suppressed.
    pub async fn remove(self, phone: &Phone) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let deleted = sqlx::query!("delete from suppressions where phone = $1", phone.digits())
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if deleted > 0 {
            tx.audit("suppression.remove", phone.digits(), json!({})).await?;
        }
        tx.commit().await?;
        Ok(deleted > 0)
    }
}
