//! WAHA's answers: the six body shapes of errors (docs/waha.md section 2), and successes.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Marks a response that must not be sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut;

/// A route's answer.
pub(crate) type Answer = Result<Response, Refusal>;

/// Anything but success.
pub(crate) struct Refusal(Box<Response>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl Refusal {
    pub(crate) fn json(status: StatusCode, body: Value) -> Self {
        Self(Box::new((status, Json(body)).into_response()))
    }

    /// Shape A.
    pub(crate) fn unauthorized() -> Self {
        Self::json(StatusCode::UNAUTHORIZED, json!({ "message": "Unauthorized", "statusCode": 401 }))
    }

    /// Shape B: the body or a parameter is wrong.
    pub(crate) fn bad_request(message: impl Into<Value>) -> Self {
        Self::named(StatusCode::BAD_REQUEST, "Bad Request", message)
    }

    /// Shape C.
    pub(crate) fn not_found(message: impl Into<Value>) -> Self {
        Self::named(StatusCode::NOT_FOUND, "Not Found", message)
    }

    /// Shape C.
    pub(crate) fn unprocessable(message: impl Into<Value>) -> Self {
        Self::named(StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Entity", message)
    }

    /// Shape C.
    pub(crate) fn not_implemented(engine: &str) -> Self {
        let message = format!(
            "The method is not implemented by '{engine}' engine. Check the docs and try another engine: https://waha.devlike.pro/"
        );
        Self::named(StatusCode::NOT_IMPLEMENTED, "Not Implemented", message)
    }

    /// Before 2026.6.1 (transcript C51).
    pub(crate) fn plus_only(engine: &str) -> Self {
        Self::unprocessable(format!(
            "The feature is available only in Plus version for '{engine}' engine. Check this out: https://waha.devlike.pro/"
        ))
    }

    /// The connection is cut without an answer.
    pub(crate) fn cut() -> Self {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Cut);
        Self(Box::new(response))
    }

    fn named(status: StatusCode, error: &str, message: impl Into<Value>) -> Self {
        let body = json!({ "message": message.into(), "error": error, "statusCode": status.as_u16() });
        Self::json(status, body)
    }
}

pub(crate) fn ok(body: Value) -> Answer {
    Ok(Json(body).into_response())
}

pub(crate) fn created(body: Value) -> Answer {
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// 200 with an empty body (docs/waha.md 0.12).
pub(crate) fn empty() -> Answer {
    Ok(StatusCode::OK.into_response())
}

/// 201 with an empty body.
pub(crate) fn created_empty() -> Answer {
    Ok(StatusCode::CREATED.into_response())
}

/// `text/html`, as the group invite code is.
pub(crate) fn html(text: &str) -> Answer {
    Ok(axum::response::Html(text.to_owned()).into_response())
}
