//! A customer's program: it repeats what got no answer, under the same idempotency key, until it knows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;

/// How long one request may take before it counts as lost.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(150);
/// How long the API may be away before we call it gone.
const PATIENCE: Duration = Duration::from_secs(90);

/// A logged-in customer.
#[derive(Clone)]
pub(super) struct Customer {
    http: reqwest::Client,
    url: String,
    key: String,
    repeats: Arc<AtomicU64>,
}

impl Customer {
    /// Signs an organization up, before anything goes wrong.
    pub(super) async fn register(url: String, name: &str) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(ANSWER_WITHIN).build()?;
        let mut customer =
            Self { http, url: format!("{url}/api/v1/"), key: String::new(), repeats: Arc::default() };
        let body = json!({"email": format!("owner@{name}.example"), "password": "kuda terbang tinggi", "name": "Owner", "organization": name});
        let account = customer.post("auth/register", body).await?;
        customer.key = format!("Bearer {}", account["access_token"].as_str().context("a token")?);
        let scopes = json!([
            "messages:send",
            "messages:read",
            "campaigns:write",
            "campaigns:read",
            "sessions:write",
            "sessions:read",
            "contacts:write",
            "contacts:read"
        ]);
        let key = customer.post("user/api-keys", json!({"name": "chaos", "scopes": scopes})).await?;
        customer.key = format!("Bearer {}", key["key"].as_str().context("a key")?);
        Ok(customer)
    }

    /// How often a request was made again because its answer was lost or asked for patience.
    pub(super) fn repeats(&self) -> u64 {
        self.repeats.load(Ordering::Relaxed)
    }

    /// Asks once.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if !self.key.is_empty() {
            request = request.header("authorization", &self.key);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    /// Asks until there is an answer that is not "later".
    async fn until_answered(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let started = Instant::now();
        loop {
            match self.ask(method.clone(), path, body, key).await {
                Ok((status, answer)) if !status.is_server_error() => return Ok((status, answer)),
                Ok((status, answer)) if status == StatusCode::INTERNAL_SERVER_ERROR => {
                    bail!("{method} {path} answered 500: {answer}")
                }
                other if started.elapsed() > PATIENCE => bail!("{method} {path} got no answer: {other:?}"),
                _ => {}
            }
            self.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        }
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        good(path, self.until_answered(Method::GET, path, None, None).await?)
    }

    /// For what is asked for in quiet times only.
    pub(super) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        good(path, self.until_answered(Method::POST, path, Some(&body), None).await?)
    }

    /// The same under a key, so that it may be repeated at any time.
    pub(super) async fn post_once(&self, path: &str, key: &str, body: &Value) -> anyhow::Result<Value> {
        good(path, self.until_answered(Method::POST, path, Some(body), Some(key)).await?)
    }

    /// A command whose answer may get lost: being there already is as good.
    pub(super) async fn command(&self, path: &str) -> anyhow::Result<()> {
        let answer = self.until_answered(Method::POST, path, Some(&json!({})), None).await?;
        if answer.0 == StatusCode::CONFLICT {
            return Ok(());
        }
        good(path, answer).map(drop)
    }

    pub(super) async fn upload(&self, path: &str, csv: String) -> anyhow::Result<Value> {
        let request = self.http.post(format!("{}{path}", self.url)).header("authorization", &self.key);
        let request = request.header("content-type", "text/csv").timeout(Duration::from_secs(120)).body(csv);
        let answer = request.send().await?;
        let status = answer.status();
        good(path, (status, answer.json().await?))
    }
}

fn good(path: &str, (status, answer): (StatusCode, Value)) -> anyhow::Result<Value> {
    if !status.is_success() {
        bail!("{path} answered {status}: {answer}");
    }
    Ok(answer)
}
