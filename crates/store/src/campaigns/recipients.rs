//! The people of a campaign, listed with what became of their message. How they get there: `recipient_imports`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::types::Json;
use wahana_domain::messages::MessageState;
use wahana_domain::recipients::RejectCode;
use wahana_domain::{CampaignId, MessageId};

use super::TenantRecipients;
use crate::{Page, PageRequest, StoreError};

/// Most columns for variables in an export.
const MAX_VARIABLES: i64 = 1000;

/// A line that is refused.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reject {
    /// Line in the file, from 1.
    pub line: i64,
    /// The column it is about.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// Why, for programs.
    pub code: RejectCode,
    /// Why, for people.
    pub reason: String,
    /// All cells of the line, by the name of their column.
    #[sqlx(json)]
    pub fields: BTreeMap<String, String>,
}

/// A line that was refused, to be repaired.
#[derive(Clone, Debug)]
pub struct RejectedLine {
    /// Line in the file, from 1.
    pub line: i64,
    /// The column it is about.
    pub column: Option<String>,
    /// Why, for people.
    pub reason: String,
    /// All cells of the line, by the name of their column.
    pub fields: BTreeMap<String, String>,
}

/// A person of a campaign, and what became of the message.
#[derive(Clone, Debug)]
pub struct RecipientRow {
    /// The id of the recipient and, once released, of its message.
    pub id: MessageId,
    /// Its place in the order.
    pub position: i32,
    /// Its line in the file.
    pub line: Option<i64>,
    /// E.164 digits; `None` while the number is not known.
    pub phone: Option<String>,
    /// The chat that is written to.
    pub chat_id: String,
    /// What to call the person.
    pub name: Option<String>,
    /// What the template is filled with.
    pub variables: Json<BTreeMap<String, String>>,
    /// The state of its message; before it has one `accepted`, or `cancelled` when the campaign is.
    pub state: MessageState,
    /// The version of the campaign that its message was made from; `None` before it has one.
    pub version: Option<i32>,
    /// Why it failed or was cancelled.
    pub error_code: Option<String>,
    /// When WhatsApp took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it reached the device.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

impl TenantRecipients<'_> {
    /// The people of a campaign in order, behind the one that `page` names; `None` when there is no such campaign.
    pub async fn list(
        self,
        campaign: CampaignId,
        state: Option<MessageState>,
        page: PageRequest,
    ) -> Result<Option<Page<RecipientRow>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let exists = sqlx::query_scalar!("select 1 as one from campaigns where id = $1", campaign.0)
            .fetch_optional(&mut *tx)
            .await?;
        if exists.is_none() {
            return Ok(None);
        }
        let rows = sqlx::query_file_as!(
            RecipientRow,
            "src/campaigns/list_recipients.sql",
            campaign.0,
            page.before,
            state as Option<MessageState>,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some(Page::cut(rows, page, |row| row.id.0)))
    }

    /// The columns of all files uploaded to a campaign; `None` when there is no such campaign.
    pub async fn import_columns(self, campaign: CampaignId) -> Result<Option<Vec<String>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_scalar!("select import_columns from campaigns where id = $1", campaign.0)
            .fetch_optional(&mut *tx)
            .await?)
    }

    /// Puts an export of a campaign's people on record; returns the names of all their variables, or `None` when there
    /// is no such campaign.
    pub async fn begin_export(self, campaign: CampaignId) -> Result<Option<Vec<String>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let exists = sqlx::query_scalar!("select 1 as one from campaigns where id = $1", campaign.0)
            .fetch_optional(&mut *tx)
            .await?;
        if exists.is_none() {
            return Ok(None);
        }
        let names = sqlx::query_scalar!(
            r#"select distinct key as "key!"
               from recipients, jsonb_object_keys(variables) as key
               where campaign_id = $1
               order by 1
               limit $2"#,
            campaign.0,
            MAX_VARIABLES,
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.audit("campaign.export", campaign, json!({})).await?;
        tx.commit().await?;
        Ok(Some(names))
    }

    /// Refused lines of a campaign's imports behind the row `after`, with the row's number; up to `limit`.
    pub async fn rejected_lines(
        self,
        campaign: CampaignId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, RejectedLine)>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query!(
            r#"select id, line, "column" as col, reason, fields as "fields: Json<BTreeMap<String, String>>"
               from rejected_lines
               where campaign_id = $1 and id > $2
               order by id
               limit $3"#,
            campaign.0,
            after,
            i64::from(limit),
        )
        .fetch_all(&mut *tx)
        .await?;
        let lines = rows.into_iter().map(|row| {
            let line =
                RejectedLine { line: row.line, column: row.col, reason: row.reason, fields: row.fields.0 };
            (row.id, line)
        });
        Ok(lines.collect())
    }
}
