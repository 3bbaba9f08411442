//! Many contacts at once: tagged, untagged, removed. Found by a filter, at most a batch in one transaction.

use serde_json::json;
use uuid::Uuid;
use wahana_domain::ContactId;

use super::ContactFilter;
use super::TenantContacts;
use crate::{Batch, StoreError};

/// Most contacts changed in one transaction.
pub const CONTACTS_BATCH: i64 = 10_000;

/// Which contacts.
#[derive(Clone, Debug, Default)]
pub struct SelectedContacts {
    /// These; `None` is any.
    pub ids: Option<Vec<ContactId>>,
    /// That fit this.
    pub filter: ContactFilter,
}

/// Tags to give and to take.
#[derive(Clone, Debug, Default)]
pub struct TagChange {
    /// Given to who lacks them.
    pub add: Vec<String>,
    /// Taken from who has them.
    pub remove: Vec<String>,
}

impl SelectedContacts {
    fn uuids(&self) -> Option<Vec<Uuid>> {
        self.ids.as_ref().map(|ids| ids.iter().map(|id| id.0).collect())
    }

    /// For the audit log: which, without names or numbers.
    fn told(&self, changed: u64, tags: Option<&TagChange>) -> serde_json::Value {
        json!({ "changed": changed, "named": self.ids.as_ref().map(Vec::len), "tags": self.filter.tags,
            "added": tags.map(|tags| &tags.add), "removed": tags.map(|tags| &tags.remove) })
    }
}

impl TenantContacts<'_> {
    /// How many contacts these are; with tags, only those whom the change would change.
    pub async fn count(self, wanted: &SelectedContacts, tags: Option<&TagChange>) -> Result<u64, StoreError> {
        let (ids, tags) = (wanted.uuids(), tags.cloned());
        let (any, tags) = (tags.is_none(), tags.unwrap_or_default());
        let mut tx = self.tenant.begin().await?;
        let n = sqlx::query_scalar!(
            r#"select count(*) as "n!"
               from contacts
               where ($1::uuid[] is null or id = any($1))
                 and ($2::text[] is null or phone like any ($2) or person like any ($2))
                 and ($3::text is null or strpos(folded(name), folded($3)) > 0)
                 and (cardinality($4::text[]) = 0 or tags && $4)
                 and ($5 or not tags @> $6::text[] or tags && $7::text[])"#,
            ids.as_deref(),
            wanted.filter.person.as_deref(),
            wanted.filter.name,
            &wanted.filter.tags,
            any,
            &tags.add,
            &tags.remove,
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(n.max(0) as u64)
    }

    /// Gives and takes tags, of at most [`CONTACTS_BATCH`] contacts at once.
    pub async fn tag(self, wanted: &SelectedContacts, tags: &TagChange) -> Result<Batch, StoreError> {
        let ids = wanted.uuids();
        let mut tx = self.tenant.begin().await?;
        let changed = sqlx::query!(
            "update contacts
             set updated_at = $8,
                 tags = array(
                     select distinct tag
                     from unnest(tags || $5::text[]) as tag
                     where tag <> all ($6::text[])
                     order by tag
                 )
             where id in (
                 select id
                 from contacts
                 where ($1::uuid[] is null or id = any($1))
                   and ($2::text[] is null or phone like any ($2) or person like any ($2))
                   and ($3::text is null or strpos(folded(name), folded($3)) > 0)
                   and (cardinality($4::text[]) = 0 or tags && $4) and (not tags @> $5 or tags && $6)
                 order by id
                 limit $7
                 for update
             )",
            ids.as_deref(),
            wanted.filter.person.as_deref(),
            wanted.filter.name,
            &wanted.filter.tags,
            &tags.add,
            &tags.remove,
            CONTACTS_BATCH,
            self.tenant.store.clock().now(),
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if changed > 0 {
            let told = wanted.told(changed, Some(tags));
            tx.audit_of(Some(self.tenant.organization()), "contacts.tag", None, told).await?;
        }
        tx.commit().await?;
        Ok(Batch { changed, left: self.count(wanted, Some(tags)).await? })
    }

    /// Removes contacts, at most [`CONTACTS_BATCH`] at once.
    pub async fn delete_many(self, wanted: &SelectedContacts) -> Result<Batch, StoreError> {
        let ids = wanted.uuids();
        let mut tx = self.tenant.begin().await?;
        let changed = sqlx::query!(
            "delete from contacts
             where id in (
                 select id
                 from contacts
                 where ($1::uuid[] is null or id = any($1))
                   and ($2::text[] is null or phone like any ($2) or person like any ($2))
                   and ($3::text is null or strpos(folded(name), folded($3)) > 0)
                   and (cardinality($4::text[]) = 0 or tags && $4)
                 order by id
                 limit $5
                 for update
             )",
            ids.as_deref(),
            wanted.filter.person.as_deref(),
            wanted.filter.name,
            &wanted.filter.tags,
            CONTACTS_BATCH,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if changed > 0 {
            let told = wanted.told(changed, None);
            tx.audit_of(Some(self.tenant.organization()), "contacts.delete", None, told).await?;
        }
        tx.commit().await?;
        Ok(Batch { changed, left: self.count(wanted, None).await? })
    }
}
