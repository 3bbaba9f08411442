//! A minimal WAHA: it accepts every text at once and records the recipients. It is a process of its own, so
//! that its CPU can be subtracted. `crates/waha-sim` simulates real WAHA.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wahana_domain::Clock;

/// Prefix of names at WAHA from which others than the product send.
pub(crate) const LOOP: &str = "loop";

/// A received text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// The session's name at WAHA.
    pub(crate) session: String,
    /// WhatsApp's chat.
    pub(crate) chat: String,
    /// The message id the client chose.
    pub(crate) id: String,
    /// When the request was read, in microseconds since 1970.
    pub(crate) at: i64,
}

impl Taken {
    /// Whether the product sent it, and not a baseline.
    pub(crate) fn is_ours(&self) -> bool {
        !self.session.starts_with(LOOP)
    }
}

#[derive(Default)]
struct Stub {
    sessions: Mutex<Vec<String>>,
    taken: Mutex<Vec<Taken>>,
}

#[derive(Deserialize)]
struct SendText {
    session: String,
    #[serde(rename = "chatId")]
    chat_id: String,
    id: String,
}

/// Listens on a free port, prints its address, and serves until it is killed.
pub(crate) async fn run() -> anyhow::Result<()> {
    let stub = Arc::new(Stub::default());
    let router = Router::new()
        .route("/api/sendText", post(send_text))
        .route("/api/sessions", get(sessions))
        .route("/api/server/version", get(version))
        .route("/stub/sessions", put(set_sessions))
        .route("/stub/count", get(count))
        .route("/stub/taken", get(taken).post(taken_of).delete(forget))
        .with_state(stub);
    serve(router).await
}

/// Serves on a free port of this machine; the first line on stdout is the address.
pub(crate) async fn serve(router: Router) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, router).await?)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers in the shape of NOWEB.
async fn send_text(State(stub): State<Arc<Stub>>, Json(body): Json<SendText>) -> impl IntoResponse {
    let at = Clock::System.now().timestamp_micros();
    let answer = format!(
        r#"{{"key":{{"remoteJid":"{}","fromMe":true,"id":"{}"}},"message":{{}},"messageTimestamp":"{}","status":"PENDING"}}"#,
        body.chat_id,
        body.id,
        at / 1_000_000
    );
    lock(&stub.taken).push(Taken { session: body.session, chat: body.chat_id, id: body.id, at });
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], answer)
}

async fn sessions(State(stub): State<Arc<Stub>>) -> Json<Vec<Value>> {
    let working = |name: &String| json!({"name": name, "status": "WORKING", "config": {}, "me": {"id": "628120000000@c.us", "pushName": "Load"}});
    Json(lock(&stub.sessions).iter().map(working).collect())
}

async fn version() -> Json<Value> {
    Json(json!({"version": "2026.7.1", "engine": "NOWEB", "tier": "CORE"}))
}

async fn set_sessions(State(stub): State<Arc<Stub>>, Json(names): Json<Vec<String>>) {
    *lock(&stub.sessions) = names;
}

async fn count(State(stub): State<Arc<Stub>>) -> String {
    lock(&stub.taken).len().to_string()
}

async fn taken(State(stub): State<Arc<Stub>>) -> Json<Vec<Taken>> {
    Json(lock(&stub.taken).clone())
}

/// The texts of these sessions.
async fn taken_of(State(stub): State<Arc<Stub>>, Json(names): Json<HashSet<String>>) -> Json<Vec<Taken>> {
    Json(lock(&stub.taken).iter().filter(|taken| names.contains(&taken.session)).cloned().collect())
}

async fn forget(State(stub): State<Arc<Stub>>) {
    lock(&stub.taken).clear();
}
