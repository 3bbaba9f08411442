//! How a request reaches the API: address, credentials, idempotency key, retries, and the decoding of the answer.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use bytes::Bytes;
use reqwest::{Response, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{ApiError, Problem};
use crate::operation::Operation;

/// Longest part of an answer that an error quotes, in characters.
const MAX_QUOTE: usize = 500;

/// The credentials of the caller.
#[derive(Clone, Debug, Default)]
pub enum Credentials {
    /// Nobody yet: for logins and the public operations.
    #[default]
    None,
    /// An access token of a login.
    Token(SecretString),
    /// An API key.
    ApiKey(SecretString),
}

/// How long a call is tried again. Only what cannot be done twice is tried again: everything after `429`; reads, and
/// requests with an idempotency key, also after `502` to `504` and lost answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retries {
    /// Never.
    Off,
    /// Up to this long, with growing pauses, or as long as `Retry-After` says.
    Within(Duration),
}

/// A client of the API; cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    root: Url,
    credentials: Credentials,
    retries: Retries,
}

/// What is sent.
pub(crate) enum Body {
    Empty,
    Json(Bytes),
    /// A list of people. A stream cannot be sent again.
    Csv(reqwest::Body),
}

impl Body {
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, ApiError> {
        let bytes = serde_json::to_vec(value).map_err(|error| ApiError::Request(error.to_string()))?;
        Ok(Self::Json(bytes.into()))
    }
}

/// One call, ready to be sent.
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation,
    /// Values of the path's parameters, in their order.
    pub(crate) path: &'a [&'a (dyn std::fmt::Display + Sync)],
    pub(crate) query: &'a [(&'a str, String)],
    pub(crate) idempotency_key: Option<&'a str>,
    pub(crate) body: Body,
}

impl<'a> Call<'a> {
    pub(crate) fn of(operation: Operation, path: &'a [&'a (dyn std::fmt::Display + Sync)]) -> Self {
        Self { operation, path, query: &[], idempotency_key: None, body: Body::Empty }
    }

    /// Whether the request may be sent again although it may have been executed.
    fn is_repeatable(&self) -> bool {
        self.operation.is_idempotent() || self.idempotency_key.is_some()
    }
}

impl Client {
    /// A client of the API at `root`, such as `http://127.0.0.1:8700`, which waits this long for an answer.
    ///
    /// # Errors
    /// `root` is no base of a URL, or TLS is not available.
    pub fn new(root: Url, timeout: Duration) -> Result<Self, ApiError> {
        if root.cannot_be_a_base() {
            return Err(ApiError::Request(format!("{root} is no address of an API")));
        }
        let http = reqwest::Client::builder().timeout(timeout).build();
        let http = http.map_err(|error| ApiError::Request(error.to_string()))?;
        Ok(Self { http, root, credentials: Credentials::None, retries: Retries::Off })
    }

    /// The same client with these credentials.
    #[must_use]
    pub fn with(self, credentials: Credentials) -> Self {
        Self { credentials, ..self }
    }

    /// The same client, which tries again for this long.
    #[must_use]
    pub fn retrying(self, retries: Retries) -> Self {
        Self { retries, ..self }
    }

    /// Address of the installation.
    pub const fn root(&self) -> &Url {
        &self.root
    }

    /// Sends a call and decodes its answer.
    pub(crate) async fn send<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, ApiError> {
        let operation = call.operation.name;
        let (status, bytes) = self.send_raw(call).await?;
        serde_json::from_slice(&bytes).map_err(|error| ApiError::Unexpected {
            operation,
            status: status.as_u16(),
            reason: error.to_string(),
        })
    }

    /// Sends a call; the status and the bytes of a good answer.
    pub(crate) async fn send_raw(&self, mut call: Call<'_>) -> Result<(StatusCode, Bytes), ApiError> {
        let url = self.url(&call)?;
        let body = match std::mem::replace(&mut call.body, Body::Empty) {
            Body::Csv(stream) => {
                let request = self.request(&call, url).header(header::CONTENT_TYPE, "text/csv").body(stream);
                return answer(call.operation.name, request).await;
            }
            Body::Empty => None,
            Body::Json(bytes) => Some(bytes),
        };
        let attempt = || {
            let mut request = self.request(&call, url.clone());
            if let Some(bytes) = &body {
                request = request.header(header::CONTENT_TYPE, "application/json").body(bytes.clone());
            }
            answer(call.operation.name, request)
        };
        let Retries::Within(limit) = self.retries else { return attempt().await };
        let repeatable = call.is_repeatable();
        let pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(100))
            .with_max_delay(Duration::from_secs(5))
            .with_total_delay(Some(limit))
            .without_max_times()
            .with_jitter();
        attempt
            .retry(pauses)
            .when(|error| error.is_rate_limited() || repeatable && error.is_unavailable())
            .adjust(|error, pause| pause.map(|pause| error.retry_after().unwrap_or(pause)))
            .await
    }

    fn request(&self, call: &Call<'_>, url: Url) -> reqwest::RequestBuilder {
        let mut request = self.http.request(call.operation.method.clone(), url);
        request = match &self.credentials {
            Credentials::None => request,
            Credentials::Token(token) => request.bearer_auth(token.expose_secret()),
            Credentials::ApiKey(key) => request.header("x-api-key", key.expose_secret()),
        };
        match call.idempotency_key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        }
    }

    fn url(&self, call: &Call<'_>) -> Result<Url, ApiError> {
        let mut url = self.root.clone();
        let mut values = call.path.iter();
        {
            let mut segments =
                url.path_segments_mut().map_err(|()| ApiError::Request("no base of a URL".to_owned()))?;
            segments.pop_if_empty();
            for part in call.operation.path.split('/').filter(|part| !part.is_empty()) {
                match part.starts_with('{').then(|| values.next()) {
                    None => segments.push(part),
                    Some(Some(value)) => segments.push(&value.to_string()),
                    Some(None) => return Err(ApiError::Request(format!("{part} has no value"))),
                };
            }
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        Ok(url)
    }
}

async fn answer(
    operation: &'static str,
    request: reqwest::RequestBuilder,
) -> Result<(StatusCode, Bytes), ApiError> {
    let lost = |source: reqwest::Error| ApiError::NoAnswer { operation, source: source.without_url() };
    let response = request.send().await.map_err(lost)?;
    let (status, retry_after) = (response.status(), retry_after(&response));
    let bytes = response.bytes().await.map_err(lost)?;
    if status.is_success() {
        return Ok((status, bytes));
    }
    match serde_json::from_slice::<Problem>(&bytes) {
        Ok(problem) => Err(ApiError::Refused { operation, problem: Box::new(problem), retry_after }),
        // A proxy in front of the API answers with a page of its own.
        Err(_) => {
            let reason = String::from_utf8_lossy(&bytes).chars().take(MAX_QUOTE).collect();
            Err(ApiError::Unexpected { operation, status: status.as_u16(), reason })
        }
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
