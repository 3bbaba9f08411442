//! The bytes of files, once per organization and content: in the object store of the settings, or in Postgres.
//!
//! The row comes first and keeps the content from being deleted, then the bytes are stored, then something refers to
//! them. A process that dies in between leaves a row that nothing refers to, which is deleted later.

use bytes::Bytes;
use wahana_blobs::{BlobError, Blobs};
use wahana_domain::OrganizationId;
use wahana_domain::messages::MediaLimits;

use crate::messages::TenantMedia;
use crate::{Store, StoreError};

/// Where the bytes of files are kept, and how many.
#[derive(Clone, Debug, Default)]
pub struct MediaStorage {
    /// A folder or bucket; `None` is Postgres. What was stored elsewhere before is still read from there.
    pub objects: Option<Blobs>,
    /// Most bytes of one organization; `None` is no limit.
    pub quota: Option<u64>,
    /// The largest file of each kind.
    pub limits: MediaLimits,
}

impl TenantMedia<'_> {
    /// Stores this content, if it is not stored already. `Some` is the quota that has no room for it.
    pub(super) async fn keep_content(self, hash: &[u8], content: &Bytes) -> Result<Option<u64>, StoreError> {
        let (storage, organization) = (self.tenant.store.media_storage(), self.tenant.organization());
        let inside = storage.objects.is_none().then_some(&content[..]);
        let mut tx = self.tenant.begin().await?;
        let kept = sqlx::query!(
            "insert into media_objects as o (organization_id, sha256, size, content, used_at)
             values ($1, $2, $3, $4, now())
             on conflict (organization_id, sha256) do update set
                 used_at = excluded.used_at, content = coalesce(o.content, excluded.content)",
            organization.0,
            hash,
            content.len() as i64,
            inside,
        )
        .execute(&mut *tx)
        .await;
        kept?;
        if let Some(max) = storage.quota {
            let used = sqlx::query_scalar!(
                "select bytes from media_usage where organization_id = $1",
                organization.0
            )
            .fetch_optional(&mut *tx)
            .await?;
            if used.unwrap_or(0).max(0) as u64 > max {
                return Ok(Some(max));
            }
        }
        tx.commit().await?;
        if let Some(objects) = &storage.objects {
            objects.put(organization.0, hash, content.clone()).await?;
        }
        Ok(None)
    }
}

/// Reads bytes that are not in Postgres.
pub(super) async fn fetch(
    store: &Store,
    organization: OrganizationId,
    hash: &[u8],
) -> Result<Bytes, StoreError> {
    match &store.media_storage().objects {
        Some(objects) => Ok(objects.get(organization.0, hash).await?),
        None => Err(BlobError::Location(
            "the file is in an object store, and the settings name none (media.location)".into(),
        )
        .into()),
    }
}
