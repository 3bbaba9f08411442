//! Which numbers have WhatsApp: asked for in batches, answered by a session bit by bit, remembered for a while.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::rule::RuleCode;
use wahana_domain::{NumberCheckId, Phone, Rule, SessionId};
use wahana_store::contacts::number_checks::{NumberCheck, NumberCheckBatch};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_service::contacts::numbers::country;

/// Most numbers of one batch.
const MAX_PHONES: usize = 1_000;
/// Most characters that are told of what is no number.
const MAX_TOLD: usize = 100;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(check)).routes(routes!(get))
}

/// Numbers to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
    "phones": ["+6281234567890", "+6281298765432"],
}))]
struct CheckNumbers {
    /// The session that asks WhatsApp: slowly, a few seconds for each number that is not known.
    session_id: SessionId,
    /// 1 to 1,000 numbers.
    #[schema(min_items = 1, max_items = 1000, example = json!(["+6281234567890"]))]
    phones: Vec<String>,
}

/// What is known of a number.
#[derive(Debug, Serialize, ToSchema)]
struct NumberView {
    #[schema(value_type = Phone)]
    phone: String,
    /// Whether it has WhatsApp; null while it waits to be checked.
    on_whatsapp: Option<bool>,
    /// The chat to write to; in some countries it differs from the number.
    #[schema(example = "6281234567890@c.us")]
    chat_id: Option<String>,
    /// When WhatsApp was asked.
    checked_at: Option<DateTime<Utc>>,
    /// Until when the answer is believed; then it is asked again.
    expires_at: Option<DateTime<Utc>>,
}

/// Numbers that are checked together.
#[derive(Debug, Serialize, ToSchema)]
struct NumberCheckView {
    id: NumberCheckId,
    session_id: SessionId,
    created_at: DateTime<Utc>,
    /// How many still wait.
    #[schema(example = 0)]
    waiting: usize,
    /// In the order in which they were given.
    items: Vec<NumberView>,
    /// Those that are no telephone numbers: told when the check is asked for, and not kept.
    refused: Vec<RefusedNumberView>,
}

/// What is no telephone number.
#[derive(Debug, Serialize, ToSchema)]
struct RefusedNumberView {
    /// Its place in `phones`, from 0.
    #[schema(example = 1)]
    index: usize,
    /// As it was given.
    #[schema(example = "12")]
    given: String,
    /// The rule that it breaks, for programs.
    rule: RuleCode,
    /// The same, for people.
    #[schema(example = "must be a telephone number")]
    detail: String,
}

impl From<NumberCheckBatch> for NumberCheckView {
    fn from(batch: NumberCheckBatch) -> Self {
        let items: Vec<NumberView> = batch.numbers.into_iter().map(NumberView::from).collect();
        Self {
            id: batch.id,
            session_id: batch.session,
            created_at: batch.created_at,
            waiting: items.iter().filter(|item| item.on_whatsapp.is_none()).count(),
            items,
            refused: Vec::new(),
        }
    }
}

impl From<NumberCheck> for NumberView {
    fn from(number: NumberCheck) -> Self {
        let NumberCheck { phone, on_whatsapp, chat_id, checked_at, expires_at } = number;
        Self { phone: format!("+{phone}"), on_whatsapp, chat_id, checked_at, expires_at }
    }
}

/// Check which numbers have WhatsApp
///
/// What is no number is told in `refused`, and does not keep the others from being checked. What is known already is
/// answered at once; the session asks for the rest, one number every few seconds. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts/check", tag = "contacts", operation_id = "check_numbers", request_body = CheckNumbers, responses((status = 202, body = NumberCheckView)))]
async fn check(
    scoped: Scoped<need::ContactsWrite>,
    Json(body): Json<CheckNumbers>,
) -> Answer<(StatusCode, Json<NumberCheckView>)> {
    if body.phones.is_empty() {
        return Err(Problem::field("phones", Rule::TooFewItems { min: 1 }));
    }
    if body.phones.len() > MAX_PHONES {
        return Err(Problem::field("phones", Rule::TooManyItems { max: MAX_PHONES as u64 }));
    }
    let home = country(&scoped.tenant, "").await?;
    let (mut phones, mut refused) = (Vec::with_capacity(body.phones.len()), Vec::new());
    for (index, text) in body.phones.iter().enumerate() {
        match Phone::parse(text, home) {
            Ok(phone) => phones.push(phone),
            Err(error) => {
                let rule = error.rule();
                let (detail, given) = (rule.to_string(), text.chars().take(MAX_TOLD).collect());
                refused.push(RefusedNumberView { index, given, rule: rule.code(), detail });
            }
        }
    }
    let batch = scoped.tenant.number_checks().check(body.session_id, &phones).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("session").at("session_id"))?;
    Ok((StatusCode::ACCEPTED, Json(NumberCheckView { refused, ..batch.into() })))
}

/// Show what became of numbers to check
///
/// Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/contacts/check/{id}", tag = "contacts", operation_id = "get_number_check", params(("id" = NumberCheckId, Path)), responses((status = 200, body = NumberCheckView)))]
async fn get(
    scoped: Scoped<need::ContactsRead>,
    Path(id): Path<NumberCheckId>,
) -> Answer<Json<NumberCheckView>> {
    let batch =
        scoped.tenant.number_checks().get(id).await?.ok_or_else(|| Problem::not_found("number check"))?;
    Ok(Json(batch.into()))
}
