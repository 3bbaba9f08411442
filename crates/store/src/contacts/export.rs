//! Exports of the address book.

use serde_json::json;

use super::{ContactFilter, TenantContacts};
use crate::StoreError;

/// Most columns for attributes.
const MAX_ATTRIBUTES: i64 = 1000;

impl TenantContacts<'_> {
    /// Puts an export of these contacts on record; returns the names of all their attributes.
    pub async fn begin_export(self, filter: &ContactFilter) -> Result<Vec<String>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let names = sqlx::query_scalar!(
            r#"select distinct key as "key!"
               from contacts, jsonb_object_keys(attributes) as key
               where ($1::text[] is null or phone like any ($1) or person like any ($1))
                 and ($2::text is null or strpos(folded(name), folded($2)) > 0)
                 and (cardinality($3::text[]) = 0 or tags && $3)
               order by 1
               limit $4"#,
            filter.person.as_deref(),
            filter.name,
            &filter.tags,
            MAX_ATTRIBUTES,
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.audit_of(
            Some(self.tenant.organization()),
            "contacts.export",
            None,
            json!({ "tags": filter.tags }),
        )
        .await?;
        tx.commit().await?;
        Ok(names)
    }
}
