//! Imports as they are listed and shown, and what somebody asks of them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::types::Json;
use wahana_domain::imports::ImportState;
use wahana_domain::{CampaignId, ImportId};
use wahana_jobs::RunImport;

use super::TenantImports;
use crate::{Enqueue, Page, PageRequest, StoreError, Tx};

/// Most imports of an organization whose files wait or are being read.
pub const MAX_OPEN: i64 = 20;
/// Days after which a file that nobody started is forgotten.
const KEPT: TimeDelta = TimeDelta::days(1);

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The campaign that gets the people; `None` is the address book.
    pub campaign: Option<CampaignId>,
    /// Where it is.
    pub state: ImportState,
    /// What the file was called.
    pub file_name: Option<String>,
    /// Of the file.
    pub bytes: i64,
    /// How it is read.
    pub options: Value,
    /// What was recognised in it.
    pub preview: Value,
    /// The last line that is done.
    pub position: i64,
    /// Lines with something on them that were read.
    pub lines: i64,
    /// People who were new.
    pub added: i64,
    /// People who were known.
    pub changed: i64,
    /// Lines whose number an earlier line had.
    pub merged: i64,
    /// Lines that were refused.
    pub rejected: i64,
    /// Refused lines by code.
    pub by_code: Json<BTreeMap<String, i64>>,
    /// Lines by what was taken with a reservation.
    pub warnings: Json<BTreeMap<String, i64>>,
    /// People whom undoing took back.
    pub undone: i64,
    /// Why it failed.
    pub error_code: Option<String>,
    /// Why it failed, for people.
    pub error: Option<String>,
    /// When the file came.
    pub created_at: DateTime<Utc>,
    /// When saving began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// An import to record.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// The campaign that gets the people; `None` is the address book.
    pub campaign: Option<CampaignId>,
    /// What the file was called.
    pub file_name: Option<String>,
    /// Of the file.
    pub bytes: u64,
    /// How it is read.
    pub options: Value,
    /// What was recognised in it.
    pub preview: Value,
}

/// What somebody asks of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportWish {
    /// Read all lines and save nothing.
    Check,
    /// Save the people.
    Start,
    /// Take back what it did.
    Undo,
}

/// Whether the wish was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wished {
    /// It was, or was already.
    Taken,
    /// There is no such import.
    NotFound,
    /// Not in this state.
    WrongState(ImportState),
}

impl TenantImports<'_> {
    /// One import; `None` when there is none.
    pub async fn get(self, id: ImportId) -> Result<Option<Import>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Import,
            r#"select id as "id: ImportId", campaign_id as "campaign: CampaignId", state as "state: ImportState",
                      file_name, bytes, options, preview, position, lines, added, changed, merged, rejected,
                      by_code as "by_code: Json<BTreeMap<String, i64>>",
                      warnings as "warnings: Json<BTreeMap<String, i64>>", undone, error_code, error, created_at,
                      started_at, finished_at
               from imports
               where id = $1"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// Imports, newest first.
    pub async fn list(
        self,
        campaign: Option<CampaignId>,
        page: PageRequest,
    ) -> Result<Page<Import>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_as!(
            Import,
            r#"select id as "id: ImportId", campaign_id as "campaign: CampaignId", state as "state: ImportState",
                      file_name, bytes, options, preview, position, lines, added, changed, merged, rejected,
                      by_code as "by_code: Json<BTreeMap<String, i64>>",
                      warnings as "warnings: Json<BTreeMap<String, i64>>", undone, error_code, error, created_at,
                      started_at, finished_at
               from imports
               where ($1::uuid is null or campaign_id = $1) and ($2::uuid is null or id < $2)
               order by id desc
               limit $3"#,
            campaign.map(|id| id.0),
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Reads the file in another way from now on; `false` when it was started already.
    pub async fn set_options(self, id: ImportId, options: Value, preview: Value) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let set = sqlx::query!(
            "update imports set options = $2, preview = $3, state = 'ready'
             where id = $1 and state in ('ready', 'checking', 'checked')",
            id.0,
            options,
            preview,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if set > 0 {
            tx.audit("import.change", id, json!({})).await?;
        }
        tx.commit().await?;
        Ok(set > 0)
    }

    /// Has an import checked, started or taken back by a worker.
    pub async fn wish(self, id: ImportId, wish: ImportWish) -> Result<Wished, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let state = sqlx::query_scalar!(
            r#"select state as "state: ImportState" from imports where id = $1 for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(state) = state else { return Ok(Wished::NotFound) };
        let next = match (wish, state) {
            (ImportWish::Check, ImportState::Checking)
            | (ImportWish::Start, ImportState::Queued | ImportState::Running)
            | (ImportWish::Undo, ImportState::Undoing | ImportState::Undone) => return Ok(Wished::Taken),
            (ImportWish::Check, state) if state.can_start() => ImportState::Checking,
            (ImportWish::Start, state) if state.can_start() => ImportState::Queued,
            (ImportWish::Undo, ImportState::Done | ImportState::Failed) => ImportState::Undoing,
            _ => return Ok(Wished::WrongState(state)),
        };
        if next != ImportState::Undoing {
            sqlx::query!("delete from import_rejects where import_id = $1", id.0).execute(&mut *tx).await?;
        }
        sqlx::query!(
            "update imports
             set state = $2, started_at = case when $2 = 'queued' then $3 else started_at end,
                 position = case when $2 = 'undoing' then position else 0 end,
                 lines = case when $2 = 'undoing' then lines else 0 end,
                 rejected = case when $2 = 'undoing' then rejected else 0 end,
                 by_code = case when $2 = 'undoing' then by_code else '{}' end,
                 warnings = case when $2 = 'undoing' then warnings else '{}' end,
                 added = case when $2 = 'undoing' then added else 0 end,
                 changed = case when $2 = 'undoing' then changed else 0 end,
                 merged = case when $2 = 'undoing' then merged else 0 end
             where id = $1",
            id.0,
            next.as_str(),
            now,
        )
        .execute(&mut *tx)
        .await?;
        let act = match wish {
            ImportWish::Check => "import.check",
            ImportWish::Start => "import.start",
            ImportWish::Undo => "import.undo",
        };
        tx.audit(act, id, json!({})).await?;
        tx.enqueue(Enqueue::now(self.tenant.organization(), RunImport { import: id })).await?;
        tx.commit().await?;
        Ok(Wished::Taken)
    }

    /// Forgets an import that does nothing at the moment; `None` when there is none, `false` while it is at work.
    pub async fn delete(self, id: ImportId) -> Result<Option<bool>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let state = sqlx::query_scalar!(
            r#"select state as "state: ImportState" from imports where id = $1 for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(state) = state else { return Ok(None) };
        if matches!(state, ImportState::Checking | ImportState::Running | ImportState::Undoing) {
            return Ok(Some(false));
        }
        sqlx::query!("delete from imports where id = $1", id.0).execute(&mut *tx).await?;
        tx.audit("import.delete", id, json!({})).await?;
        tx.commit().await?;
        Ok(Some(true))
    }
}

/// Records an import whose file follows; `None` when too many wait already. Files that nobody started are forgotten.
pub(crate) async fn add(
    tx: &mut Tx,
    imports: TenantImports<'_>,
    new: &NewImport,
) -> Result<Option<ImportId>, StoreError> {
    let now = tx.store().clock().now();
    let organization = imports.tenant.organization();
    // Uploads of one organization count each other.
    sqlx::query!("select 1 as one from organizations where id = $1 for no key update", organization.0)
        .fetch_optional(&mut **tx)
        .await?;
    sqlx::query!(
        "delete from imports where organization_id = $1 and state in ('ready', 'checked') and created_at < $2",
        organization.0,
        now - KEPT,
    )
    .execute(&mut **tx)
    .await?;
    let open = sqlx::query_scalar!(
        r#"select count(*) as "n!"
           from imports
           where organization_id = $1 and state in ('ready', 'checking', 'checked', 'queued', 'running')"#,
        organization.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if open >= MAX_OPEN {
        return Ok(None);
    }
    let id = ImportId::new(now, rand::random());
    sqlx::query!(
        "insert into imports (
             id, organization_id, campaign_id, state, file_name, bytes, options, preview, created_at
         )
         values ($1, $2, $3, 'ready', $4, $5, $6, $7, $8)",
        id.0,
        organization.0,
        new.campaign.map(|campaign| campaign.0),
        new.file_name,
        new.bytes as i64,
        new.options,
        new.preview,
        now,
    )
    .execute(&mut **tx)
    .await?;
    tx.audit("import.upload", id, json!({ "bytes": new.bytes })).await?;
    Ok(Some(id))
}
