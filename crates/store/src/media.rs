//! Files of an organization. They live in Postgres, out of line, and are read whole.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use wahana_domain::MediaId;
use wahana_domain::messages::{Content, MediaSource};

use crate::{StoreError, System, Tenant, Tx};

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

impl Tenant {
    /// Stores a file.
    pub async fn add_media(&self, file: MediaFile) -> Result<MediaId, StoreError> {
        let now = self.store.clock().now();
        let id = MediaId::new(now, rand::random());
        let mut tx = self.begin().await?;
        sqlx::query!(
            r#"insert into media (id, organization_id, mimetype, filename, size, sha256, content, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
            id.0,
            self.organization().0,
            file.mimetype,
            file.filename,
            file.content.len() as i64,
            &Sha256::digest(&file.content)[..],
            &file.content[..],
            now,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A file; `None` when there is none.
    pub async fn media(&self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        read(&mut self.begin().await?, id).await
    }
}

impl System {
    /// A file of any organization, for the worker that sends it; `None` when there is none.
    pub async fn media(&self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        read(&mut self.begin().await?, id).await
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
