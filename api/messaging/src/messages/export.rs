//! Messages as a file.

use axum::response::Response;
use chrono::{DateTime, Utc};
use futures::Stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{Class, Direction, MessageState};
use wahana_domain::recipients::ExportFormat;
use wahana_domain::{CampaignId, ReasonCode, SessionId};
use wahana_store::messages::{Message, MessageFilter};
use wahana_store::{PageRequest, Tenant};

use crate::exports::{self, Cells, time};
use crate::messages::message::{check_words, person};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::Query;
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

/// Rows that are read at once while a file is written.
const BATCH: u32 = 500;

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// `csv` (UTF-8 with a byte order mark) or `xlsx`.
    #[serde(default = "exports::csv")]
    #[param(required = false)]
    format: ExportFormat,
    /// Of this session.
    session: Option<SessionId>,
    /// In this state.
    state: Option<MessageState>,
    /// Of this campaign.
    campaign: Option<CampaignId>,
    /// Sent or received.
    direction: Option<Direction>,
    /// With this person.
    phone: Option<String>,
    /// Transactional or bulk.
    class: Option<Class>,
    /// With this error code.
    code: Option<ReasonCode>,
    /// With these words in the text or caption. Say also `session`, `campaign`, `phone` or `from`.
    #[param(min_length = 2, max_length = 200)]
    text: Option<String>,
    /// Accepted or received at this time or later.
    from: Option<DateTime<Utc>>,
    /// Accepted or received before this time.
    to: Option<DateTime<Utc>>,
}

/// Download messages
///
/// Newest first, one line per message. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages/export", tag = "messages", operation_id = "export_messages", params(ExportQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export(scoped: Scoped<need::MessagesRead>, Query(query): Query<ExportQuery>) -> Answer<Response> {
    let ExportQuery { format, session, state, campaign, direction, phone, class, code, text, from, to } =
        query;
    let narrow = session.is_some() || campaign.is_some() || phone.is_some() || from.is_some();
    check_words(text.as_deref(), narrow)?;
    let text = text.map(|text| text.trim().to_owned());
    let person = person(&scoped.tenant, phone).await?;
    let filter = MessageFilter {
        session,
        state,
        campaign,
        direction,
        person,
        class,
        code,
        text,
        from,
        to,
        ..MessageFilter::default()
    };
    let header = [
        "message_id",
        "created_at",
        "direction",
        "state",
        "phone",
        "chat_id",
        "type",
        "text",
        "session_id",
        "campaign_id",
        "error_code",
        "sent_at",
        "delivered_at",
        "read_at",
    ];
    let header = header.map(str::to_owned).to_vec();
    exports::download("messages", format, header, lines(scoped.tenant, filter)).await
}

fn lines(tenant: Tenant, filter: MessageFilter) -> impl Stream<Item = Answer<Cells>> {
    async_stream::try_stream! {
        let mut page = PageRequest { limit: BATCH, before: None };
        loop {
            let rows = tenant.messages().list(&filter, page).await?;
            for message in rows.items {
                yield line(message);
            }
            page.before = rows.next;
            if page.before.is_none() {
                break;
            }
        }
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "outbound",
        Direction::Inbound => "inbound",
    }
}

fn line(message: Message) -> Cells {
    // The words of a text, or those below a file.
    let content = &message.content;
    let places =
        [&content["text"], &content["caption"], &content["body"]["text"], &content["body"]["caption"]];
    let text = places.into_iter().find_map(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let kinds = [&content["type"], &content["body"]["type"]];
    let kind = kinds.into_iter().find_map(serde_json::Value::as_str).unwrap_or_default().to_owned();
    vec![
        message.id.to_string(),
        message.created_at.to_rfc3339(),
        direction(message.direction).to_owned(),
        message.state.as_str().to_owned(),
        message.phone.map(|phone| format!("+{phone}")).unwrap_or_default(),
        message.chat_id,
        kind,
        text,
        message.session_id.to_string(),
        message.campaign_id.map(|id| id.to_string()).unwrap_or_default(),
        message.error_code.unwrap_or_default(),
        time(message.sent_at),
        time(message.delivered_at),
        time(message.read_at),
    ]
}
