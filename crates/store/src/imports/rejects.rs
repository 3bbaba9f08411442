//! Refused lines of an import, whole, to be repaired and imported again.

use std::collections::BTreeMap;

use sqlx::types::Json;
use wahana_domain::recipients::RejectCode;
use wahana_domain::{ImportId, OrganizationId};

use super::TenantImports;
use crate::campaigns::recipients::Reject;
use crate::{StoreError, Tx};

impl TenantImports<'_> {
    /// Refused lines behind the row `after`, with the row's number; up to `limit`.
    pub async fn rejects(
        self,
        id: ImportId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Reject)>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query!(
            r#"select id, line, "column" as col, value, code as "code: RejectCode", reason,
                      fields as "fields: Json<BTreeMap<String, String>>"
               from import_rejects
               where import_id = $1 and id > $2
               order by id
               limit $3"#,
            id.0,
            after,
            i64::from(limit),
        )
        .fetch_all(&mut *tx)
        .await?;
        let lines = rows.into_iter().map(|row| {
            let (line, column, value) = (row.line, row.col, row.value);
            let (code, reason, fields) = (row.code, row.reason, row.fields.0);
            (row.id, Reject { line, column, value, code, reason, fields })
        });
        Ok(lines.collect())
    }
}

/// Keeps refused lines.
pub(crate) async fn add(
    tx: &mut Tx,
    organization: OrganizationId,
    import: ImportId,
    rejects: &[Reject],
) -> Result<(), StoreError> {
    if rejects.is_empty() {
        return Ok(());
    }
    let lines: Vec<i64> = rejects.iter().map(|reject| reject.line).collect();
    let columns: Vec<Option<&str>> = rejects.iter().map(|reject| reject.column.as_deref()).collect();
    let values: Vec<Option<&str>> = rejects.iter().map(|reject| reject.value.as_deref()).collect();
    let codes: Vec<&str> = rejects.iter().map(|reject| reject.code.as_str()).collect();
    let reasons: Vec<&str> = rejects.iter().map(|reject| reject.reason.as_str()).collect();
    let fields =
        rejects.iter().map(|reject| serde_json::to_value(&reject.fields)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query!(
        r#"insert into import_rejects (import_id, organization_id, line, "column", value, code, reason, fields)
           select $1, $2, line, col, value, code, reason, fields
           from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[]) with ordinality
               as x (line, col, value, code, reason, fields, n)
           order by n"#,
        import.0,
        organization.0,
        &lines,
        &columns as &[Option<&str>],
        &values as &[Option<&str>],
        &codes as &[&str],
        &reasons as &[&str],
        &fields,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
