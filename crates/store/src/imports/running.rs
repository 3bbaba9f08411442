//! The run of an import, batch by batch. A batch and the line at which the import stands are written together, so a
//! worker that takes over neither loses nor repeats anybody.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::ImportId;
use wahana_domain::imports::ImportState;

use super::{TenantImports, rejects};
use crate::campaigns::recipients::Reject;
use crate::contacts::{NewContact, save_contacts};
use crate::{StoreError, Tx};

/// Imports of one organization that save people at the same time.
const MAX_RUNNING: i64 = 2;

/// Whether a worker may work on an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// There is nothing to do.
    Nothing,
    /// Other imports of the organization come first.
    Later,
    /// Do what this state says.
    Go(ImportState),
}

/// People and refused lines that stand behind each other in a list.
#[derive(Clone, Debug, Default)]
pub struct ImportBatch {
    /// The last line of the batch.
    pub last: i64,
    /// Lines with something on them.
    pub lines: i64,
    /// Lines whose number another line of the batch has.
    pub merged: i64,
    /// The people, one per number.
    pub people: Vec<NewContact>,
    /// Refused lines.
    pub rejects: Vec<Reject>,
    /// Lines by what was taken with a reservation.
    pub warnings: BTreeMap<&'static str, i64>,
}

struct Progress {
    rejected: i64,
    by_code: Json<BTreeMap<String, i64>>,
    warnings: Json<BTreeMap<String, i64>>,
}

impl TenantImports<'_> {
    /// What is to be done about an import. One that waits begins, unless enough of the organization run.
    pub async fn claim(self, id: ImportId) -> Result<Claimed, StoreError> {
        let organization = self.tenant.organization();
        let mut tx = self.tenant.begin().await?;
        // One decision at a time per organization.
        sqlx::query!("select 1 as one from organizations where id = $1 for no key update", organization.0)
            .fetch_optional(&mut *tx)
            .await?;
        let state = sqlx::query_scalar!(
            r#"select state as "state: ImportState" from imports where id = $1 for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        match state {
            Some(state @ (ImportState::Checking | ImportState::Running | ImportState::Undoing)) => {
                return Ok(Claimed::Go(state));
            }
            Some(ImportState::Queued) => {}
            _ => return Ok(Claimed::Nothing),
        }
        let running = sqlx::query_scalar!(
            r#"select count(*) as "n!" from imports where organization_id = $1 and state = 'running'"#,
            organization.0
        )
        .fetch_one(&mut *tx)
        .await?;
        if running >= MAX_RUNNING {
            return Ok(Claimed::Later);
        }
        sqlx::query!("update imports set state = 'running' where id = $1", id.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Claimed::Go(ImportState::Running))
    }

    /// Saves a batch whose first line stands behind `position`; `false` when another worker did that, or the import
    /// does not run any more.
    pub async fn save_batch(
        self,
        id: ImportId,
        position: i64,
        batch: &ImportBatch,
    ) -> Result<bool, StoreError> {
        let (now, organization) = (self.tenant.store.clock().now(), self.tenant.organization());
        let mut tx = self.tenant.begin().await?;
        let Some(progress) = fence(&mut tx, id, ImportState::Running, position).await? else {
            return Ok(false);
        };
        let people: Vec<String> = batch.people.iter().map(|one| one.person.key.to_string()).collect();
        let before: BTreeMap<Uuid, Value> = contacts(&mut tx, organization.0, &people)
            .await?
            .into_iter()
            .map(|row| (row.id, row.state))
            .collect();
        let added = save_contacts(&mut tx, organization, now, &batch.people).await?;
        let after = contacts(&mut tx, organization.0, &people).await?;
        remember(&mut tx, self, id, &before, &after, now).await?;
        rejects::add(&mut tx, organization, id, &batch.rejects).await?;
        let changed = (batch.people.len() as i64 - added as i64).max(0);
        advance(&mut tx, id, batch, progress, (added as i64, changed)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Counts a batch without saving its people; `false` when the import is not being checked any more.
    pub async fn check_batch(
        self,
        id: ImportId,
        position: i64,
        batch: &ImportBatch,
    ) -> Result<bool, StoreError> {
        let organization = self.tenant.organization();
        let mut tx = self.tenant.begin().await?;
        let Some(progress) = fence(&mut tx, id, ImportState::Checking, position).await? else {
            return Ok(false);
        };
        let people: Vec<String> = batch.people.iter().map(|one| one.person.key.to_string()).collect();
        let known = contacts(&mut tx, organization.0, &people).await?.len() as i64;
        rejects::add(&mut tx, organization, id, &batch.rejects).await?;
        let added = (batch.people.len() as i64 - known).max(0);
        advance(&mut tx, id, batch, progress, (added, known)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Writes what checking a list for a campaign told.
    pub async fn set_report(self, id: ImportId, batch: &ImportBatch, added: i64) -> Result<bool, StoreError> {
        let organization = self.tenant.organization();
        let mut tx = self.tenant.begin().await?;
        let Some(progress) = fence(&mut tx, id, ImportState::Checking, 0).await? else { return Ok(false) };
        rejects::add(&mut tx, organization, id, &batch.rejects).await?;
        advance(&mut tx, id, batch, progress, (added, 0)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Writes what running a list for a campaign told beside its counts.
    pub async fn set_lines(self, id: ImportId, batch: &ImportBatch) -> Result<(), StoreError> {
        let mut tx = self.tenant.begin().await?;
        sqlx::query!(
            "update imports set lines = $2, warnings = $3 where id = $1",
            id.0,
            batch.lines,
            serde_json::to_value(&batch.warnings)?,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Ends a check or a run. The file is needed for a later start only.
    pub async fn finish(self, id: ImportId, from: ImportState, to: ImportState) -> Result<(), StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let ended = sqlx::query!(
            "update imports
             set state = $3, finished_at = case when $3 = 'checked' then finished_at else $4 end
             where id = $1 and state = $2",
            id.0,
            from.as_str(),
            to.as_str(),
            now,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if ended > 0 && !to.is_open() {
            sqlx::query!("delete from import_chunks where import_id = $1", id.0).execute(&mut *tx).await?;
        }
        tx.commit().await
    }

    /// The list cannot be imported. What was saved before stays and can be taken back.
    pub async fn fail(self, id: ImportId, code: &str, reason: &str) -> Result<(), StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        sqlx::query!(
            "update imports
             set state = 'failed', error_code = $2, error = $3, finished_at = $4
             where id = $1 and state in ('checking', 'queued', 'running')",
            id.0,
            code,
            reason,
            now,
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("delete from import_chunks where import_id = $1", id.0).execute(&mut *tx).await?;
        tx.audit("import.fail", id, json!({ "code": code })).await?;
        tx.commit().await
    }
}

/// A contact as an import may change it.
struct ContactState {
    id: Uuid,
    created_at: DateTime<Utc>,
    state: Value,
}

async fn contacts(
    tx: &mut Tx,
    organization: Uuid,
    people: &[String],
) -> Result<Vec<ContactState>, StoreError> {
    Ok(sqlx::query_as!(
        ContactState,
        r#"select id, created_at,
                  jsonb_build_object('name', name, 'attributes', attributes, 'tags', to_jsonb(tags)) as "state!"
           from contacts
           where organization_id = $1 and person = any($2)
           order by id
           for update"#,
        organization,
        people,
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes down what the batch changed. What an earlier batch wrote down stays the state before.
async fn remember(
    tx: &mut Tx,
    imports: TenantImports<'_>,
    id: ImportId,
    before: &BTreeMap<Uuid, Value>,
    after: &[ContactState],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let is_change = |row: &&ContactState| before.get(&row.id).is_none_or(|before| *before != row.state);
    // A contact that was there under another spelling of the number is not new.
    let known = |row: &&ContactState| {
        before.contains_key(&row.id) || row.created_at.timestamp_micros() == now.timestamp_micros()
    };
    let changed: Vec<&ContactState> = after.iter().filter(is_change).filter(known).collect();
    let ids: Vec<Uuid> = changed.iter().map(|row| row.id).collect();
    let old: Vec<Option<&Value>> = changed.iter().map(|row| before.get(&row.id)).collect();
    let new: Vec<&Value> = changed.iter().map(|row| &row.state).collect();
    sqlx::query!(
        "insert into import_changes (import_id, contact_id, organization_id, before, after, changed_at)
         select $1, id, $2, before, after, $3
         from unnest($4::uuid[], $5::jsonb[], $6::jsonb[]) as x (id, before, after)
         on conflict (import_id, contact_id) do update set
             after = excluded.after, changed_at = excluded.changed_at",
        id.0,
        imports.tenant.organization().0,
        now,
        &ids,
        &old as &[Option<&Value>],
        &new as &[&Value],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Locks an import that stands at this line in this state.
async fn fence(
    tx: &mut Tx,
    id: ImportId,
    state: ImportState,
    position: i64,
) -> Result<Option<Progress>, StoreError> {
    Ok(sqlx::query_as!(
        Progress,
        r#"select rejected, by_code as "by_code: Json<BTreeMap<String, i64>>",
                  warnings as "warnings: Json<BTreeMap<String, i64>>"
           from imports
           where id = $1 and state = $2 and position = $3
           for update"#,
        id.0,
        state.as_str(),
        position,
    )
    .fetch_optional(&mut **tx)
    .await?)
}

async fn advance(
    tx: &mut Tx,
    id: ImportId,
    batch: &ImportBatch,
    progress: Progress,
    (added, changed): (i64, i64),
) -> Result<(), StoreError> {
    let Progress { rejected, mut by_code, mut warnings } = progress;
    for reject in &batch.rejects {
        *by_code.entry(reject.code.as_str().to_owned()).or_default() += 1;
    }
    for (code, lines) in &batch.warnings {
        *warnings.entry((*code).to_owned()).or_default() += lines;
    }
    sqlx::query!(
        "update imports
         set position = $2, lines = lines + $3, added = added + $4, changed = changed + $5, merged = merged + $6,
             rejected = $7, by_code = $8, warnings = $9
         where id = $1",
        id.0,
        batch.last,
        batch.lines,
        added,
        changed,
        batch.merged,
        rejected + batch.rejects.len() as i64,
        serde_json::to_value(&by_code.0)?,
        serde_json::to_value(&warnings.0)?,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
