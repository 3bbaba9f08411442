//! Where WAHA reports: `POST /api/waha/{session}`. No tenant's credentials; the session's own key signs the raw body.
//!
//! Stores and answers. What the event means is a job's work.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Extension, Router};
use secrecy::ExposeSecret;
use serde::Deserialize;
use wahana_domain::SessionId;
use wahana_store::inbox::inbound::{InboundSession, NewInboundEvent};

use crate::inbox::batch::InboundBatch;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Path, serde_rule};
use wahana_api_kit::middleware::timeout;
use wahana_api_kit::problem::{Answer, Code, Problem};

/// An inbound picture comes as a link, so a body is text; a history of a chat may be long.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Not in the OpenAPI document: no customer calls it.
pub fn router(state: &ApiState) -> Router<ApiState> {
    Router::new()
        .route("/waha/{session_id}", post(receive))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .layer(axum::middleware::from_fn_with_state(state.config.request_timeout, timeout))
        .layer(Extension(InboundBatch::start(state.store.clone())))
}

/// What the receiver reads of an event; the rest is stored as it came.
#[derive(Deserialize)]
struct Envelope {
    id: String,
    event: String,
    session: String,
}

async fn receive(
    State(state): State<ApiState>,
    Extension(inbox): Extension<InboundBatch>,
    Path(id): Path<SessionId>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer<StatusCode> {
    let body = body.map_err(|rejection| body_problem(&rejection))?;
    // A stranger learns nothing: an unknown session and a wrong signature look alike.
    let session =
        inbox.session(&state.store, id).await?.filter(|session| is_signed(session, &headers, &body));
    let session = session.ok_or_else(|| Problem::of(Code::InvalidSignature))?;
    let bytes = body.len();
    inbox.take(read(&session, &body)?, bytes).await?;
    Ok(StatusCode::OK)
}

fn body_problem(rejection: &BytesRejection) -> Problem {
    let code =
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Code::TooLarge } else { Code::InvalidBody };
    Problem::of(code)
}

fn is_signed(session: &InboundSession, headers: &HeaderMap, body: &[u8]) -> bool {
    let signature = headers.get("x-webhook-hmac").and_then(|value| value.to_str().ok());
    signature.is_some_and(|signature| {
        wahana_waha::verify_hmac(session.hmac_key.expose_secret().as_bytes(), body, signature)
    })
}

fn read(session: &InboundSession, body: &[u8]) -> Answer<NewInboundEvent> {
    let invalid = |error: serde_json::Error| Problem::new(Code::InvalidJson, error.to_string());
    let mut body: serde_json::Value = serde_json::from_slice(body).map_err(invalid)?;
    let envelope = Envelope::deserialize(&body)
        .map_err(|error| Problem::rule(serde_rule(&error.to_string())).coded(Code::InvalidField))?;
    if envelope.session != session.waha_name {
        return Err(Problem::of(Code::WrongSession));
    }
    without_nul(&mut body);
    Ok(NewInboundEvent {
        organization: session.organization,
        session: session.id,
        event_id: envelope.id.replace('\0', "\u{fffd}"),
        event: envelope.event.replace('\0', "\u{fffd}"),
        body,
    })
}

/// Postgres holds no NUL in text; people on WhatsApp may send one, and their message must not get lost for it.
fn without_nul(value: &mut serde_json::Value) {
    use serde_json::Value;
    let clean = |text: &str| text.replace('\0', "\u{fffd}");
    match value {
        Value::String(text) if text.contains('\0') => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(without_nul),
        Value::Object(fields) => {
            if fields.keys().any(|name| name.contains('\0')) {
                *fields =
                    std::mem::take(fields).into_iter().map(|(name, value)| (clean(&name), value)).collect();
            }
            fields.values_mut().for_each(without_nul);
        }
        _ => {}
    }
}
