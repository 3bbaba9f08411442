//! The people of a campaign: listed with what became of their message, and written out as CSV.

use std::collections::BTreeMap;

use axum::response::Response;
use chrono::{DateTime, Utc};
use futures::Stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_audience::{RECIPIENT_COLUMNS, own_header};
use wahana_domain::ReasonCode;
use wahana_domain::messages::MessageState;
use wahana_domain::recipients::ExportFormat;
use wahana_domain::{CampaignId, MessageId, Phone};
use wahana_store::campaigns::recipients::{RecipientRow, RejectedLine};
use wahana_store::{PageRequest, Tenant};

use crate::campaigns::problems::no_campaign;
use crate::exports::{self, Cells, FormatQuery, reject_header, time};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path, Query};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

/// Rows that are read at once while a file is written.
const BATCH: u32 = 1000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(rejects))
}

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export)).routes(routes!(export_csv))
}

/// A person of a campaign.
#[derive(Debug, Serialize, ToSchema)]
struct RecipientView {
    /// The id of the message, once there is one.
    id: MessageId,
    #[schema(example = 1)]
    position: i32,
    /// Line in the uploaded file.
    line: Option<i64>,
    /// The number as it was given; null for somebody who hides it.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    /// The chat that is written to: WhatsApp may know the person under another form of the number.
    #[schema(example = "6281234567890@c.us")]
    chat_id: String,
    #[schema(example = "Sari")]
    name: Option<String>,
    /// What the template is filled with.
    variables: BTreeMap<String, String>,
    /// Of the message; before there is one `accepted`, or `cancelled` when the campaign is.
    state: MessageState,
    /// The version of the campaign that the message was made from; null before there is one.
    #[schema(example = 4)]
    version: Option<i32>,
    /// Why it failed or was cancelled.
    error_code: Option<ReasonCode>,
    sent_at: Option<DateTime<Utc>>,
    delivered_at: Option<DateTime<Utc>>,
    read_at: Option<DateTime<Utc>>,
}

impl From<RecipientRow> for RecipientView {
    fn from(row: RecipientRow) -> Self {
        let RecipientRow {
            id,
            position,
            line,
            phone,
            chat_id,
            name,
            variables,
            state,
            version,
            error_code,
            sent_at,
            delivered_at,
            read_at,
        } = row;
        Self {
            id,
            position,
            line,
            phone: phone.map(|digits| format!("+{digits}")),
            chat_id,
            name,
            variables: variables.0,
            state,
            version,
            error_code: error_code.map(ReasonCode::from),
            sent_at,
            delivered_at,
            read_at,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// In this state.
    state: Option<MessageState>,
}

/// List a campaign's recipients
///
/// In the order they are sent to. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/recipients", tag = "campaigns", operation_id = "list_recipients", params(("id" = CampaignId, Path), ListFilter, PageQuery), responses((status = 200, body = PageView<RecipientView>)))]
async fn list(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
    Paged { page, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<RecipientView>>> {
    let page = scoped.tenant.recipients().list(id, filter.state, page).await?;
    Ok(Json(PageView::of(page.ok_or_else(no_campaign)?, RecipientView::from)))
}

/// Download a campaign's recipients
///
/// CSV, with what became of each message and one column per variable. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/recipients.csv", tag = "campaigns", operation_id = "export_recipients", params(("id" = CampaignId, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn export_csv(scoped: Scoped<need::CampaignsRead>, Path(id): Path<CampaignId>) -> Answer<Response> {
    recipients(scoped.tenant, id, ExportFormat::Csv).await
}

/// Download what became of a campaign
///
/// One line per person, with what became of the message and one column per variable. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/export", tag = "campaigns", operation_id = "export_campaign", params(("id" = CampaignId, Path), FormatQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
    Query(FormatQuery { format }): Query<FormatQuery>,
) -> Answer<Response> {
    recipients(scoped.tenant, id, format).await
}

/// Download the refused lines
///
/// CSV with the columns of the uploaded files and what was wrong: repair it and upload it again. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/rejects", tag = "campaigns", operation_id = "export_rejects", params(("id" = CampaignId, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn rejects(scoped: Scoped<need::CampaignsRead>, Path(id): Path<CampaignId>) -> Answer<Response> {
    let columns = scoped.tenant.recipients().import_columns(id).await?.ok_or_else(no_campaign)?;
    let (columns, header) = reject_header(columns);
    exports::download("rejects", ExportFormat::Csv, header, reject_lines(scoped.tenant, id, columns)).await
}

async fn recipients(tenant: Tenant, id: CampaignId, format: ExportFormat) -> Answer<Response> {
    let variables = tenant.recipients().begin_export(id).await?.ok_or_else(no_campaign)?;
    let own = RECIPIENT_COLUMNS.map(str::to_owned).into_iter();
    let header = own.chain(variables.iter().map(|name| own_header(name, &RECIPIENT_COLUMNS))).collect();
    exports::download("recipients", format, header, recipient_lines(tenant, id, variables)).await
}

fn recipient_lines(
    tenant: Tenant,
    campaign: CampaignId,
    variables: Vec<String>,
) -> impl Stream<Item = Answer<Cells>> {
    async_stream::try_stream! {
        let mut page = PageRequest { limit: BATCH, before: None };
        loop {
            let rows = tenant.recipients().list(campaign, None, page).await?.ok_or_else(no_campaign)?;
            for row in rows.items {
                yield recipient_line(row, &variables);
            }
            page.before = rows.next;
            if page.before.is_none() {
                break;
            }
        }
    }
}

fn recipient_line(row: RecipientRow, variables: &[String]) -> Cells {
    let mut cells = vec![
        row.phone.map_or(row.chat_id, |digits| format!("+{digits}")),
        row.name.unwrap_or_default(),
        row.state.as_str().to_owned(),
        row.error_code.unwrap_or_default(),
        time(row.sent_at),
        time(row.delivered_at),
        time(row.read_at),
        row.id.to_string(),
        row.line.map(|line| line.to_string()).unwrap_or_default(),
    ];
    cells.extend(variables.iter().map(|name| row.variables.0.get(name).cloned().unwrap_or_default()));
    cells
}

fn reject_lines(
    tenant: Tenant,
    campaign: CampaignId,
    columns: Vec<String>,
) -> impl Stream<Item = Answer<Cells>> {
    async_stream::try_stream! {
        let mut after = 0;
        loop {
            let rows = tenant.recipients().rejected_lines(campaign, after, BATCH).await?;
            let Some((last, _)) = rows.last() else { break };
            after = *last;
            for (_, RejectedLine { line, column, reason, fields }) in rows {
                let cells = columns.iter().map(|name| fields.get(name).cloned().unwrap_or_default());
                yield cells.chain([line.to_string(), column.unwrap_or_default(), reason]).collect();
            }
        }
    }
}
