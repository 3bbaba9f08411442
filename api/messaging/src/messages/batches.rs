//! Many messages at once, found by a filter: counted, taken back, tried again.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::{CampaignId, MessageId, Names, ReasonCode, Rule, SessionId};
use wahana_store::Tenant;
use wahana_store::messages::MessageFilter;
use wahana_store::messages::batches::{Act, Selection};

use crate::messages::message::{check_words, person};
use wahana_api_kit::ApiState;
use wahana_api_kit::batch::BatchView;
use wahana_api_kit::extract::Json;
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most messages named in one request.
const MAX_MESSAGES: usize = 1_000;
/// The fields that say which messages are meant; one at least.
const SELECTORS: [&str; 9] =
    ["message_ids", "session_id", "campaign_id", "state", "phone", "class", "code", "from", "to"];

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(cancel)).routes(routes!(retry))
}

/// Which messages: all that fit every field that is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
    "state": "failed",
    "preview": true,
}))]
struct SelectMessages {
    /// These, at most 1,000.
    #[schema(max_items = 1000)]
    message_ids: Option<Vec<MessageId>>,
    /// Of this session.
    session_id: Option<SessionId>,
    /// Of this campaign.
    campaign_id: Option<CampaignId>,
    /// In this state.
    state: Option<MessageState>,
    /// To this person.
    phone: Option<String>,
    /// Transactional or bulk.
    class: Option<Class>,
    /// With this error code.
    code: Option<ReasonCode>,
    /// With these words in the text or caption; say also `session_id`, `campaign_id`, `phone` or `from`.
    #[schema(min_length = 2, max_length = 200)]
    text: Option<String>,
    /// Accepted at this time or later.
    from: Option<DateTime<Utc>>,
    /// Accepted before this time.
    to: Option<DateTime<Utc>>,
    /// Only counts them.
    #[serde(default)]
    preview: bool,
}

impl SelectMessages {
    async fn selection(self, tenant: &Tenant) -> Answer<Selection> {
        let Self {
            message_ids: ids, session_id, campaign_id, state, phone, class, code, text, from, to, ..
        } = self;
        if ids.as_ref().is_some_and(|ids| ids.len() > MAX_MESSAGES) {
            return Err(Problem::field("message_ids", Rule::TooManyItems { max: MAX_MESSAGES as u64 }));
        }
        let narrow = ids.is_some()
            || session_id.is_some()
            || campaign_id.is_some()
            || phone.is_some()
            || from.is_some();
        check_words(text.as_deref(), narrow)?;
        if !narrow && state.is_none() && class.is_none() && code.is_none() && to.is_none() {
            return Err(Problem::field("message_ids", Rule::RequiredOneOf { fields: Names::of(&SELECTORS) }));
        }
        let filter = MessageFilter {
            session: session_id,
            state,
            campaign: campaign_id,
            person: person(tenant, phone).await?,
            class,
            code,
            text: text.map(|text| text.trim().to_owned()),
            from,
            to,
            ..MessageFilter::default()
        };
        Ok(Selection { ids, filter })
    }
}

/// Does it, or with `preview` only counts.
async fn change(tenant: &Tenant, act: Act, body: SelectMessages) -> Answer<Json<BatchView>> {
    let preview = body.preview;
    let wanted = body.selection(tenant).await?;
    Ok(Json(if preview {
        BatchView::counted(tenant.messages().count(act, &wanted).await?)
    } else {
        tenant.messages().change_many(act, &wanted).await?.into()
    }))
}

/// Cancel messages
///
/// All that fit and are not on their way yet, the oldest first. With `preview` nothing is done: `left` says how many
/// there are. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/messages/cancel", tag = "messages", operation_id = "cancel_messages", request_body = SelectMessages, responses((status = 200, body = BatchView)))]
async fn cancel(
    scoped: Scoped<need::MessagesSend>,
    Json(body): Json<SelectMessages>,
) -> Answer<Json<BatchView>> {
    change(&scoped.tenant, Act::Cancel, body).await
}

/// Retry messages
///
/// All that fit, failed and stand as dead letters, the oldest first; their attempts start anew. A message that WhatsApp
/// refused after it was sent has no dead letter and is not sent again. With `preview` nothing is done: `left` says how
/// many there are. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/messages/retry", tag = "messages", operation_id = "retry_messages", request_body = SelectMessages, responses((status = 200, body = BatchView)))]
async fn retry(
    scoped: Scoped<need::MessagesSend>,
    Json(body): Json<SelectMessages>,
) -> Answer<Json<BatchView>> {
    change(&scoped.tenant, Act::Retry, body).await
}
