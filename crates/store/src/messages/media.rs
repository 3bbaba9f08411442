//! Files of an organization. They live in Postgres, out of line, and are read whole.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use wahana_domain::messages::{Content, MediaSource};
use wahana_domain::{MediaId, MessageId, OrganizationId};

use super::{SystemMedia, TenantMedia};
use crate::{StoreError, Tx};

/// A stored file, whole.
#[derive(Clone, Debug)]
pub struct MediaFile {
    /// Like `image/png`.
    pub mimetype: String,
    /// What it was called.
    pub filename: Option<String>,
    /// The bytes.
    pub content: Bytes,
}

impl TenantMedia<'_> {
    /// Stores a file.
    pub async fn add(self, file: MediaFile) -> Result<MediaId, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let id = add(&mut tx, self.tenant.organization(), &file).await?;
        let detail = serde_json::json!({ "mimetype": file.mimetype, "bytes": file.content.len() });
        tx.audit("media.upload", id, detail).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Keeps the file of a received message, unless somebody else did meanwhile.
    pub async fn keep_received(self, message: MessageId, file: MediaFile) -> Result<(), StoreError> {
        let mut tx = self.tenant.begin().await?;
        let id = add(&mut tx, self.tenant.organization(), &file).await?;
        let kept = sqlx::query!(
            r#"update messages set content = content || jsonb_build_object('media_id', $2::uuid)
               where id = $1 and not content ? 'media_id'"#,
            message.0,
            id.0,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        // Otherwise nobody would ever name the file.
        if kept > 0 { tx.commit().await } else { Ok(()) }
    }

    /// The file of a received message, once it is kept.
    pub async fn received(self, message: MessageId) -> Result<Option<MediaFile>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let id = sqlx::query_scalar!(
            r#"select (content ->> 'media_id')::uuid as "id: MediaId" from messages
               where id = $1 and content ? 'media_id'"#,
            message.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        match id.flatten() {
            Some(id) => read(&mut tx, id).await,
            None => Ok(None),
        }
    }

    /// A file; `None` when there is none.
    pub async fn get(self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        read(&mut self.tenant.begin().await?, id).await
    }
}

impl SystemMedia<'_> {
    /// A file of any organization, for the worker that sends it; `None` when there is none.
    pub async fn get(self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        read(&mut self.system.begin().await?, id).await
    }
}

/// Whether the file that this content names, if it names one, is the organization's.
pub(crate) async fn known(tx: &mut Tx, content: &Content) -> Result<bool, StoreError> {
    let Some(MediaSource::Id(id)) = content.media().map(|media| &media.source) else { return Ok(true) };
    let found = sqlx::query_scalar!("select 1 as one from media where id = $1", id.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

async fn add(tx: &mut Tx, organization: OrganizationId, file: &MediaFile) -> Result<MediaId, StoreError> {
    let now = tx.store().clock().now();
    let id = MediaId::new(now, rand::random());
    sqlx::query!(
        r#"insert into media (id, organization_id, mimetype, filename, size, sha256, content, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        id.0,
        organization.0,
        file.mimetype,
        file.filename,
        file.content.len() as i64,
        &Sha256::digest(&file.content)[..],
        &file.content[..],
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

async fn read(tx: &mut Tx, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
    let row = sqlx::query!("select mimetype, filename, content from media where id = $1", id.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|row| MediaFile {
        mimetype: row.mimetype,
        filename: row.filename,
        content: row.content.into(),
    }))
}
