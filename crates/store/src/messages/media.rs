//! Files of an organization: a row per upload; the bytes once per content (`objects.rs`), in Postgres or in the object
//! store of the settings. Read whole.

mod collect;
mod objects;
pub mod preparations;

pub use objects::MediaStorage;
pub use wahana_blobs::{Blobs, Bucket};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use sqlx::types::Json;
use wahana_domain::messages::{Content, MediaSource};
use wahana_domain::{MediaId, MessageId, OrganizationId};
use wahana_media::FileType;

use super::{SystemMedia, TenantMedia};
use crate::{StoreError, Tx};

/// A stored file, whole.
#[derive(Clone, Debug)]
pub struct MediaFile {
    /// Like `image/png`: what the bytes say, or its sender.
    pub mimetype: String,
    /// What it was called.
    pub filename: Option<String>,
    /// The bytes.
    pub content: Bytes,
}

/// What is known of a file without its bytes.
#[derive(Clone, Debug)]
pub struct MediaFacts {
    /// What the bytes are; `None`: an earlier version stored it and did not look.
    pub file_type: Option<FileType>,
    /// Like `image/png`.
    pub mimetype: String,
    /// In bytes.
    pub size: u64,
}

/// What became of a file that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is stored.
    Stored(MediaId),
    /// The files of the organization would take more than they may.
    NoRoom {
        /// What they may take, in bytes.
        max: u64,
    },
}

impl TenantMedia<'_> {
    /// Stores a file; its content once per organization.
    pub async fn add(self, file: MediaFile) -> Result<Added, StoreError> {
        let hash = Sha256::digest(&file.content);
        if let Some(max) = self.keep_content(&hash, &file.content).await? {
            return Ok(Added::NoRoom { max });
        }
        let mut tx = self.tenant.begin().await?;
        let id = insert(&mut tx, self.tenant.organization(), &file, &hash).await?;
        let detail = serde_json::json!({ "mimetype": file.mimetype, "bytes": file.content.len() });
        tx.audit("media.upload", id, detail).await?;
        tx.commit().await?;
        Ok(Added::Stored(id))
    }

    /// Keeps the file of a received message, unless somebody else did meanwhile, or there is no room.
    pub async fn keep_received(self, message: MessageId, file: MediaFile) -> Result<(), StoreError> {
        let hash = Sha256::digest(&file.content);
        if self.keep_content(&hash, &file.content).await?.is_some() {
            return Ok(());
        }
        let mut tx = self.tenant.begin().await?;
        let id = insert(&mut tx, self.tenant.organization(), &file, &hash).await?;
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
            Some(id) => read(tx, id).await,
            None => Ok(None),
        }
    }

    /// A file; `None` when there is none.
    pub async fn get(self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        read(self.tenant.begin().await?, id).await
    }

    /// What is known of a file; `None` when there is none.
    pub async fn facts(self, id: MediaId) -> Result<Option<MediaFacts>, StoreError> {
        facts(&mut self.tenant.begin().await?, id).await
    }
}

impl SystemMedia<'_> {
    /// What is known of a file of any organization; `None` when there is none.
    pub async fn facts(self, id: MediaId) -> Result<Option<MediaFacts>, StoreError> {
        facts(&mut self.system.begin().await?, id).await
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

async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    file: &MediaFile,
    hash: &[u8],
) -> Result<MediaId, StoreError> {
    let now = tx.store().clock().now();
    let id = MediaId::new(now, rand::random());
    sqlx::query!(
        r#"insert into media (id, organization_id, mimetype, filename, size, sha256, file_type, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        id.0,
        organization.0,
        file.mimetype,
        file.filename,
        file.content.len() as i64,
        hash,
        Json(FileType::of(&file.content)) as _,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

async fn facts(tx: &mut Tx, id: MediaId) -> Result<Option<MediaFacts>, StoreError> {
    let row = sqlx::query!(
        r#"select mimetype, size, file_type as "file_type: Json<FileType>" from media where id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| MediaFacts {
        file_type: row.file_type.map(|found| found.0),
        mimetype: row.mimetype,
        size: row.size.max(0) as u64,
    }))
}

async fn read(mut tx: Tx, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
    let row = sqlx::query!(
        r#"select m.organization_id as "organization: OrganizationId", m.mimetype, m.filename, m.sha256,
                  coalesce(m.content, o.content) as content
           from media m
           left join media_objects o on o.organization_id = m.organization_id and o.sha256 = m.sha256
           where m.id = $1"#,
        id.0
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let content = match row.content {
        Some(content) => content.into(),
        None => {
            let store = tx.store().clone();
            // The object store may be slow: no transaction waits for it.
            drop(tx);
            objects::fetch(&store, row.organization, &row.sha256).await?
        }
    };
    Ok(Some(MediaFile { mimetype: row.mimetype, filename: row.filename, content }))
}
