//! A tenant as its own programs see it: keys, sessions, and calls to the API.

use std::path::Path;

use anyhow::{Context, bail};
use reqwest::header;
use serde_json::{Value, json};
use url::Url;
use wahana_domain::{OrganizationId, SessionId};
use wahana_testkit::Reply;

use crate::client::Target;

/// One organization.
pub(crate) struct Account {
    pub(crate) organization: OrganizationId,
    /// Its sessions with their names at WAHA, in the order they were made.
    pub(crate) sessions: Vec<(SessionId, String)>,
    http: reqwest::Client,
    url: Url,
    keys: Vec<String>,
}

impl Account {
    /// Registers an organization with so many API keys.
    pub(crate) async fn register(
        http: &reqwest::Client,
        url: &Url,
        name: &str,
        keys: usize,
    ) -> anyhow::Result<Self> {
        let email = format!("{}@example.com", name.to_lowercase());
        let owner =
            json!({"email": email, "password": "kuda terbang tinggi", "name": name, "organization": name});
        let call = http.post(url.join("auth/register")?).json(&owner);
        let account = answer("auth/register", call).await?;
        let organization = text(&account, "organization_id")?.parse()?;
        let (http, url) = (http.clone(), url.clone());
        let keys_wanted = keys.max(1);
        let mut account = Self {
            organization,
            sessions: Vec::new(),
            http,
            url,
            keys: vec![text(&account, "access_token")?],
        };
        let scopes = json!(["messages:send", "messages:read", "campaigns:write", "campaigns:read"]);
        let mut made = Vec::new();
        for n in 0..keys_wanted {
            let body = json!({"name": format!("key {n}"), "scopes": scopes});
            made.push(text(&account.post("user/api-keys", body).await?, "key")?);
        }
        account.keys = made;
        Ok(account)
    }

    /// Where messages are posted to, over so many connections; each has a key of its own, as far as there are keys.
    pub(crate) fn targets(&self, connections: usize) -> Vec<Target> {
        let authority = self.url.authority().to_owned();
        let target = |n: usize| Target {
            authority: authority.clone(),
            path: "/api/v1/messages",
            key: self.keys[n % self.keys.len()].clone(),
        };
        (0..connections).map(target).collect()
    }

    /// The session of message `n`: one after the other.
    pub(crate) fn session_of(&self) -> impl Fn(u64) -> SessionId + Clone + Send + 'static {
        let ids = self.session_ids();
        move |n| ids[(n % ids.len() as u64) as usize]
    }

    pub(crate) fn session_ids(&self) -> Vec<SessionId> {
        self.sessions.iter().map(|(id, _)| *id).collect()
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        answer(path, self.http.get(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer())).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self.http.post(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer());
        answer(path, request.json(&body)).await
    }

    /// Uploads a list, read from its file piece by piece.
    pub(crate) async fn upload(&self, path: &str, list: &Path) -> anyhow::Result<Value> {
        let file = tokio_util::io::ReaderStream::with_capacity(tokio::fs::File::open(list).await?, 64 * 1024);
        let request = self.http.post(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer());
        answer(path, request.header(header::CONTENT_TYPE, "text/csv").body(reqwest::Body::wrap_stream(file)))
            .await
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.keys.first().map_or("", String::as_str))
    }
}

async fn answer(path: &str, request: reqwest::RequestBuilder) -> anyhow::Result<Value> {
    let Reply { status, text, body, .. } = Reply::try_to(request).await?;
    if !(200..300).contains(&status) {
        bail!("{path} answered {status}: {text}");
    }
    Ok(body)
}

pub(crate) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field].as_str().with_context(|| format!("no {field} in {value}"))?.to_owned())
}
