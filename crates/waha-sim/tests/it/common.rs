//! Shared by the tests: a fast simulator, a plain HTTP client for it, a receiver of webhooks, and waiting.

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use bytes::Bytes;
use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha::{Node, Options, WahaClient};
use wahana_waha_sim::{PhoneRule, Phones, SimConfig, SimHandle, SimServer, Version};

pub(crate) const KEY: &str = "yoursecretkey0001";
pub(crate) const PHONE: &str = "12132132130";

/// Fifty times faster than real, with numbers that read everything and never answer.
pub(crate) fn config() -> SimConfig {
    SimConfig {
        api_key: Some(KEY.into()),
        time_scale: 0.02,
        webhook_retry_scale: 0.02,
        phones: quiet_phones(),
        ..SimConfig::default()
    }
}

pub(crate) fn quiet_phones() -> Phones {
    Phones {
        unknown: 0.0,
        slow: 0.0,
        off: 0.0,
        never: 0.0,
        read: 1.0,
        reply: 0.0,
        lid: 0.0,
        server_ms: [0, 10],
        device_ms: [0, 50],
        read_ms: [0, 100],
        reply_ms: [0, 50],
        ..Phones::default()
    }
}

pub(crate) fn rule(number: &str) -> PhoneRule {
    PhoneRule { number: number.into(), ..PhoneRule::default() }
}

pub(crate) fn old() -> SimConfig {
    SimConfig { version: Version::V2026_4, media: false, ..config() }
}

pub(crate) async fn start(config: SimConfig) -> SimHandle {
    SimServer::start(config).await.expect("the simulator starts")
}

pub(crate) fn client(sim: &SimHandle) -> WahaClient {
    client_with(sim, Options::default())
}

pub(crate) fn client_with(sim: &SimHandle, options: Options) -> WahaClient {
    let node = Node { id: "n1".into(), base_url: sim.base_url(), api_key: KEY.into() };
    WahaClient::new(node, options).expect("a client")
}

/// A plain HTTP client, for calls that the typed one does not have.
pub(crate) fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client")
}

pub(crate) async fn get(sim: &SimHandle, path: &str) -> Value {
    let request = http().get(format!("{}{path}", sim.url())).header("x-api-key", KEY);
    request.send().await.expect("an answer").json().await.expect("JSON")
}

pub(crate) async fn call(sim: &SimHandle, method: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let method = method.parse().expect("a method");
    let request = http().request(method, format!("{}{path}", sim.url())).header("x-api-key", KEY).json(body);
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    let bytes = answer.bytes().await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

pub(crate) async fn until_status(sim: &SimHandle, session: &str, status: &str) {
    let path = format!("/api/sessions/{session}");
    eventually(&format!("{session} to be {status}"), async || {
        let now = get(sim, &path).await;
        if now["status"] == status { Ok(()) } else { Err(now) }
    })
    .await;
}

/// A WORKING session with these webhooks.
pub(crate) async fn working(sim: &SimHandle, session: &str, webhooks: Value) {
    let body = json!({ "name": session, "start": true, "config": {
        "metadata": { "tenant.id": "t-42" }, "webhooks": webhooks } });
    assert_eq!(call(sim, "POST", "/api/sessions", &body).await.0, StatusCode::CREATED);
    until_status(sim, session, "SCAN_QR_CODE").await;
    assert!(sim.scan(session, PHONE, "Tester"));
    until_status(sim, session, "WORKING").await;
}

/// One received webhook.
#[derive(Clone)]
pub(crate) struct Hook {
    pub(crate) headers: HeaderMap,
    pub(crate) raw: Bytes,
    pub(crate) body: Value,
}

/// How many are still refused, and what has come.
type Received = Arc<Mutex<(usize, Vec<Hook>)>>;

/// A receiver that refuses the first few.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    state: Received,
}

impl Receiver {
    pub(crate) async fn start(refuse: usize) -> Self {
        let state = Arc::new(Mutex::new((refuse, Vec::new())));
        let router = Router::new().route("/hook", post(take)).with_state(Arc::clone(&state));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, state }
    }

    pub(crate) fn webhooks(&self, events: &[&str]) -> Value {
        json!([{ "url": self.url, "events": events, "hmac": { "key": "s3cret" } }])
    }

    pub(crate) fn all(&self) -> Vec<Hook> {
        self.state.lock().expect("unpoisoned").1.clone()
    }

    pub(crate) fn of(&self, event: &str) -> Vec<Hook> {
        self.all().into_iter().filter(|hook| hook.body["event"] == event).collect()
    }

    pub(crate) async fn wait(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Hook {
        eventually(what, async || {
            let all = self.all();
            let found = all.iter().find(|hook| fits(&hook.body)).cloned();
            found.ok_or_else(|| all.into_iter().map(|hook| hook.body).collect::<Vec<_>>())
        })
        .await
    }
}

async fn take(State(state): State<Received>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let mut state = state.lock().expect("unpoisoned");
    let body = serde_json::from_slice(&raw).expect("JSON");
    state.1.push(Hook { headers, raw, body });
    if state.0 > 0 {
        state.0 -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    StatusCode::OK
}

/// The shape of a value: keys and JSON types, and for arrays the set of the elements' shapes.
pub(crate) fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("bool"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("string"),
        Value::Array(items) => {
            let mut shapes: Vec<Value> = items.iter().map(shape).collect();
            shapes.sort_by_key(ToString::to_string);
            shapes.dedup();
            Value::Array(shapes)
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().map(|(name, value)| (name.clone(), shape(value))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().collect())
        }
    }
}
