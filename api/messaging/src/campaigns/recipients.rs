//! The people of a campaign: listed with what became of their message, and written out as CSV.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::Stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_audience::write_csv_field;
use wahana_domain::ReasonCode;
use wahana_domain::messages::MessageState;
use wahana_domain::{CampaignId, MessageId, Phone};
use wahana_store::campaigns::recipients::RecipientRow;
use wahana_store::{PageRequest, Tenant};

use crate::campaigns::problems::no_campaign;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Rows that are read at once while a file is written.
const BATCH: u32 = 1000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(export)).routes(routes!(rejects))
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
/// CSV, with what became of each message. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/recipients.csv", tag = "campaigns", operation_id = "export_recipients", params(("id" = CampaignId, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn export(scoped: Scoped<need::CampaignsRead>, Path(id): Path<CampaignId>) -> Answer<Response> {
    scoped.tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?;
    scoped.tenant.audit().record("campaign.export", Some(id.to_string()), serde_json::json!({})).await?;
    Ok(csv("recipients.csv", recipient_lines(scoped.tenant, id)))
}

/// Download the refused lines
///
/// CSV with the columns of the uploaded files and what was wrong: repair it and upload it again. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/rejects", tag = "campaigns", operation_id = "export_rejects", params(("id" = CampaignId, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn rejects(scoped: Scoped<need::CampaignsRead>, Path(id): Path<CampaignId>) -> Answer<Response> {
    let columns = scoped.tenant.recipients().import_columns(id).await?.ok_or_else(no_campaign)?;
    Ok(csv("rejects.csv", reject_lines(scoped.tenant, id, columns)))
}

/// A file that is written while it is read. When reading fails, the connection breaks: half a file must not look
/// like a whole one.
fn csv(name: &str, lines: impl Stream<Item = Answer<Bytes>> + Send + 'static) -> Response {
    use futures::TryStreamExt;
    let lines = lines.map_err(|problem: Problem| std::io::Error::other(problem.detail));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(lines)).into_response()
}

fn recipient_lines(tenant: Tenant, campaign: CampaignId) -> impl Stream<Item = Answer<Bytes>> {
    async_stream::try_stream! {
        let mut out = Vec::new();
        line(&mut out, ["phone", "name", "state", "error_code", "sent_at", "delivered_at", "read_at", "message_id", "line", "variables"])?;
        let mut page = PageRequest { limit: BATCH, before: None };
        loop {
            let rows = tenant.recipients().list(campaign, None, page).await?.ok_or_else(no_campaign)?;
            for row in &rows.items {
                recipient_line(&mut out, row)?;
            }
            yield Bytes::from(std::mem::take(&mut out));
            page.before = rows.next;
            if page.before.is_none() {
                break;
            }
        }
    }
}

fn recipient_line(out: &mut Vec<u8>, row: &RecipientRow) -> Answer<()> {
    let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let variables = serde_json::to_string(&row.variables.0).map_err(Problem::internal)?;
    let [sent, delivered, read] = [row.sent_at, row.delivered_at, row.read_at].map(time);
    let (id, number) = (row.id.to_string(), row.line.map(|line| line.to_string()).unwrap_or_default());
    let (name, code) =
        (row.name.as_deref().unwrap_or_default(), row.error_code.as_deref().unwrap_or_default());
    line(
        out,
        [
            row.phone.as_deref().unwrap_or(&row.chat_id),
            name,
            row.state.as_str(),
            code,
            &sent,
            &delivered,
            &read,
            &id,
            &number,
            &variables,
        ],
    )
}

fn reject_lines(
    tenant: Tenant,
    campaign: CampaignId,
    columns: Vec<String>,
) -> impl Stream<Item = Answer<Bytes>> {
    async_stream::try_stream! {
        let mut out = Vec::new();
        // The three are what the reader of lists passes over when the repaired file comes back.
        let own = ["rejected_line", "rejected_column", "rejected_reason"];
        let columns: Vec<String> = columns.into_iter().filter(|name| !own.contains(&name.as_str())).collect();
        line(&mut out, columns.iter().map(String::as_str).chain(own))?;
        let mut after = 0;
        loop {
            let rows = tenant.recipients().rejected_lines(campaign, after, BATCH).await?;
            for (_, reject) in &rows {
                let cells = columns.iter().map(|name| reject.fields.get(name).map_or("", String::as_str));
                let number = reject.line.to_string();
                line(&mut out, cells.chain([number.as_str(), reject.column.as_deref().unwrap_or_default(), &reject.reason]))?;
            }
            yield Bytes::from(std::mem::take(&mut out));
            match rows.last() {
                Some((last, _)) => after = *last,
                None => break,
            }
        }
    }
}

fn line<'a>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) -> Answer<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_csv_field(out, cell).map_err(Problem::internal)?;
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}
