//! Suppressions: people who must not be written to.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::consent::OptOutScope;
use wahana_domain::suppressions::{SuppressionReason, SuppressionReasonCode};
use wahana_domain::{ChatId, Phone, Rule};
use wahana_store::contacts::suppressions::{Suppression, SuppressionFilter};

use crate::contacts::contact::named;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Path, Query};
use wahana_api_kit::paging::{self, Limit, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(remove))
}

/// Why somebody may suppress a person.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ChosenReason {
    /// The person asked for it: no bulk messages.
    OptOut,
    /// You decided it: no messages at all.
    Manual,
}

impl ChosenReason {
    const fn reason(self) -> SuppressionReason {
        match self {
            Self::OptOut => SuppressionReason::OptOut,
            Self::Manual => SuppressionReason::Manual,
        }
    }
}

/// A person who must not be written to, in whatever form the number is written.
#[derive(Debug, Serialize, ToSchema)]
struct SuppressionView {
    /// The number in the form in which it was given; null for somebody who hides it.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    /// The LID under which WhatsApp knows the person, while no number is known.
    #[schema(example = json!(null))]
    lid: Option<String>,
    reason: SuppressionReasonCode,
    /// What an opt-out ends; other reasons end everything.
    scope: OptOutScope,
    #[schema(example = "wrote STOP")]
    detail: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<Suppression> for SuppressionView {
    fn from(Suppression { person, phone, reason, scope, detail, created_at }: Suppression) -> Self {
        let lid = person.lid().map(str::to_owned);
        Self { phone: phone.map(|digits| format!("+{digits}")), lid, reason, scope, detail, created_at }
    }
}

/// A person to suppress.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "phone": "+6281234567890",
    "reason": "manual",
    "detail": "asked by telephone",
}))]
struct AddSuppression {
    /// The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you.
    #[schema(example = "+6281234567890")]
    phone: String,
    /// `manual`, if left out.
    reason: Option<ChosenReason>,
    /// What an opt-out ends: `all`, if left out.
    scope: Option<OptOutScope>,
    /// For people.
    #[schema(max_length = 500)]
    detail: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// With these digits anywhere in the number or LID; what is no digit does not count, nor does a zero in front.
    #[param(max_length = 30)]
    phone: Option<String>,
    /// For this reason.
    reason: Option<SuppressionReason>,
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    #[param(pattern = "^[0-9]{1,30}@(c[.]us|lid)$")]
    cursor: Option<String>,
}

/// The part of a number that every way of writing it has: `0812` is in `+62812`.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

/// List suppressions
///
/// In the order of the people's keys, which is that of most numbers. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/suppressions", tag = "contacts", operation_id = "list_suppressions", params(ListQuery), responses((status = 200, body = PageView<SuppressionView>)))]
async fn list(
    scoped: Scoped<need::ContactsRead>,
    Query(query): Query<ListQuery>,
) -> Answer<Json<PageView<SuppressionView>>> {
    if query.cursor.as_ref().is_some_and(|cursor| ChatId::parse(cursor).is_err()) {
        return Err(Problem::field("cursor", Rule::BadCursor));
    }
    let filter = SuppressionFilter { digits: query.phone.as_deref().map(digits), reason: query.reason };
    let limit = paging::request(query.limit, None).limit;
    let mut rows = scoped.tenant.suppressions().list(&filter, query.cursor.as_deref(), limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.person.to_string());
    Ok(Json(PageView { items: rows.into_iter().map(SuppressionView::from).collect(), next_cursor }))
}

/// Suppress a person
///
/// All forms of the number count, and the LIDs that are known to be this person. Bulk messages that wait are not sent either. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/suppressions", tag = "contacts", operation_id = "add_suppression", request_body = AddSuppression, responses((status = 201, body = SuppressionView)))]
async fn add(
    scoped: Scoped<need::ContactsWrite>,
    Json(body): Json<AddSuppression>,
) -> Answer<(StatusCode, Json<SuppressionView>)> {
    Check::default().length("detail", body.detail.as_deref().unwrap_or_default(), 0, 500).done()?;
    let person = named(&scoped.tenant, &body.phone).await?;
    let reason = body.reason.unwrap_or(ChosenReason::Manual).reason();
    // Only an opt-out can leave something.
    let scope = body.scope.filter(|_| reason == SuppressionReason::OptOut).unwrap_or(OptOutScope::All);
    let row = scoped.tenant.suppressions().add(&person, reason, scope, body.detail.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Let a person be written to again
///
/// `phone` is a number in any of its forms, `<digits>@lid` or `@username`. Needs the scope `contacts:write`.
#[utoipa::path(delete, path = "/suppressions/{phone}", tag = "contacts", operation_id = "remove_suppression", params(("phone" = String, Path)), responses((status = 204, description = "removed")))]
async fn remove(scoped: Scoped<need::ContactsWrite>, Path(text): Path<String>) -> Answer<StatusCode> {
    let person = named(&scoped.tenant, &text).await?;
    if scoped.tenant.suppressions().remove(&person.key).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("suppression"))
    }
}
