//! A small client of our own public API, as a customer would write it.

use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{Response, header};
use serde_json::{Value, json};
use tokio::time::Instant;
use url::Url;

/// A logged-in client.
pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    token: std::sync::OnceLock<String>,
}

/// Who was registered.
pub(super) struct Account {
    pub(super) organization: String,
    pub(super) email: &'static str,
    pub(super) password: String,
}

impl Client {
    pub(super) fn new(url: Url) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(900)).build()?;
        Ok(Self { http, base: url.join("api/v1/")?, token: std::sync::OnceLock::new() })
    }

    /// Makes an account and logs in.
    pub(super) async fn register(&self) -> anyhow::Result<Account> {
        let account = Account {
            organization: "Toko Demo".into(),
            email: "demo@example.com",
            password: format!("demo-{:016x}", rand::random::<u64>()),
        };
        let body = json!({"email": account.email, "password": account.password, "name": "Demo", "organization": account.organization});
        let answer = self.post("auth/register", body).await?;
        let token = answer["access_token"].as_str().context("no access token in the answer")?;
        let _ = self.token.set(token.to_owned());
        Ok(account)
    }

    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&self.get_text(path).await?)?)
    }

    pub(super) async fn get_text(&self, path: &str) -> anyhow::Result<String> {
        let request = self.authorized(self.http.get(self.base.join(path)?));
        text(path, request.send().await?).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self
            .authorized(self.http.post(self.base.join(path)?))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let text = text(path, request.send().await?).await?;
        Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
    }

    /// Uploads the people of a campaign.
    pub(super) async fn import(&self, campaign: &str, csv: Vec<u8>) -> anyhow::Result<Value> {
        let path = format!("campaigns/{campaign}/recipients");
        let request = self
            .authorized(self.http.post(self.base.join(&path)?))
            .header(header::CONTENT_TYPE, "text/csv")
            .body(csv);
        Ok(serde_json::from_str(&text(&path, request.send().await?).await?)?)
    }

    /// Asks again and again until the answer is as wanted.
    pub(super) async fn wait(
        &self,
        path: &str,
        patience: Duration,
        wanted: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let started = Instant::now();
        loop {
            let answer = self.get(path).await?;
            if wanted(&answer) {
                return Ok(answer);
            }
            if started.elapsed() > patience {
                bail!("{path} is not as expected after {} s: {answer}", patience.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn authorized(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match self.token.get() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

async fn text(path: &str, response: Response) -> anyhow::Result<String> {
    let status = response.status();
    let text = response.text().await?;
    if !status.is_success() {
        bail!("{path} answered {status}: {text}");
    }
    Ok(text)
}
