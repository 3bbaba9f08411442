//! Adding people to a campaign by the million in constant memory.
//!
//! An import is one transaction: all of it, or nothing. Rows come encoded for COPY through a channel, are judged in
//! a temporary table (duplicates, suppressed people) and then numbered behind those who are there.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tokio::sync::mpsc;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::recipients::RejectCode;
use wahana_domain::{CampaignId, ImportId, MessageId, NamedPerson, OrganizationId};

use super::TenantRecipients;
use crate::campaigns::recipients::Reject;
use crate::{StoreError, Tx};

/// Part of an import.
#[derive(Debug)]
pub enum Chunk {
    /// Rows, encoded by [`CopyRows`].
    Rows(Bytes),
    /// Everything was sent. Without it nothing is kept.
    End,
}

/// Encodes rows for an import.
#[derive(Debug, Default)]
pub struct CopyRows(Vec<u8>);

impl CopyRows {
    /// A person. `variables` are what the template is filled with.
    pub fn accepted(
        &mut self,
        now: DateTime<Utc>,
        line: u64,
        person: &NamedPerson,
        name: Option<&str>,
        variables: &BTreeMap<String, String>,
    ) {
        let variables = serde_json::to_string(variables).unwrap_or_else(|_| "{}".into());
        let id = MessageId::new(now, rand::random()).0.to_string();
        self.row([
            Some(&id),
            Some(&line.to_string()),
            Some(person.key.as_str()),
            person.digits(),
            name,
            Some(&variables),
            None,
            None,
            None,
            None,
            None,
        ]);
    }

    /// A line that is refused.
    pub fn rejected(&mut self, reject: &Reject) {
        let fields = serde_json::to_string(&reject.fields).unwrap_or_else(|_| "{}".into());
        let Reject { line, column, value, code, reason, .. } = reject;
        self.row([
            None,
            Some(&line.to_string()),
            None,
            None,
            None,
            None,
            column.as_deref(),
            value.as_deref(),
            Some(code.as_str()),
            Some(reason),
            Some(&fields),
        ]);
    }

    /// Bytes gathered so far.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is gathered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes what is gathered.
    pub fn take(&mut self) -> Chunk {
        Chunk::Rows(std::mem::take(&mut self.0).into())
    }

    /// One line of COPY's text format. Postgres knows no NUL, so it is dropped.
    fn row(&mut self, fields: [Option<&str>; 11]) {
        for (i, field) in fields.into_iter().enumerate() {
            if i > 0 {
                self.0.push(b'\t');
            }
            let Some(field) = field else {
                self.0.extend_from_slice(b"\\N");
                continue;
            };
            for byte in field.bytes() {
                match byte {
                    b'\\' => self.0.extend_from_slice(b"\\\\"),
                    b'\n' => self.0.extend_from_slice(b"\\n"),
                    b'\r' => self.0.extend_from_slice(b"\\r"),
                    b'\t' => self.0.extend_from_slice(b"\\t"),
                    0 => {}
                    other => self.0.push(other),
                }
            }
        }
        self.0.push(b'\n');
    }
}

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The columns of the file, the one with the number first; for the list of refused lines.
    pub columns: Vec<String>,
    /// The names of their variables, in the same order; `phone` and `name` stand for the number and the name of people
    /// who have no variable of that name.
    pub keys: Vec<String>,
    /// Most recipients the campaign may have.
    pub most: u32,
    /// Do everything, and then undo it.
    pub dry_run: bool,
    /// The import that this is the run of: it ends in the same transaction.
    pub import: Option<ImportId>,
}

/// What an import did, or would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// New recipients.
    pub accepted: i64,
    /// Refused lines, duplicates and suppressed ones included.
    pub rejected: i64,
    /// Refused because the number was there already.
    pub duplicates: i64,
    /// Refused because the person must not be written to.
    pub suppressed: i64,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// Done, with the reasons of refused lines by code, and the first of them.
    Done {
        /// How many.
        counts: Imported,
        /// How many lines were refused for each code.
        by_code: BTreeMap<RejectCode, i64>,
        /// The first of them, by line.
        rejects: Vec<Reject>,
        /// The first who were accepted, by line.
        first: Vec<Accepted>,
    },
    /// There is no such campaign.
    NotFound,
    /// Recipients are added to drafts only.
    WrongState(CampaignState),
    /// The campaign would have more recipients than it may.
    TooMany,
    /// The sender gave up before the end; nothing was kept.
    Aborted,
}

/// A person who was accepted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Accepted {
    /// E.164 digits; `None` while the number is not known.
    pub phone: Option<String>,
    /// What to call the person.
    pub name: Option<String>,
    /// What the template is filled with.
    #[sqlx(json)]
    pub variables: BTreeMap<String, String>,
}

/// How many refused lines an import tells at once; all of them are kept.
const TOLD: i64 = 100;
/// How many accepted people an import tells, for samples of what they are sent.
const SAMPLES: i64 = 3;

impl TenantRecipients<'_> {
    /// Adds people to a draft: what comes through the channel until [`Chunk::End`]. A dry run
    /// does everything and then undoes it, so that its answer is exact.
    pub async fn import(
        self,
        campaign: CampaignId,
        mut rows: mpsc::Receiver<Chunk>,
        import: &ImportOptions,
    ) -> Result<Import, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let Some(locked) = crate::campaigns::lock(&mut tx, campaign).await? else {
            return Ok(Import::NotFound);
        };
        let (state, total) = (locked.state, locked.total);
        if state != CampaignState::Draft {
            return Ok(Import::WrongState(state));
        }
        sqlx::query(
            r#"create temporary table incoming (
                   id uuid, line bigint, person text, phone text, name text, variables jsonb, "column" text,
                   value text, code text, reason text, fields jsonb
               ) on commit drop"#,
        )
        .execute(&mut *tx)
        .await?;
        if !copy(&mut tx, &mut rows).await? {
            return Ok(Import::Aborted);
        }
        let (counts, by_code) = self.judge(&mut tx, campaign, total, import).await?;
        if i64::from(total) + counts.accepted > i64::from(import.most) {
            return Ok(Import::TooMany);
        }
        let rejects: Vec<Reject> = sqlx::query_as("select * from refused order by line limit $1")
            .bind(TOLD)
            .fetch_all(&mut *tx)
            .await?;
        let first = sqlx::query_as(
            "select i.phone, i.name, i.variables
             from incoming i
             join judged j on j.id = i.id
             where j.code is null
             order by i.line
             limit $1",
        )
        .bind(SAMPLES)
        .fetch_all(&mut *tx)
        .await?;
        if let Some(id) = import.import
            && !import.dry_run
            && !finish(&mut tx, id, self.tenant.organization(), &counts, &by_code).await?
        {
            return Ok(Import::Aborted);
        }
        if !import.dry_run {
            let detail = serde_json::json!({ "accepted": counts.accepted, "rejected": counts.rejected });
            tx.audit("campaign.recipients", campaign, detail).await?;
            tx.commit().await?;
        }
        Ok(Import::Done { counts, by_code, rejects, first })
    }

    /// Sorts what came into recipients and refused lines.
    async fn judge(
        self,
        tx: &mut Tx,
        campaign: CampaignId,
        total: i32,
        import: &ImportOptions,
    ) -> Result<(Imported, BTreeMap<RejectCode, i64>), StoreError> {
        // Not checked at compile time: the table lives in this transaction only.
        sqlx::query(
            "update incoming
             set person = identities.person
             from identities
             where identities.identity = incoming.person",
        )
        .execute(&mut **tx)
        .await?;
        sqlx::query("analyze incoming").execute(&mut **tx).await?;
        sqlx::query(include_str!("judge_lines.sql")).bind(campaign.0).execute(&mut **tx).await?;
        // Behind the last one, which may stand further than there are people when an import was taken back.
        let first = sqlx::query_scalar!(
            r#"select greatest(max(position), $2) as "position!" from recipients where campaign_id = $1"#,
            campaign.0,
            total,
        )
        .fetch_one(&mut **tx)
        .await?;
        let accepted = sqlx::query(
            "insert into recipients (
                 id, organization_id, campaign_id, position, line, person, phone, name, variables, import_id
             )
             select i.id, $1, $2, $3 + row_number() over (order by i.line, i.id), i.line, i.person, i.phone,
                    i.name, i.variables, $4
             from incoming i
             join judged j on j.id = i.id
             where j.code is null",
        )
        .bind(self.tenant.organization().0)
        .bind(campaign.0)
        .bind(first)
        .bind(import.import.map(|id| id.0))
        .execute(&mut **tx)
        .await?
        .rows_affected() as i64;
        sqlx::query(include_str!("refuse_lines.sql"))
            .bind(import.columns.first().map_or("phone", String::as_str))
            .bind(&import.columns)
            .bind(&import.keys)
            .execute(&mut **tx)
            .await?;
        sqlx::query(
            r#"insert into rejected_lines (
                   campaign_id, organization_id, line, "column", value, code, reason, fields, import_id
               )
               select $1, $2, line, "column", value, code, reason, fields, $3
               from refused
               order by line"#,
        )
        .bind(campaign.0)
        .bind(self.tenant.organization().0)
        .bind(import.import.map(|id| id.0))
        .execute(&mut **tx)
        .await?;
        let by_code: BTreeMap<RejectCode, i64> =
            sqlx::query_as::<_, (RejectCode, i64)>("select code, count(*) from refused group by code")
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .collect();
        let changed_by = &*tx.actor_label();
        let of = |code| by_code.get(&code).copied().unwrap_or_default();
        let counts = Imported {
            accepted,
            rejected: by_code.values().sum(),
            duplicates: of(RejectCode::Duplicate),
            suppressed: of(RejectCode::Suppressed),
        };
        sqlx::query!(
            "update campaigns
             set total = total + $2, rejected = rejected + $3, duplicates = duplicates + $4,
                 suppressed = suppressed + $5,
                 import_columns = import_columns || array(
                     select c from unnest($7::text[]) as c where c <> all (import_columns)
                 ),
                 updated_at = $6, changed_by = $8
             where id = $1",
            campaign.0,
            accepted as i32,
            counts.rejected as i32,
            counts.duplicates as i32,
            counts.suppressed as i32,
            self.tenant.store.clock().now(),
            &import.columns,
            changed_by,
        )
        .execute(&mut **tx)
        .await?;
        Ok((counts, by_code))
    }
}

/// Ends the import in the transaction that adds its people; `false` when it does not run any more.
async fn finish(
    tx: &mut Tx,
    id: ImportId,
    organization: OrganizationId,
    counts: &Imported,
    by_code: &BTreeMap<RejectCode, i64>,
) -> Result<bool, StoreError> {
    let ended = sqlx::query!(
        "update imports
         set state = 'done', added = $2, rejected = $3, by_code = $4, finished_at = $5
         where id = $1 and state = 'running'",
        id.0,
        counts.accepted,
        counts.rejected,
        serde_json::to_value(by_code)?,
        tx.store().clock().now(),
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if ended == 0 {
        return Ok(false);
    }
    sqlx::query!("delete from import_chunks where import_id = $1", id.0).execute(&mut **tx).await?;
    // Not checked at compile time: `refused` lives in this transaction only.
    sqlx::query(
        r#"insert into import_rejects (import_id, organization_id, line, "column", value, code, reason, fields)
           select $1, $2, line, "column", value, code, reason, fields
           from refused
           order by line"#,
    )
    .bind(id.0)
    .bind(organization.0)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Passes rows on to Postgres; whether the end came.
async fn copy(tx: &mut Tx, rows: &mut mpsc::Receiver<Chunk>) -> Result<bool, StoreError> {
    let mut copy = tx.copy_in_raw("copy incoming from stdin").await?;
    while let Some(chunk) = rows.recv().await {
        match chunk {
            Chunk::Rows(bytes) => {
                copy.send(bytes).await?;
            }
            Chunk::End => {
                copy.finish().await?;
                return Ok(true);
            }
        }
    }
    copy.abort("the import was given up").await?;
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_cell_holds_stays_in_its_cell() {
        let mut rows = CopyRows::default();
        rows.rejected(&Reject {
            line: 3,
            column: Some("a\tb".into()),
            value: Some("c\\N\r\n\0d".into()),
            code: RejectCode::BadPhone,
            reason: "\\.".into(),
            fields: BTreeMap::new(),
        });
        let Chunk::Rows(bytes) = rows.take() else { panic!() };
        assert_eq!(&bytes[..], b"\\N\t3\t\\N\t\\N\t\\N\t\\N\ta\\tb\tc\\\\N\\r\\nd\tbad_phone\t\\\\.\t{}\n");
        assert!(rows.is_empty());
    }
}
