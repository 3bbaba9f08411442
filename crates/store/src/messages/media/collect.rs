//! Deletes files that nothing refers to any more, and bytes that no file has any more.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use wahana_domain::{MediaId, OrganizationId};

use crate::StoreError;
use crate::messages::SystemMedia;

/// Most rows in one round.
const BATCH: i64 = 200;
/// Bytes that nothing refers to stay this long: a file may be about to refer to them.
const GRACE: TimeDelta = TimeDelta::days(1);

impl SystemMedia<'_> {
    /// Deletes files stored before `before` that no message and no campaign refers to, and that are not made ready for
    /// one; at most a batch behind `after`. Returns how many, and where to go on.
    pub async fn forget_unused(
        self,
        before: DateTime<Utc>,
        after: Option<MediaId>,
    ) -> Result<(u64, Option<MediaId>), StoreError> {
        let mut tx = self.system.begin().await?;
        let old = sqlx::query_scalar!(
            r#"select id as "id: MediaId" from media where created_at < $1 and id > $2 order by id limit $3"#,
            before,
            after.map_or(Uuid::nil(), |id| id.0),
            BATCH,
        )
        .fetch_all(&mut *tx)
        .await?;
        let ids: Vec<Uuid> = old.iter().map(|id| id.0).collect();
        let texts: Vec<String> = old.iter().map(ToString::to_string).collect();
        let gone =
            sqlx::query_file!("src/messages/media/forget_unused.sql", &ids, &texts).execute(&mut *tx).await?;
        tx.commit().await?;
        let next = old.last().copied().filter(|_| old.len() as i64 == BATCH);
        Ok((gone.rows_affected(), next))
    }

    /// Deletes a batch of bytes that no file has. Returns how many.
    pub async fn forget_content(self) -> Result<u64, StoreError> {
        let before = self.system.store.clock().now() - GRACE;
        let mut tx = self.system.begin().await?;
        // While the rows are locked, nobody can store the same content again.
        let gone = sqlx::query!(
            r#"delete from media_objects o
               where (organization_id, sha256) in (
                   select c.organization_id, c.sha256
                   from media_objects c
                   where c.used_at < $1
                     and not exists (
                         select 1
                         from media m
                         where m.organization_id = c.organization_id and m.sha256 = c.sha256
                     )
                   order by c.used_at
                   limit $2
                   for update skip locked
               )
               returning organization_id as "organization: OrganizationId", sha256, content is null as "outside!""#,
            before,
            BATCH,
        )
        .fetch_all(&mut *tx)
        .await?;
        if let Some(objects) = &self.system.store.media_storage().objects {
            for object in gone.iter().filter(|object| object.outside) {
                objects.delete(object.organization.0, &object.sha256).await?;
            }
        }
        tx.commit().await?;
        Ok(gone.len() as u64)
    }

    /// Forgets preparations asked for before `before` that no message and no unfinished campaign needs.
    pub async fn forget_preparations(self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let gone = sqlx::query!(
            "delete from media_preparations p
             where p.id in (
                 select c.id
                 from media_preparations c
                 left join campaigns on campaigns.id = c.campaign_id
                 where c.wanted_at < $1
                   and not exists (select 1 from media_waits w where w.preparation_id = c.id)
                   and (campaigns.id is null or campaigns.state in ('finished', 'cancelled'))
                 order by c.wanted_at
                 limit $2
             )",
            before,
            BATCH,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(gone.rows_affected())
    }
}
