//! The file of an import, in pieces, so that any worker can read it and nobody holds it in memory.

use tokio::sync::mpsc;
use wahana_domain::ImportId;

use super::import::add;
use super::{NewImport, TenantImports};
use crate::StoreError;

impl TenantImports<'_> {
    /// Records an import with its file, which comes in pieces; `None` when too many imports wait already.
    pub async fn create(
        self,
        new: &NewImport,
        mut pieces: mpsc::Receiver<Vec<u8>>,
    ) -> Result<Option<ImportId>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let Some(id) = add(&mut tx, self, new).await? else { return Ok(None) };
        let (mut n, mut bytes) = (0, 0);
        while let Some(piece) = pieces.recv().await {
            bytes += piece.len() as u64;
            sqlx::query!(
                "insert into import_chunks (import_id, organization_id, n, content) values ($1, $2, $3, $4)",
                id.0,
                self.tenant.organization().0,
                n,
                piece,
            )
            .execute(&mut *tx)
            .await?;
            n += 1;
        }
        if bytes != new.bytes {
            return Err(StoreError::Unreadable("the file of an import broke off".into()));
        }
        tx.commit().await?;
        Ok(Some(id))
    }

    /// A piece of the file, from 0; `None` behind the last one.
    pub async fn piece(self, id: ImportId, n: i32) -> Result<Option<Vec<u8>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_scalar!("select content from import_chunks where import_id = $1 and n = $2", id.0, n)
            .fetch_optional(&mut *tx)
            .await?)
    }
}
