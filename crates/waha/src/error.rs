//! Errors of WAHA, classified by what the caller may do.
//!
//! WAHA answers 500 for client mistakes, engine trouble and lost answers alike (transcripts C41, C118), so
//! the class is derived from the exception inside. An error never contains the API key or the request body,
//! which WAHA echoes.

use std::time::Duration;

use serde_json::Value;
use thiserror::Error;

use crate::error_code::ErrorCode;

/// What the caller may do after a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// The same call will fail again.
    Permanent,
    /// Certainly not done; the same call may succeed later.
    Transient,
    /// The session is not WORKING; `status` is what WAHA says, `None` for an unknown or stopped session.
    NotWorking {
        /// The session's status in WAHA's words.
        status: Option<String>,
    },
    /// WhatsApp or WAHA asks for fewer calls (429, `rate-overlimit`).
    RateLimited,
    /// Error 463 or 475: WhatsApp refuses new chats of the account, or only this chat; replies are possible.
    Restricted,
    /// It may have been done. Check before you repeat it.
    Ambiguous,
    /// No connection was made: certainly not done.
    Unreachable,
}

/// A failed call to WAHA.
#[derive(Clone, Debug, Error)]
#[error("waha: {code}: {message}")]
pub struct WahaError {
    /// What the caller may do.
    pub class: Class,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// A stable word for logs, metrics and stored attempts.
    pub code: ErrorCode,
    /// WAHA's message, shortened. For people.
    pub message: String,
    /// How long WAHA asks us to wait, if it says (`Retry-After`).
    pub retry_after: Option<Duration>,
}

/// WAHA's message is cut to this number of characters.
const MESSAGE_LIMIT: usize = 300;

impl WahaError {
    pub(crate) fn new(class: Class, status: Option<u16>, code: ErrorCode, message: &str) -> Self {
        Self {
            class,
            status,
            code,
            message: message.chars().take(MESSAGE_LIMIT).collect(),
            retry_after: None,
        }
    }

    /// An invalid call that was not sent.
    pub(crate) fn invalid(message: &str) -> Self {
        Self::new(Class::Permanent, None, ErrorCode::InvalidRequest, message)
    }

    /// An unexpected answer. `reads` is true for calls that change nothing.
    pub(crate) fn bad_answer(status: u16, reads: bool, message: &str) -> Self {
        Self::new(lost(reads), Some(status), ErrorCode::BadAnswer, message)
    }

    /// An answer larger than the limit of the call.
    pub(crate) fn too_large(status: u16, most: usize) -> Self {
        Self::new(
            Class::Permanent,
            Some(status),
            ErrorCode::AnswerTooLarge,
            &format!("more than {most} bytes"),
        )
    }

    /// No complete answer came.
    pub(crate) fn from_transport(error: &reqwest::Error, reads: bool) -> Self {
        let status = error.status().map(|status| status.as_u16());
        if error.is_builder() {
            Self::new(Class::Permanent, None, ErrorCode::InvalidRequest, "the request could not be built")
        } else if error.is_connect() {
            Self::new(Class::Unreachable, None, ErrorCode::Unreachable, "no connection to the node")
        } else if error.is_timeout() {
            Self::new(lost(reads), status, ErrorCode::Timeout, "no answer in time")
        } else {
            Self::new(
                lost(reads),
                status,
                ErrorCode::ConnectionLost,
                "the connection was cut before the answer was complete",
            )
        }
    }

    /// An answer that is not 2xx. Shapes A to F of docs/waha.md section 2.
    pub(crate) fn from_answer(status: u16, body: &[u8], reads: bool) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let (class, code) = match status {
            401 => (Class::Permanent, ErrorCode::Unauthorized),
            403 => (Class::Permanent, ErrorCode::Forbidden),
            404 => not_found(&body),
            408 | 502 | 504 => (lost(reads), ErrorCode::Gateway),
            413 => (Class::Permanent, ErrorCode::PayloadTooLarge),
            422 => unprocessable(&body),
            429 => (Class::RateLimited, ErrorCode::RateLimited),
            501 => (Class::Permanent, ErrorCode::NotImplemented),
            503 => (Class::Transient, ErrorCode::Unavailable),
            500.. => exception(&body, reads),
            _ => (Class::Permanent, ErrorCode::InvalidRequest),
        };
        Self::new(class, Some(status), code, &words(&body))
    }
}

/// The class of a call whose outcome is unknown.
fn lost(reads: bool) -> Class {
    if reads { Class::Transient } else { Class::Ambiguous }
}

/// WAHA's message, from where the body shape has it.
fn words(body: &Value) -> String {
    let text = [&body["exception"]["message"], &body["message"], &body["error"], &body["error"]["message"]]
        .into_iter()
        .find_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Array(parts) => {
                Some(parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
            }
            _ => None,
        });
    text.unwrap_or_else(|| "no reason given".to_owned())
}

/// `/me`, `request-code` and `screenshot` answer 404 for a session that is not running (transcript C21).
fn not_found(body: &Value) -> (Class, ErrorCode) {
    match body["message"].as_str() {
        Some(text) if text.starts_with("We didn't find a session") => {
            (Class::NotWorking { status: None }, ErrorCode::SessionNotRunning)
        }
        Some("Session not found") => (Class::Permanent, ErrorCode::SessionNotFound),
        _ => (Class::Permanent, ErrorCode::NotFound),
    }
}

/// 422 is the session gate (shape D, no `message`; transcripts C12, C20, C33) or a refusal (shape C).
fn unprocessable(body: &Value) -> (Class, ErrorCode) {
    const NOT_WORKING: ErrorCode = ErrorCode::SessionNotWorking;
    let status = |text: &str| Class::NotWorking { status: Some(text.to_owned()) };
    if body["session"].is_string() && body["message"].is_null() {
        let class = body["status"].as_str().map_or(Class::NotWorking { status: None }, status);
        return (class, NOT_WORKING);
    }
    let text = body["message"].as_str().unwrap_or_default();
    if let Some((_, current)) = text.split_once("The current status is ") {
        return (status(current), NOT_WORKING);
    }
    if text.starts_with("The session is starting") {
        return (status("STARTING"), NOT_WORKING);
    }
    if text.contains("already exists") {
        return (Class::Permanent, ErrorCode::AlreadyExists);
    }
    (Class::Permanent, ErrorCode::Refused)
}

/// A 500: the exception inside decides (transcripts C41, C46, C118, D6; docs/waha.md section 10).
fn exception(body: &Value, reads: bool) -> (Class, ErrorCode) {
    let exception = &body["exception"];
    let name = exception["name"].as_str().unwrap_or_default();
    let code = exception["code"].as_str().unwrap_or_default();
    let text = exception["message"].as_str().unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    let has = |needle: &str| lower.contains(needle);

    if name == "TypeError" || has("message id be in format") {
        (Class::Permanent, ErrorCode::InvalidRequest)
    } else if name == "PayloadTooLargeError" {
        (Class::Permanent, ErrorCode::PayloadTooLarge)
    } else if has("error 463") {
        (Class::Restricted, ErrorCode::Restricted)
    } else if has("error 475") {
        (Class::Restricted, ErrorCode::MessageCapping)
    } else if has("rate-overlimit") || has("429") || exception["status"] == 429 {
        (Class::RateLimited, ErrorCode::RateLimited)
    } else if has("timed out waiting for message send response") {
        (lost(reads), ErrorCode::SendTimeout)
    } else if has("async-lock timed out") {
        (Class::Transient, ErrorCode::LifecycleLock)
    } else if has("connection closed") {
        (Class::Transient, ErrorCode::ConnectionClosed)
    } else if code == "ECONNREFUSED" || has("econnrefused") {
        (Class::Transient, ErrorCode::EngineUnreachable)
    } else if has("timed out") {
        (lost(reads), ErrorCode::SendTimeout)
    } else {
        (lost(reads), ErrorCode::EngineError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(status: u16, body: &Value) -> WahaError {
        WahaError::from_answer(status, body.to_string().as_bytes(), false)
    }

    fn engine(name: &str, message: &str) -> WahaError {
        let body = json!({"statusCode": 500, "exception": {"name": name, "message": message, "stack": "..."},
            "request": {"path": "/api/sendText", "body": {"text": "the secret text"}}});
        of(500, &body)
    }

    #[test]
    fn every_500_is_read_from_its_exception() {
        let cases = [
            ("TypeError", "text.match is not a function", Class::Permanent),
            ("Error", "Connection Closed", Class::Transient),
            ("Error", "async-lock timed out in queue s1", Class::Transient),
            ("Error", "timed out waiting for message send response", Class::Ambiguous),
            ("Error", "Timed Out", Class::Ambiguous),
            ("Error", "2 UNKNOWN: server returned error 463", Class::Restricted),
            ("Error", "2 UNKNOWN: server returned error 475", Class::Restricted),
            ("Error", "rate-overlimit", Class::RateLimited),
            ("PayloadTooLargeError", "request entity too large", Class::Permanent),
            ("Error", "something new", Class::Ambiguous),
        ];
        for (name, message, class) in cases {
            assert_eq!(engine(name, message).class, class, "{name}: {message}");
        }
    }

    #[test]
    fn the_echoed_body_is_not_kept() {
        let error = engine("Error", "Connection Closed");
        assert_eq!(error.message, "Connection Closed");
        assert!(!format!("{error:?} {error}").contains("secret text"));
    }

    #[test]
    fn the_session_gate_tells_the_status() {
        let gate =
            of(422, &json!({"error": "...", "session": "s", "status": "FAILED", "expected": ["WORKING"]}));
        assert_eq!(gate.class, Class::NotWorking { status: Some("FAILED".into()) });
        let unknown = of(422, &json!({"error": "Session \"s\" does not exist", "session": "s"}));
        assert_eq!(unknown.class, Class::NotWorking { status: None });
        let text = "Can request code only in SCAN_QR_CODE status. The current status is WORKING";
        let code = of(422, &json!({"message": text, "error": "Unprocessable Entity", "statusCode": 422}));
        assert_eq!(code.class, Class::NotWorking { status: Some("WORKING".into()) });
        let refused = of(422, &json!({"message": "Message with id 'x' not found", "statusCode": 422}));
        assert_eq!(refused.class, Class::Permanent);
    }

    #[test]
    fn an_unknown_500_of_a_read_is_only_transient() {
        let error = WahaError::from_answer(500, b"<html>", true);
        assert_eq!((error.class, error.code), (Class::Transient, ErrorCode::EngineError));
    }
}
