//! Actions on a message or a chat: reaction, star, edit, delete, seen, typing.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post, put},
};
use serde_json::{Value, json};

use super::{Routes, send};
use crate::{
    answer::{Answer, Refusal, created, created_empty, empty, ok},
    chats::chat_of,
    proto::{Proto, key, serialized, stored_view, text_content},
    request::Req,
    sendlog::SignRecord,
    session::Session,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/reaction", put(reaction))
        .route("/api/star", put(star))
        .route("/api/sendSeen", post(seen))
        .route("/api/startTyping", post(start_typing))
        .route("/api/stopTyping", post(stop_typing))
        .route("/api/{session}/chats/{chatId}/messages/{messageId}", get(one).put(edit).delete(delete))
}

/// An own action on a message: its proto, sent as a message of its own.
struct Action<'a> {
    sim: &'a Sim,
    session: &'a Session,
    chat: String,
    id: String,
    account: String,
    now: i64,
}

impl<'a> Action<'a> {
    fn new(sim: &'a Sim, session: &'a Session, chat: &str) -> Self {
        let account = session.lock().phone().to_owned();
        Self { sim, session, chat: chat_of(chat), id: sim.new_message_id(), account, now: sim.now() }
    }

    fn proto(&self, content: Value) -> Proto<'_> {
        let (chat, id, account) = (self.chat.as_str(), self.id.as_str(), self.account.as_str());
        Proto { chat, id, from_me: true, content, at: self.now / 1000, account }
    }

    fn emit(&self, event: &'static str, payload: Value) {
        self.sim.emit(self.session, &mut self.session.lock(), event, payload);
    }
}

async fn reaction(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = send::session(&sim, &req).await?;
    let target = req.text("messageId").unwrap_or_default();
    let (from_me, chat, id) = send::message_id(&sim, &req, target)?;
    let action = Action::new(&sim, &session, chat);
    let reaction = &req.body["reaction"];
    let content = json!({ "reactionMessage": {
        "key": key(&action.chat, from_me, id), "text": reaction, "senderTimestampMs": action.now.to_string() } });
    action.emit(
        "message.reaction",
        json!({
            "id": serialized(true, &action.chat, &action.id),
            "timestamp": action.now / 1000,
            "from": action.chat,
            "fromMe": true,
            "source": "app",
            "reaction": { "text": reaction, "messageId": target },
        }),
    );
    ok(action.proto(content).raw())
}

async fn star(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send::session(&sim, &req).await?;
    send::message_id(&sim, &req, req.text("messageId").unwrap_or_default())?;
    empty()
}

/// With ids: an empty 201 (transcripts C60, C61).
async fn seen(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sign(&sim, &req, "seen").await?;
    if req.body["messageIds"].is_array() { created_empty() } else { created(json!({ "ids": [] })) }
}

async fn start_typing(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sign(&sim, &req, "typing").await?;
    created(json!({ "result": true }))
}

async fn stop_typing(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sign(&sim, &req, "paused").await?;
    created(json!({ "result": true }))
}

async fn sign(sim: &Sim, req: &Req, sign: &'static str) -> Result<(), Refusal> {
    let session = send::session(sim, req).await?;
    let chat_id = chat_of(send::chat(sim, req)?);
    let record =
        SignRecord { session: session.name.clone(), chat_id: (&*chat_id).into(), sign, at: sim.now() };
    sim.log().push_sign(record, sim.config.log_limit);
    Ok(())
}

async fn one(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let (_, _, id) = send::message_id(&sim, &req, req.param("messageId"))?;
    let chat = chat_of(req.param("chatId"));
    let inner = session.lock();
    let Some(stored) = inner.chats.get(&*chat).and_then(|chat| chat.find(id)) else {
        return Err(Refusal::not_found("Message not found"));
    };
    let mut view = stored_view(&chat, stored, inner.phone());
    if req.flag("downloadMedia")? == Some(true)
        && let Some((_, media)) = sim.file(&session.name, req.param("messageId"))
    {
        view["media"] = media;
    }
    ok(view)
}

async fn edit(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let (from_me, _, id) = send::message_id(&sim, &req, req.param("messageId"))?;
    let text = req.text("text").unwrap_or_default();
    let action = Action::new(&sim, &session, req.param("chatId"));
    let content = json!({ "protocolMessage": {
        "key": key(&action.chat, from_me, id),
        "type": "MESSAGE_EDIT",
        "editedMessage": text_content(text),
        "timestampMs": action.now.to_string(),
    } });
    let proto = action.proto(content);
    let mut payload = proto.wa_message(Some(text), 0, true, proto.raw());
    payload["editedMessageId"] = id.into();
    action.emit("message.edited", payload);
    ok(proto.raw())
}

async fn delete(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let (from_me, _, id) = send::message_id(&sim, &req, req.param("messageId"))?;
    let action = Action::new(&sim, &session, req.param("chatId"));
    let content = json!({ "protocolMessage": { "key": key(&action.chat, from_me, id), "type": "REVOKE" } });
    let proto = action.proto(content);
    let after = proto.wa_message(None, 0, true, proto.raw());
    action.emit(
        "message.revoked",
        json!({ "after": after, "before": null, "revokedMessageId": id, "_data": proto.raw() }),
    );
    ok(proto.raw())
}
