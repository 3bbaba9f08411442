//! What can go wrong with a call, sorted by what the caller should do.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

/// A failed call.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The API was not reached, or its answer got lost: the request may have been executed.
    #[error("{operation}: no answer from the API: {}", root_cause(source))]
    NoAnswer {
        /// Operation of docs/openapi.json.
        operation: &'static str,
        /// The error of the connection.
        #[source]
        source: reqwest::Error,
    },
    /// The API refused the request.
    #[error("{operation}: {problem}")]
    Refused {
        /// Operation of docs/openapi.json.
        operation: &'static str,
        /// The reason.
        problem: Box<Problem>,
        /// How long to wait before the next try, as the API said (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// The answer is not what docs/openapi.json promises.
    #[error("{operation}: unexpected answer (status {status}): {reason}")]
    Unexpected {
        /// Operation of docs/openapi.json.
        operation: &'static str,
        /// HTTP status.
        status: u16,
        /// Error of the decoder, or the first part of the body.
        reason: String,
    },
    /// The address of the API, or a parameter, does not form a URL; or no HTTP client can be built.
    #[error("the request cannot be built: {0}")]
    Request(String),
}

/// The JSON of a problem (RFC 9457).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// The reason, for programs: a row of docs/errors.md.
    pub code: String,
    /// The same for every problem of this code.
    pub title: String,
    /// What is wrong this time.
    pub detail: String,
    /// The field it is about.
    #[serde(default)]
    pub field: Option<String>,
    /// All fields that are wrong, if there are several.
    #[serde(default)]
    pub errors: Vec<ProblemField>,
    /// Id of the request in the log of the API.
    #[serde(default)]
    pub request_id: String,
}

/// One wrong field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ProblemField {
    /// Its name.
    pub field: String,
    /// What is wrong with it.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.detail.is_empty() { &self.title } else { &self.detail };
        write!(f, "{text} ({}, status {})", self.code, self.status)?;
        self.errors.iter().try_for_each(|error| write!(f, "; {}: {}", error.field, error.detail))
    }
}

impl ApiError {
    /// The problem, if the API refused the request.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { problem, .. } => Some(problem.status),
            Self::Unexpected { status, .. } => Some(*status),
            Self::NoAnswer { .. } | Self::Request(_) => None,
        }
    }

    /// Whether the API refused the request with this code.
    pub fn is(&self, code: &str) -> bool {
        self.problem().is_some_and(|problem| problem.code == code)
    }

    /// Whether the API is away: no answer, or a gateway or the API says that it cannot work now.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::NoAnswer { .. }) || matches!(self.status(), Some(502..=504))
    }

    /// Whether the API asks to come back later, without having done anything.
    pub(crate) fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// The innermost cause says what happened; the outer ones only that a request was sent.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
