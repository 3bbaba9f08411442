//! Stories (transcripts C95 to C100, E10). They go to `status@broadcast` and are not in the send log.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{Routes, media};
use crate::{
    answer::{Answer, Refusal, created, ok},
    proto::{Proto, key, text_content},
    request::Req,
    session::Session,
    sim::Sim,
};

const BROADCAST: &str = "status@broadcast";

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/{session}/status/new-message-id", get(new_message_id))
        .route("/api/{session}/status/text", post(text))
        .route("/api/{session}/status/image", post(image))
        .route("/api/{session}/status/voice", post(voice))
        .route("/api/{session}/status/video", post(video))
        .route("/api/{session}/status/delete", post(delete))
}

fn publish(sim: &Sim, req: &Req, session: &Session, content: Value, event: Option<&str>) -> Value {
    let id = req.text("id").filter(|_| event.is_some()).map_or_else(|| sim.new_message_id(), str::to_owned);
    let mut inner = session.lock();
    let account = inner.phone().to_owned();
    let proto =
        Proto { chat: BROADCAST, id: &id, from_me: true, content, at: sim.now() / 1000, account: &account };
    if event.is_some() {
        let payload = proto.wa_message(req.text("text").or(req.text("caption")), 0, true, proto.raw());
        sim.emit(session, &mut inner, "message.any", payload);
    }
    proto.raw()
}

async fn new_message_id(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!({ "id": sim.new_message_id() }))
}

async fn text(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let mut content = text_content(req.text("text").unwrap_or_default());
    let color = req.text("backgroundColor").and_then(|color| u32::from_str_radix(color.get(1..)?, 16).ok());
    if let Some(color) = color {
        content["extendedTextMessage"]["backgroundArgb"] = (0xff00_0000 | color).into();
    }
    created(publish(&sim, &req, &session, content, Some("message.any")))
}

async fn image(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    file(&sim, &req, "image").await
}

async fn voice(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    file(&sim, &req, "voice").await
}

async fn video(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    file(&sim, &req, "video").await
}

async fn file(sim: &Sim, req: &Req, kind: &str) -> Answer {
    let session = sim.working(req.param("session")).await?;
    if !sim.config.media {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    let content = media::file_content(sim, req, kind)?;
    created(publish(sim, req, &session, content, Some("message.any")))
}

async fn delete(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let target = key(BROADCAST, true, req.text("id").unwrap_or_default());
    let content = json!({ "protocolMessage": { "key": target, "type": "REVOKE" } });
    created(publish(&sim, &req, &session, content, None))
}
