//! API keys: only their SHA-256 is kept.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use wahana_domain::access::Scope;
use wahana_domain::{ApiKeyId, OrganizationId, UserId};

use super::{SystemApiKeys, TenantApiKeys};
use crate::{Page, PageRequest, StoreError};

/// `last_used_at` is written at most this often.
const USE_NOTED: TimeDelta = TimeDelta::minutes(1);

/// An API key as its owner sees it.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// Its beginning, to tell keys apart.
    pub prefix: String,
    /// What it may do: names of [`Scope`]s.
    pub scopes: Vec<String>,
    /// The user that made it, if that user still exists.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// The key that took over, if this one was rotated.
    pub replaced_by: Option<ApiKeyId>,
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewApiKey<'a> {
    /// What it is for.
    pub name: &'a str,
    /// Its beginning.
    pub prefix: &'a str,
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// What it may do.
    pub scopes: &'a [Scope],
    /// The user that makes it.
    pub created_by: Option<UserId>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A key that takes over from another: the same name and scopes.
#[derive(Clone, Debug)]
pub struct Successor<'a> {
    /// Its beginning.
    pub prefix: &'a str,
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// The user that makes it.
    pub created_by: Option<UserId>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// Until when the old key works, unless it ends before.
    pub old_until: DateTime<Utc>,
}

/// What a request with a key may do.
#[derive(Clone, Debug)]
pub struct ApiKeyUse {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose key it is.
    pub organization: OrganizationId,
    /// What it is for.
    pub name: String,
    /// Names of [`Scope`]s.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

impl TenantApiKeys<'_> {
    /// Records a key.
    pub async fn create(self, key: &NewApiKey<'_>) -> Result<ApiKey, StoreError> {
        let now = self.tenant.store.clock().now();
        let scopes: Vec<String> = key.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        let mut tx = self.tenant.begin().await?;
        let made = sqlx::query_as!(
            ApiKey,
            r#"insert into api_keys (
                   id, organization_id, name, prefix, key_hash, scopes, created_by, created_at, expires_at
               )
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               returning id as "id: ApiKeyId", name, prefix, scopes, created_by as "created_by: UserId",
                         created_at, expires_at, last_used_at, replaced_by as "replaced_by: ApiKeyId""#,
            ApiKeyId::new(now, rand::random()).0,
            self.tenant.organization().0,
            key.name,
            key.prefix,
            &key.hash[..],
            &scopes,
            key.created_by.map(|user| user.0),
            now,
            key.expires_at,
        )
        .fetch_one(&mut *tx)
        .await?;
        let detail = json!({ "name": made.name, "prefix": made.prefix, "scopes": made.scopes, "expires_at": made.expires_at });
        tx.audit("api_key.create", made.id, detail).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// The keys that were not revoked, newest first.
    pub async fn list(self, page: PageRequest) -> Result<Page<ApiKey>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let keys = sqlx::query_as!(
            ApiKey,
            r#"select id as "id: ApiKeyId", name, prefix, scopes, created_by as "created_by: UserId",
                      created_at, expires_at, last_used_at, replaced_by as "replaced_by: ApiKeyId"
               from api_keys
               where organization_id = $1 and revoked_at is null and ($2::uuid is null or id < $2)
               order by id desc
               limit $3"#,
            self.tenant.organization().0,
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Page::cut(keys, page, |key| key.id.0))
    }

    /// One key that was not revoked.
    pub async fn get(self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            ApiKey,
            r#"select id as "id: ApiKeyId", name, prefix, scopes, created_by as "created_by: UserId",
                      created_at, expires_at, last_used_at, replaced_by as "replaced_by: ApiKeyId"
               from api_keys
               where organization_id = $1 and id = $2 and revoked_at is null"#,
            self.tenant.organization().0,
            id.0,
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// Renames a key; `None` if there is none that works.
    pub async fn rename(self, id: ApiKeyId, name: &str) -> Result<Option<ApiKey>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let renamed = sqlx::query_as!(
            ApiKey,
            r#"update api_keys
               set name = $3
               where organization_id = $1 and id = $2 and revoked_at is null
               returning id as "id: ApiKeyId", name, prefix, scopes, created_by as "created_by: UserId",
                         created_at, expires_at, last_used_at, replaced_by as "replaced_by: ApiKeyId""#,
            self.tenant.organization().0,
            id.0,
            name,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if renamed.is_some() {
            tx.audit("api_key.rename", id, json!({ "name": name })).await?;
        }
        tx.commit().await?;
        Ok(renamed)
    }

    /// Makes a successor and ends the key; the successor and the old key's hash, or `None` if there is no such key or
    /// it has a successor already.
    pub async fn rotate(
        self,
        id: ApiKeyId,
        successor: &Successor<'_>,
    ) -> Result<Option<(ApiKey, Vec<u8>)>, StoreError> {
        let now = self.tenant.store.clock().now();
        let new = ApiKeyId::new(now, rand::random());
        let mut tx = self.tenant.begin().await?;
        let made = sqlx::query_as!(
            ApiKey,
            r#"insert into api_keys (
                   id, organization_id, name, prefix, key_hash, scopes, created_by, created_at, expires_at
               )
               select $3, organization_id, name, $4, $5, scopes, $6, $7, $8
               from api_keys
               where organization_id = $1 and id = $2 and revoked_at is null and replaced_by is null
               for update
               returning id as "id: ApiKeyId", name, prefix, scopes, created_by as "created_by: UserId",
                         created_at, expires_at, last_used_at, replaced_by as "replaced_by: ApiKeyId""#,
            self.tenant.organization().0,
            id.0,
            new.0,
            successor.prefix,
            &successor.hash[..],
            successor.created_by.map(|user| user.0),
            now,
            successor.expires_at,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(made) = made else { return Ok(None) };
        let old = sqlx::query_scalar!(
            r#"update api_keys set replaced_by = $3, expires_at = least(expires_at, $4)
               where organization_id = $1 and id = $2 returning key_hash"#,
            self.tenant.organization().0,
            id.0,
            new.0,
            successor.old_until,
        )
        .fetch_one(&mut *tx)
        .await?;
        let detail = json!({ "replaced_by": new.to_string(), "old_until": successor.old_until });
        tx.audit("api_key.rotate", id, detail).await?;
        tx.commit().await?;
        Ok(Some((made, old)))
    }

    /// Revokes a key; its hash, or `None` if there is no such key that works.
    pub async fn revoke(self, id: ApiKeyId) -> Result<Option<Vec<u8>>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let hash = sqlx::query_scalar!(
            "update api_keys
             set revoked_at = $3
             where organization_id = $1 and id = $2 and revoked_at is null
             returning key_hash",
            self.tenant.organization().0,
            id.0,
            now,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if hash.is_some() {
            tx.audit("api_key.revoke", id, json!({})).await?;
        }
        tx.commit().await?;
        Ok(hash)
    }
}

impl SystemApiKeys<'_> {
    /// The key of this hash, if it was not revoked; notes that it is used.
    pub async fn authenticate(self, hash: &[u8; 32]) -> Result<Option<ApiKeyUse>, StoreError> {
        let now = self.system.store.clock().now();
        let row = sqlx::query!(
            r#"select id as "id: ApiKeyId", organization_id as "organization: OrganizationId", name, scopes,
                      expires_at, last_used_at
               from api_keys
               where key_hash = $1 and revoked_at is null"#,
            &hash[..],
        )
        .fetch_optional(&self.system.store.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.last_used_at.is_none_or(|at| at < now - USE_NOTED) {
            sqlx::query!(
                "update api_keys
                 set last_used_at = $2
                 where id = $1 and (last_used_at is null or last_used_at < $3)",
                row.id.0,
                now,
                now - USE_NOTED,
            )
            .execute(&self.system.store.pool)
            .await?;
        }
        Ok(Some(ApiKeyUse {
            id: row.id,
            organization: row.organization,
            name: row.name,
            scopes: row.scopes,
            expires_at: row.expires_at,
        }))
    }
}
