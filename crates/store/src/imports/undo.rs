//! Taking an import back: contacts that it made and nobody touched since are deleted, what it changed of others goes
//! back where it is unchanged since, and recipients that it added to a draft leave it.

use wahana_domain::ImportId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::imports::ImportState;

use super::TenantImports;
use crate::StoreError;

/// Contacts that are taken back in one transaction.
const BATCH: i64 = 1000;

impl TenantImports<'_> {
    /// Takes back the next contacts; `false` when there were none left.
    pub async fn undo_contacts(self, id: ImportId) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let undone =
            sqlx::query_file!("src/imports/undo_contacts.sql", id.0, BATCH, self.tenant.store.clock().now())
                .fetch_one(&mut *tx)
                .await?;
        if undone.seen == 0 {
            return Ok(false);
        }
        sqlx::query!("update imports set undone = undone + $2 where id = $1", id.0, undone.undone)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes the recipients of an import out of its campaign; the error is the state of a campaign that is no draft.
    pub async fn undo_recipients(self, id: ImportId) -> Result<Result<(), CampaignState>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let import = sqlx::query!(
            r#"select campaign_id, state as "state: ImportState" from imports where id = $1 for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(import) = import.filter(|import| import.state == ImportState::Undoing) else {
            return Ok(Ok(()));
        };
        let mut undone = 0;
        if let Some(campaign) = import.campaign_id {
            let locked = sqlx::query_scalar!(
                r#"select state as "state: CampaignState" from campaigns where id = $1 for update"#,
                campaign
            )
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(state) = locked.filter(|state| *state != CampaignState::Draft) {
                return Ok(Err(state));
            }
            undone = sqlx::query!(
                "delete from recipients where campaign_id = $1 and import_id = $2",
                campaign,
                id.0
            )
            .execute(&mut *tx)
            .await?
            .rows_affected() as i64;
            sqlx::query!(
                "update campaigns c
                 set total = c.total - $2::bigint::int, updated_at = $4,
                     rejected = greatest(c.rejected - i.rejected::int, 0),
                     duplicates = greatest(c.duplicates - coalesce((i.by_code ->> 'duplicate')::int, 0), 0),
                     suppressed = greatest(c.suppressed - coalesce((i.by_code ->> 'suppressed')::int, 0), 0)
                 from imports i
                 where c.id = $1 and i.id = $3",
                campaign,
                undone,
                id.0,
                now,
            )
            .execute(&mut *tx)
            .await?;
            sqlx::query!(
                "delete from rejected_lines where campaign_id = $1 and import_id = $2",
                campaign,
                id.0
            )
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query!(
            "update imports set state = 'undone', undone = undone + $2, finished_at = $3 where id = $1",
            id.0,
            undone,
            now,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// An import that could not be taken back is as it was.
    pub async fn keep(self, id: ImportId) -> Result<(), StoreError> {
        let mut tx = self.tenant.begin().await?;
        sqlx::query!("update imports set state = 'done' where id = $1 and state = 'undoing'", id.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
