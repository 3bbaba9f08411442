//! The server itself: ping, version, status, environment, health, keys.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post},
};
use secrecy::ExposeSecret;
use serde_json::json;

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, ok},
    config::Version,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/ping", get(ping))
        .route("/health", get(health))
        .route("/api/version", get(version))
        .route("/api/server/version", get(version))
        .route("/api/server/status", get(status))
        .route("/api/server/environment", get(environment))
        .route("/api/keys", get(keys).post(new_key))
        .route("/api/keys/media", post(new_key))
        .route("/api/keys/control", post(new_key))
}

async fn ping() -> Answer {
    ok(json!({ "message": "pong" }))
}

async fn version(State(sim): State<Arc<Sim>>) -> Answer {
    ok(sim.environment())
}

async fn status(State(sim): State<Arc<Sim>>) -> Answer {
    ok(json!({ "startTimestamp": sim.started, "uptime": sim.now() - sim.started, "worker": { "id": "" } }))
}

/// Shows the key in clear, as WAHA does (docs/waha.md 0.19).
async fn environment(State(sim): State<Arc<Sim>>) -> Answer {
    let key = sim.config.api_key.as_ref().map(ExposeSecret::expose_secret);
    ok(json!({ "WAHA_API_KEY": key, "WHATSAPP_DEFAULT_ENGINE": sim.config.engine.name() }))
}

/// Not in the free image before 2026.6.1 (transcript A11).
async fn health(State(sim): State<Arc<Sim>>) -> Answer {
    if sim.config.version == Version::V2026_4 {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    ok(json!({ "status": "ok", "info": {}, "error": {}, "details": {} }))
}

async fn keys(State(_): State<Arc<Sim>>) -> Answer {
    ok(json!([]))
}

/// Returns a key that is not accepted: the simulator has only one key.
async fn new_key(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let id = sim.new_message_id();
    created(json!({
        "id": id,
        "key": format!("key_{}", sim.new_message_id()),
        "isActive": true,
        "isAdmin": req.body["isAdmin"] == true,
        "session": req.body["session"],
        "actions": { "read": true, "send": true, "control": true, "setting": true, "app": true, "delete": false },
    }))
}
