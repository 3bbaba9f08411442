//! Clients of the API, and what they are answered. Every answer is held against docs/openapi.json.

use std::ops::Deref;

use reqwest::{Method, Request, RequestBuilder, Response};
use serde_json::{Value, json};
use wahana_domain::access::Scope;

use crate::contract::{Contract, Exchange};
use crate::eventually;

/// A client of the API.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    credential: Option<String>,
}

impl Client {
    pub(crate) fn new(http: reqwest::Client, url: String, credential: Option<String>) -> Self {
        Self { http, url, credential }
    }

    /// A request with the credentials; `path` begins with `/`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.credential {
            Some(credential) => request.bearer_auth(credential),
            None => request,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::GET, path)).await
    }

    /// GET until the body is as wanted; returns it.
    pub async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually(&format!("{path} to be as wanted"), async || {
            let got = self.get(path).await.expect(200);
            if wanted(&got) { Ok(got) } else { Err(got) }
        })
        .await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        Reply::to(self.request(Method::POST, path).json(&body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        Reply::to(self.request(Method::PUT, path).json(&body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        Reply::to(self.request(Method::PATCH, path).json(&body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::DELETE, path)).await
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: reqwest::header::HeaderMap,
    /// Its body, if that is text.
    pub text: String,
    /// Its body, if that is JSON; else null.
    pub body: Value,
}

impl Reply {
    /// Sends the request and reads the whole answer.
    pub async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.expect("a whole answer")
    }

    /// Sends the request and hands out the answer while it is still coming, such as a stream of events.
    pub async fn stream(request: RequestBuilder) -> Response {
        let (exchange, response) = send(request).await.expect("an answer");
        Contract::committed().hold(&exchange);
        response
    }

    /// Sends a request that may get no answer, because the server is being killed; none is `Err`.
    pub async fn try_to(request: RequestBuilder) -> reqwest::Result<Self> {
        let (exchange, response) = send(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        Contract::committed().hold(&Exchange { body: Some(bytes.to_vec()), ..exchange });
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Self { status, headers, text: String::from_utf8_lossy(&bytes).into_owned(), body })
    }

    /// The body, after checking the status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// Checks that it is a problem in the one shape, with this status and code; returns its body.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        for field in ["type", "title", "detail", "instance", "request_id"] {
            assert!(
                self.body[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field} in {}",
                self.text
            );
        }
        assert_eq!(self.header("x-request-id"), self.body["request_id"].as_str().unwrap_or_default());
        self.body
    }

    /// A header as text, or "".
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// What was sent, for the contract, and the answer whose body is still to come.
async fn send(request: RequestBuilder) -> reqwest::Result<(Exchange, Response)> {
    let (client, request) = request.build_split();
    let request = request?;
    let sent = sent(&request);
    let response = client.execute(request).await?;
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    Ok((Exchange { status: response.status().as_u16(), headers, ..sent }, response))
}

fn sent(request: &Request) -> Exchange {
    let url = request.url();
    let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    Exchange {
        method: request.method().to_string(),
        path: url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
        request_type: kind.map(str::to_owned),
        request: request.body().and_then(reqwest::Body::as_bytes).map(<[u8]>::to_vec),
        ..Exchange::default()
    }
}

/// An organization and its owner's client. Dereferences to that client.
pub struct Tenant {
    /// The owner's.
    pub client: Client,
    /// The owner's address.
    pub email: String,
    /// The owner's password.
    pub password: String,
    /// `org_...`.
    pub organization_id: String,
    /// The owner's access token.
    pub token: String,
    /// The owner's refresh token.
    pub refresh_token: String,
    /// An API key that may do everything.
    pub key: String,
}

impl Deref for Tenant {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Tenant {
    pub(crate) async fn register(anonymous: &Client, name: &str) -> Self {
        let (email, password) = (format!("owner@{name}.example"), "kuda terbang tinggi".to_owned());
        let body = json!({"email": email, "password": password, "name": "Owner", "organization": name});
        anonymous.post("/api/v1/auth/register", body).await.expect(202);
        let login = json!({"email": email, "password": password});
        let made = anonymous.post("/api/v1/auth/login", login).await.expect(200);
        let text =
            |field: &str| made[field].as_str().unwrap_or_else(|| panic!("no {field} in {made}")).to_owned();
        let client = Client { credential: Some(text("access_token")), ..anonymous.clone() };
        let key = create_key(&client, Scope::ALL).await;
        Self {
            client,
            email,
            password,
            organization_id: text("organization_id"),
            token: text("access_token"),
            refresh_token: text("refresh_token"),
            key,
        }
    }

    /// A new API key with these scopes.
    pub async fn key_with(&self, scopes: &[Scope]) -> String {
        create_key(&self.client, scopes).await
    }
}

async fn create_key(client: &Client, scopes: &[Scope]) -> String {
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let made =
        client.post("/api/v1/user/api-keys", json!({"name": "test", "scopes": scopes})).await.expect(201);
    made["key"].as_str().expect("a key").to_owned()
}
