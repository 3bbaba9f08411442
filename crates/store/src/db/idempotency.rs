//! Requests that may come twice: the first one counts, the others get its answer.
//!
//! The unique row decides, in the transaction of the work itself: a hundred at once are one, and a request that
//! failed leaves nothing behind.

use chrono::{DateTime, Utc};

use super::{SystemIdempotency, TenantIdempotency};
use crate::{StoreError, Tenant, Tx};

/// A request under a key of the client's choice, with the answer it will get.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// The client's key: 1 to 255 characters.
    pub key: String,
    /// What the request says; another one under the same key is a mistake.
    pub fingerprint: [u8; 32],
    /// The HTTP status of the answer.
    pub status: u16,
    /// The answer.
    pub response: serde_json::Value,
    /// How long the key is remembered.
    pub expires_at: DateTime<Utc>,
}

/// Whether a request is the first under its key.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// It is: do it.
    First,
    /// The same was done before, with this answer.
    Replay {
        /// The HTTP status.
        status: u16,
        /// The answer.
        response: serde_json::Value,
    },
    /// Another request used the key.
    Reused,
}

impl Tx {
    /// Takes the key for this request; waits for another transaction that is taking it.
    pub async fn claim(&mut self, tenant: &Tenant, request: &Idempotency) -> Result<Claim, StoreError> {
        let now = tenant.store.clock().now();
        let first = sqlx::query_scalar!(
            "insert into idempotency_keys as k (
                 organization_id, key, fingerprint, status, response, expires_at
             )
             values ($1, $2, $3, $4, $5, $6)
             on conflict (organization_id, key) do update set
                 fingerprint = excluded.fingerprint, status = excluded.status, response = excluded.response,
                 expires_at = excluded.expires_at
             where k.expires_at <= $7
             returning 1 as one",
            tenant.organization().0,
            request.key,
            &request.fingerprint[..],
            request.status as i16,
            request.response,
            request.expires_at,
            now,
        )
        .fetch_optional(&mut **self)
        .await?;
        if first.is_some() {
            return Ok(Claim::First);
        }
        look_up(self, &request.key, request.fingerprint, now).await
    }
}

impl SystemIdempotency<'_> {
    /// Forgets keys whose time is over; returns how many.
    pub async fn forget(self) -> Result<u64, StoreError> {
        let mut tx = self.system.begin().await?;
        let now = self.system.store.clock().now();
        let forgotten = sqlx::query!("delete from idempotency_keys where expires_at <= $1", now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        tx.commit().await?;
        Ok(forgotten)
    }
}

impl TenantIdempotency<'_> {
    /// What a request under this key would get, without taking the key.
    pub async fn claimed(self, key: &str, fingerprint: [u8; 32]) -> Result<Claim, StoreError> {
        let now = self.tenant.store.clock().now();
        look_up(&mut self.tenant.begin().await?, key, fingerprint, now).await
    }
}

pub(crate) async fn look_up(
    tx: &mut Tx,
    key: &str,
    fingerprint: [u8; 32],
    now: DateTime<Utc>,
) -> Result<Claim, StoreError> {
    let row = sqlx::query!(
        "select fingerprint, status, response from idempotency_keys where key = $1 and expires_at > $2",
        key,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match row {
        None => Claim::First,
        Some(row) if row.fingerprint == fingerprint => {
            Claim::Replay { status: row.status as u16, response: row.response }
        }
        Some(_) => Claim::Reused,
    })
}
