//! HTTP calls: key, timeout, metrics, and the conversion of every failure to a [`WahaError`].
//!
//! It must never log a body or the key, never follow a redirect, and never retry.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Method,
    header::{HeaderMap, HeaderValue},
    redirect,
};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracing::{Instrument, field};
use url::Url;

use crate::{Class, Node, Options, WahaError};

/// A client of one node. Clones share its connection pool.
#[derive(Clone, Debug)]
pub struct WahaClient {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    node: Node,
    options: Options,
    http: reqwest::Client,
}

/// One call, before it is sent.
pub(crate) struct Call<'a> {
    /// Its name in metrics.
    op: &'static str,
    method: Method,
    path: Vec<&'a str>,
    query: Vec<(&'static str, String)>,
    body: Option<Value>,
    accept_json: bool,
    timeout: Option<Duration>,
    most: usize,
}

/// Default limit of the size of an answer; lists of chats are large.
const MAX_BYTES: usize = 64 * 1024 * 1024;

impl<'a> Call<'a> {
    pub(crate) fn new(op: &'static str, method: Method, path: &[&'a str]) -> Self {
        let path = path.to_vec();
        Self {
            op,
            method,
            path,
            query: Vec::new(),
            body: None,
            accept_json: true,
            timeout: None,
            most: MAX_BYTES,
        }
    }

    pub(crate) fn get(op: &'static str, path: &[&'a str]) -> Self {
        Self::new(op, Method::GET, path)
    }

    pub(crate) fn post(op: &'static str, path: &[&'a str], body: Value) -> Self {
        let mut call = Self::new(op, Method::POST, path);
        call.body = Some(body);
        call
    }

    pub(crate) fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Ask for bytes: WAHA's QR is JSON only when `Accept` is exactly `application/json` (transcripts C25 to
    /// C27).
    pub(crate) fn bytes(mut self) -> Self {
        self.accept_json = false;
        self
    }

    pub(crate) fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A larger answer is an error.
    pub(crate) fn at_most(mut self, bytes: usize) -> Self {
        self.most = bytes;
        self
    }

    fn reads(&self) -> bool {
        self.method == Method::GET
    }
}

impl WahaClient {
    /// A client with its own connection pool.
    ///
    /// # Errors
    /// Permanent, when the HTTP client cannot be built.
    pub fn new(node: Node, options: Options) -> Result<Self, WahaError> {
        // Err means that the process already installed a provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .tcp_nodelay(true);
        if node.base_url.scheme() == "http" {
            // A node without TLS needs no certificate store on the machine.
            builder = builder.tls_certs_only([]);
        }
        let http = builder.build().map_err(|_| WahaError::invalid("the HTTP client could not be built"))?;
        Ok(Self { inner: Arc::new(Inner { node, options, http }) })
    }

    /// The node this client speaks to.
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.inner.node
    }

    pub(crate) fn options(&self) -> Options {
        self.inner.options
    }

    /// A call whose answer is JSON of this type.
    pub(crate) async fn json<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, WahaError> {
        let reads = call.reads();
        let (status, body) = self.answer(call).await?;
        serde_json::from_slice(&body)
            .map_err(|error| WahaError::bad_answer(status, reads, &format!("unexpected answer: {error}")))
    }

    /// A call whose answer is JSON or empty (WAHA's empty 200 and 201; docs/waha.md 0.12).
    pub(crate) async fn json_or_empty<T: DeserializeOwned>(
        &self,
        call: Call<'_>,
    ) -> Result<Option<T>, WahaError> {
        let reads = call.reads();
        let (status, body) = self.answer(call).await?;
        if body.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&body)
            .map(Some)
            .map_err(|error| WahaError::bad_answer(status, reads, &format!("unexpected answer: {error}")))
    }

    /// A call whose answer is ignored.
    pub(crate) async fn done(&self, call: Call<'_>) -> Result<(), WahaError> {
        self.answer(call).await.map(drop)
    }

    /// A call whose answer is bytes.
    pub(crate) async fn body(&self, call: Call<'_>) -> Result<Bytes, WahaError> {
        Ok(self.answer(call).await?.1)
    }

    async fn answer(&self, call: Call<'_>) -> Result<(u16, Bytes), WahaError> {
        let op = call.op;
        let start = Instant::now();
        // Neither path nor body: they identify people.
        let span = tracing::info_span!(
            "waha",
            otel.kind = "client",
            otel.name = format!("waha {op}"),
            http.request.method = call.method.as_str(),
            node.id = self.inner.node.id,
            waha.outcome = field::Empty,
            http.response.status_code = field::Empty,
            otel.status_code = field::Empty,
        );
        let answer = self.exchange(call).instrument(span.clone()).await;
        let outcome = answer.as_ref().map_or_else(|error| outcome(&error.class), |_| "ok");
        span.record("waha.outcome", outcome);
        match &answer {
            Ok((status, _)) => drop(span.record("http.response.status_code", status)),
            Err(error) => drop(
                span.record("http.response.status_code", error.status).record("otel.status_code", "ERROR"),
            ),
        }
        let node = self.inner.node.id.clone();
        metrics::histogram!("waha_request_seconds", "node" => node, "op" => op, "outcome" => outcome)
            .record(start.elapsed().as_secs_f64());
        if let Err(error) = &answer {
            tracing::debug!(node.id = %self.inner.node.id, waha.operation = op, error.type = error.code.as_str(), http.response.status_code = error.status, "waha call failed");
        }
        answer
    }

    async fn exchange(&self, call: Call<'_>) -> Result<(u16, Bytes), WahaError> {
        let (reads, most) = (call.reads(), call.most);
        let lost = |error: reqwest::Error| WahaError::from_transport(&error, reads);
        let mut response = self.request(call)?.send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers());
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > most {
                return Err(WahaError::too_large(status, most));
            }
            body.extend_from_slice(&chunk);
        }
        let body = body.freeze();
        if (200..300).contains(&status) {
            Ok((status, body))
        } else {
            Err(WahaError { retry_after, ..WahaError::from_answer(status, &body, reads) })
        }
    }

    fn request(&self, call: Call<'_>) -> Result<reqwest::RequestBuilder, WahaError> {
        let mut key = HeaderValue::from_str(self.inner.node.api_key.expose_secret())
            .map_err(|_| WahaError::invalid("the node's API key is not a header value"))?;
        key.set_sensitive(true);
        let mut request =
            self.inner.http.request(call.method, self.url(&call.path)?).header("x-api-key", key);
        if call.accept_json {
            request = request.header("accept", "application/json");
        }
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        if let Some(timeout) = call.timeout {
            request = request.timeout(timeout);
        }
        Ok(request)
    }

    fn url(&self, path: &[&str]) -> Result<Url, WahaError> {
        let mut url = self.inner.node.base_url.clone();
        url.path_segments_mut()
            .map_err(|()| WahaError::invalid("the node's address is not an HTTP address"))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }
}

/// Seconds to wait. The date form is not used by WAHA or proxies in front of it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The class as a metrics label.
fn outcome(class: &Class) -> &'static str {
    match class {
        Class::Permanent => "permanent",
        Class::Transient => "transient",
        Class::NotWorking { .. } => "not_working",
        Class::RateLimited => "rate_limited",
        Class::Restricted => "restricted",
        Class::Ambiguous => "ambiguous",
        Class::Unreachable => "unreachable",
    }
}
