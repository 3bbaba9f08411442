//! Consent to bulk messages: what the organization decided, what is on record, and the proof.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::consent::{ConsentEventKind, ConsentSource, OptOutScope};
use wahana_domain::opt_out::ReplyIntent;
use wahana_domain::opt_out::own_words::{MAX_OWN_WORD, MAX_OWN_WORDS, normal};
use wahana_domain::{PersonKey, Rule, SessionId};
use wahana_store::contacts::consents::{Consent, ConsentEvent, ConsentSettings, OwnWord};

use crate::contacts::contact::named;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Path};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most characters of a confirmation.
const MAX_CONFIRMATION: usize = 1_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(settings, change_settings))
        .routes(routes!(give))
        .routes(routes!(show, withdraw))
}

/// What an organization decided about opt-outs and consent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "opt_out_scope": "all",
    "opt_out_confirmation": "Anda tidak akan menerima pesan promosi lagi. Balas MULAI untuk kembali.",
    "opt_in_confirmation": "Selamat datang kembali!",
    "bulk_needs_consent": false,
    "words": [{"words": "stop promo", "intent": "opt_out", "scope": "marketing"}],
}))]
struct ConsentSettingsView {
    /// What an opt-out ends that does not say it: campaigns of marketing, or all bulk messages. Words such as "stop all"
    /// always end all.
    opt_out_scope: OptOutScope,
    /// What is answered to an opt-out, at most once an hour; null: nothing.
    #[schema(max_length = 1000)]
    opt_out_confirmation: Option<String>,
    /// What is answered when somebody wants to be written to again; null: nothing.
    #[schema(max_length = 1000)]
    opt_in_confirmation: Option<String>,
    /// Bulk messages go only to people whose consent is on record.
    bulk_needs_consent: bool,
    /// Words of your own, beside those of 18 languages. At most 50.
    #[serde(default)]
    #[schema(required = false, max_items = 50)]
    words: Vec<OwnWordView>,
}

/// Words that opt out or in when a message says nothing else.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnWordView {
    /// Case, accents and marks do not matter.
    #[schema(min_length = 1, max_length = 60, example = "stop promo")]
    words: String,
    intent: ReplyIntent,
    /// What an opt-out with these words ends.
    scope: OptOutScope,
}

impl From<ConsentSettings> for ConsentSettingsView {
    fn from(settings: ConsentSettings) -> Self {
        let word = |OwnWord { words, intent, scope }| OwnWordView { words, intent, scope };
        Self {
            opt_out_scope: settings.opt_out_scope,
            opt_out_confirmation: settings.opt_out_confirmation,
            opt_in_confirmation: settings.opt_in_confirmation,
            bulk_needs_consent: settings.bulk_needs_consent,
            words: settings.words.into_iter().map(word).collect(),
        }
    }
}

/// Show the consent settings
///
/// Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/consent-settings", tag = "contacts", operation_id = "get_consent_settings", responses((status = 200, body = ConsentSettingsView)))]
async fn settings(scoped: Scoped<need::ContactsRead>) -> Answer<Json<ConsentSettingsView>> {
    Ok(Json(scoped.tenant.consents().settings().await?.into()))
}

/// Replace the consent settings
///
/// Owners only.
#[utoipa::path(put, path = "/consent-settings", tag = "contacts", operation_id = "change_consent_settings", request_body = ConsentSettingsView, responses((status = 200, body = ConsentSettingsView)))]
async fn change_settings(
    scoped: Scoped<need::Owner>,
    Json(body): Json<ConsentSettingsView>,
) -> Answer<Json<ConsentSettingsView>> {
    let mut check = Check::default();
    let confirmations = [
        ("opt_out_confirmation", &body.opt_out_confirmation),
        ("opt_in_confirmation", &body.opt_in_confirmation),
    ];
    for (field, text) in confirmations {
        if let Some(text) = text {
            check.length(field, text, 1, MAX_CONFIRMATION);
        }
    }
    if body.words.len() > MAX_OWN_WORDS {
        check.wrong("words", Rule::TooManyItems { max: MAX_OWN_WORDS as u64 });
    }
    let mut words = Vec::with_capacity(body.words.len());
    for (at, OwnWordView { words: text, intent, scope }) in body.words.into_iter().enumerate() {
        let field = format!("words[{at}].words");
        check.length(&field, &text, 1, MAX_OWN_WORD);
        match normal(&text) {
            Some(text) => words.push(OwnWord { words: text, intent, scope }),
            None => {
                check.wrong(&field, Rule::Blank);
            }
        }
    }
    check.done()?;
    let settings = ConsentSettings {
        opt_out_scope: body.opt_out_scope,
        opt_out_confirmation: body.opt_out_confirmation,
        opt_in_confirmation: body.opt_in_confirmation,
        bulk_needs_consent: body.bulk_needs_consent,
        words,
    };
    scoped.tenant.consents().change_settings(&settings).await?;
    Ok(Json(scoped.tenant.consents().settings().await?.into()))
}

/// A consent to put on record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "+6281234567890", "source": "form", "detail": "newsletter form, 3 March"}))]
struct GiveConsent {
    /// The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you.
    phone: String,
    source: ConsentSource,
    /// Where exactly.
    #[schema(max_length = 500)]
    detail: Option<String>,
    /// When it was given; now, if left out.
    given_at: Option<DateTime<Utc>>,
}

/// What is on record of a person's consent.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentView {
    /// Null: none is on record.
    consent: Option<GivenView>,
    /// Opt-outs, opt-ins, consents and withdrawals, the newest first; at most 200.
    events: Vec<ConsentEventView>,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
struct GivenView {
    source: ConsentSource,
    #[schema(example = "newsletter form, 3 March")]
    detail: Option<String>,
    given_at: DateTime<Utc>,
}

/// A line of the proof.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentEventView {
    kind: ConsentEventKind,
    /// What an opt-out ends.
    scope: Option<OptOutScope>,
    source: ConsentSource,
    /// The session that received the message.
    session_id: Option<SessionId>,
    /// WhatsApp's id of the message.
    whatsapp_id: Option<String>,
    /// What the person wrote.
    #[schema(example = "STOP")]
    words: Option<String>,
    detail: Option<String>,
    at: DateTime<Utc>,
    /// When it was confirmed to the person; null: it was not.
    confirmed_at: Option<DateTime<Utc>>,
}

impl From<ConsentEvent> for ConsentEventView {
    fn from(event: ConsentEvent) -> Self {
        Self {
            kind: event.kind,
            scope: event.scope,
            source: event.source,
            session_id: event.session,
            whatsapp_id: event.waha_id,
            words: event.words,
            detail: event.detail,
            at: event.at,
            confirmed_at: event.confirmed_at,
        }
    }
}

/// Put a consent on record
///
/// An opt-out that the person asked for stands: release it with its suppression. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/consents", tag = "contacts", operation_id = "give_consent", request_body = GiveConsent, responses((status = 201, body = ConsentView)))]
async fn give(
    State(state): State<ApiState>,
    scoped: Scoped<need::ContactsWrite>,
    Json(body): Json<GiveConsent>,
) -> Answer<(StatusCode, Json<ConsentView>)> {
    Check::default().length("detail", body.detail.as_deref().unwrap_or_default(), 0, 500).done()?;
    let now = state.store.clock().now();
    if body.given_at.is_some_and(|at| at > now) {
        return Err(Problem::field("given_at", Rule::InFuture));
    }
    let person = named(&scoped.tenant, &body.phone).await?;
    let consent =
        Consent { source: body.source, detail: body.detail, given_at: body.given_at.unwrap_or(now) };
    scoped.tenant.consents().give(std::slice::from_ref(&person), &consent).await?;
    Ok((StatusCode::CREATED, Json(view(&scoped, &person.key).await?)))
}

async fn view<N>(scoped: &Scoped<N>, person: &PersonKey) -> Answer<ConsentView> {
    let given = scoped.tenant.consents().get(person).await?;
    let consent = given.map(|Consent { source, detail, given_at }| GivenView { source, detail, given_at });
    let events = scoped.tenant.consents().proof(person).await?;
    Ok(ConsentView { consent, events: events.into_iter().map(ConsentEventView::from).collect() })
}

/// Show what is on record of a person's consent
///
/// With the proof: each opt-out and opt-in with its message, time and words. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/consents/{phone}", tag = "contacts", operation_id = "get_consent", params(("phone" = String, Path)), responses((status = 200, body = ConsentView)))]
async fn show(scoped: Scoped<need::ContactsRead>, Path(text): Path<String>) -> Answer<Json<ConsentView>> {
    let person = named(&scoped.tenant, &text).await?;
    let view = view(&scoped, &person.key).await?;
    if view.consent.is_none() && view.events.is_empty() {
        return Err(Problem::not_found("consent"));
    }
    Ok(Json(view))
}

/// Take a consent back
///
/// Needs the scope `contacts:write`.
#[utoipa::path(delete, path = "/consents/{phone}", tag = "contacts", operation_id = "withdraw_consent", params(("phone" = String, Path)), responses((status = 204, description = "taken back")))]
async fn withdraw(scoped: Scoped<need::ContactsWrite>, Path(text): Path<String>) -> Answer<StatusCode> {
    let person = named(&scoped.tenant, &text).await?;
    if scoped.tenant.consents().withdraw(&person, None).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("consent"))
    }
}
