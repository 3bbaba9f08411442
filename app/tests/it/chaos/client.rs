//! A customer's program: it tries again when the API does not answer, as a customer's program should.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use wahana_testkit::Reply;
use wahana_testkit::eventually;

/// A logged-in client.
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    /// Waits for the API, signs an organization up and logs in.
    pub(crate) async fn register(url: String) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().expect("a client");
        let mut client = Self { http, url, token: String::new() };
        client.until("/readyz", |_| true).await;
        let body = json!({"email": "owner@chaos.example", "password": "kuda terbang tinggi", "name": "Owner", "organization": "Chaos"});
        client.post("/api/v1/auth/register", body.clone()).await;
        let login = json!({"email": body["email"], "password": body["password"]});
        let made = client.post("/api/v1/auth/login", login).await;
        client.token = made["access_token"].as_str().expect("a token").to_owned();
        client
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.until(path, |_| true).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        answer(self.request(Method::POST, path).json(&body))
            .await
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Value {
        answer(self.request(Method::PATCH, path).json(&body))
            .await
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) async fn delete(&self, path: &str) {
        answer(self.request(Method::DELETE, path)).await.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    pub(crate) async fn upload(&self, path: &str, csv: String) -> Value {
        let request = self.request(Method::POST, path).header("content-type", "text/csv").body(csv);
        answer(request).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Reads until the answer is as wanted.
    pub(crate) async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually(&format!("{path} to be as wanted"), async || {
            match answer(self.request(Method::GET, path)).await {
                Ok(value) if wanted(&value) => Ok(value),
                other => Err(other),
            }
        })
        .await
    }

    /// A request of this customer.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }
}

/// The JSON of a good answer; null if it has none.
async fn answer(request: RequestBuilder) -> Result<Value, String> {
    let reply = Reply::try_to(request).await.map_err(|error| error.to_string())?;
    if !(200..300).contains(&reply.status) {
        return Err(format!("{}: {}", reply.status, reply.text));
    }
    Ok(reply.body)
}
