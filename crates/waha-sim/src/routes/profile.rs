//! The account itself and the small things around it: profile, presence, labels, channels (transcripts C101 to C114).

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post, put},
};
use serde_json::json;

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, created_empty, ok},
    engine::Engine,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/{session}/profile", get(profile))
        .route("/api/{session}/profile/name", put(success))
        .route("/api/{session}/profile/status", put(success))
        .route("/api/{session}/profile/picture", put(success).delete(success))
        .route("/api/{session}/presence", get(nothing).post(set_presence))
        .route("/api/{session}/presence/{chatId}", get(presence))
        .route("/api/{session}/presence/{chatId}/subscribe", post(set_presence))
        .route("/api/{session}/labels", get(nothing).post(label))
        .route("/api/{session}/channels", get(nothing))
        .route("/api/{session}/events", post(event))
}

async fn profile(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let inner = session.lock();
    let name = inner.me.as_ref().map(|me| me.push_name.as_str());
    let picture = format!("https://pps.whatsapp.net/v/t61/fake_{}.jpg", inner.phone());
    ok(json!({ "id": format!("{}@c.us", inner.phone()), "name": name, "picture": picture }))
}

async fn success(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!({ "success": true }))
}

async fn nothing(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!([]))
}

async fn set_presence(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    created_empty()
}

async fn presence(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!({ "id": req.param("chatId"), "presences": [] }))
}

async fn label(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    created(json!({ "id": "1", "name": req.body["name"], "color": req.body["color"], "colorHex": "#64c4ff" }))
}

async fn event(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    match sim.config.engine {
        Engine::Gows => created(json!({ "id": sim.new_message_id() })),
        engine => Err(Refusal::not_implemented(engine.name())),
    }
}
