//! Sending text and other messages without a file. Bodies are not validated: an invalid one results in a 500
//! (transcripts C41 to C46).

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, ok},
    chats::{chat_of, jid_of},
    config::Version,
    outgoing::Outgoing,
    proto::text_content,
    request::Req,
    session::Session,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/sendText", post(text).get(text_by_query))
        .route("/api/reply", post(reply))
        .route("/api/sendLocation", post(location))
        .route("/api/sendContactVcard", post(vcard))
        .route("/api/sendPoll", post(poll))
        .route("/api/sendButtons", post(buttons))
        .route("/api/sendList", post(list))
        .route("/api/send/link-custom-preview", post(link_preview))
        .route("/api/forwardMessage", post(forward))
        .route("/api/{session}/new-message-id", get(new_message_id))
}

/// The session that the body names, WORKING.
pub(super) async fn session(sim: &Sim, req: &Req) -> Result<Arc<Session>, Refusal> {
    sim.working(req.text("session").unwrap_or_default()).await
}

/// The chat that the body names (transcripts C41, C42).
pub(super) fn chat<'a>(sim: &Sim, req: &'a Req) -> Result<&'a str, Refusal> {
    let missing =
        |what: &str| req.type_error(sim, &format!("Cannot read properties of {what} (reading 'includes')"));
    match req.body.get("chatId") {
        None => Err(missing("undefined")),
        Some(Value::Null) => Err(missing("null")),
        Some(Value::String(chat)) => Ok(chat),
        Some(_) => Err(req.type_error(sim, "chatId.includes is not a function")),
    }
}

/// Splits `{true|false}_{chat}_{ID}[_{participant}]` (transcript C46).
pub(super) fn message_id<'a>(
    sim: &Sim,
    req: &Req,
    text: &'a str,
) -> Result<(bool, &'a str, &'a str), Refusal> {
    let mut parts = text.split('_');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(from_me @ ("true" | "false")), Some(chat), Some(id)) => Ok((from_me == "true", chat, id)),
        _ => Err(req.exception(
            sim,
            "Error",
            "Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]",
        )),
    }
}

pub(super) fn plain<'a>(req: &'a Req, kind: &'static str, chat: &'a str, content: Value) -> Outgoing<'a> {
    Outgoing { kind, chat, content, text: None, client_id: req.text("id"), as_wa_message: false }
}

async fn text(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_text(&sim, &req, false).await
}

/// Deprecated; its quote also names the chat (transcript C68).
async fn reply(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_text(&sim, &req, true).await
}

async fn send_text(sim: &Sim, req: &Req, quote_names_chat: bool) -> Answer {
    let session = session(sim, req).await?;
    let chat = chat(sim, req)?;
    let text = match req.body.get("text") {
        Some(Value::String(text)) => text,
        None => return Err(req.type_error(sim, "Cannot read properties of undefined (reading 'match')")),
        Some(Value::Null) => {
            return Err(req.type_error(sim, "Cannot read properties of null (reading 'match')"));
        }
        Some(_) => return Err(req.type_error(sim, "text.match is not a function")),
    };
    let mut content = text_content(text);
    let mut context = context(sim, req, &session)?;
    if !context.is_null() {
        if quote_names_chat {
            context["remoteJid"] = jid_of(chat).into();
        }
        content["extendedTextMessage"]["contextInfo"] = context;
    }
    let message = Outgoing { text: Some(text), ..plain(req, "text", chat, content) };
    created(sim.dispatch(req, &session, message).await?)
}

/// Quote and mentions (transcripts C45, C47).
fn context(sim: &Sim, req: &Req, session: &Session) -> Result<Value, Refusal> {
    let mut context = serde_json::Map::new();
    if let Some(reply_to) = req.text("reply_to").filter(|id| !id.is_empty()) {
        let (_, quoted_chat, id) = message_id(sim, req, reply_to)?;
        let inner = session.lock();
        let quoted = inner.chats.get(&*chat_of(quoted_chat)).and_then(|chat| chat.find(id));
        if let Some(quoted) = quoted {
            let author =
                if quoted.from_me { inner.phone().to_owned() + "@c.us" } else { quoted_chat.to_owned() };
            context.insert("stanzaId".into(), id.into());
            context.insert("participant".into(), jid_of(&author).into());
            let quoted = text_content(quoted.text.as_deref().unwrap_or_default());
            context.insert("quotedMessage".into(), quoted);
        }
    }
    if let Some(mentions) = req.body["mentions"].as_array().filter(|mentions| !mentions.is_empty()) {
        let jids: Vec<String> = mentions.iter().filter_map(Value::as_str).map(jid_of).collect();
        context.insert("mentionedJid".into(), json!(jids));
    }
    Ok(if context.is_empty() { Value::Null } else { Value::Object(context) })
}

/// Deprecated: `GET /api/sendText?phone=&text=&session=`.
async fn text_by_query(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.query("session").unwrap_or_default()).await?;
    let text = req.query("text").unwrap_or_default();
    let chat = req.query("phone").unwrap_or_default();
    let message = Outgoing { text: Some(text), ..plain(&req, "text", chat, text_content(text)) };
    ok(sim.dispatch(&req, &session, message).await?)
}

async fn location(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let chat = chat(&sim, &req)?;
    let body = &req.body;
    let content = json!({ "locationMessage": {
        "degreesLatitude": body["latitude"], "degreesLongitude": body["longitude"], "name": body["title"] } });
    created(sim.dispatch(&req, &session, plain(&req, "location", chat, content)).await?)
}

async fn vcard(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let chat = chat(&sim, &req)?;
    let contact = &req.body["contacts"][0];
    let field = |name: &str| contact[name].as_str().unwrap_or_default().to_owned();
    let vcard = match contact["vcard"].as_str() {
        Some(vcard) => vcard.to_owned(),
        None => format!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nORG:{};\nTEL;type=CELL;type=VOICE;waid={}:{}\nEND:VCARD",
            field("fullName"),
            field("organization"),
            field("whatsappId"),
            field("phoneNumber"),
        ),
    };
    let content = json!({ "contactMessage": { "vcard": vcard } });
    created(sim.dispatch(&req, &session, plain(&req, "contact", chat, content)).await?)
}

async fn poll(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let chat = chat(&sim, &req)?;
    let poll = &req.body["poll"];
    let Some(options) = poll["options"].as_array() else {
        return Err(req.type_error(&sim, "Cannot read properties of undefined (reading 'map')"));
    };
    let texts: Vec<&str> = options.iter().filter_map(Value::as_str).map(str::trim).collect();
    let equal = texts.iter().enumerate().any(|(n, text)| texts.iter().take(n).any(|other| other == text));
    // Since 2026.9: it was sent, or hung (docs/waha.md section 4).
    if sim.config.version >= Version::V2026_10
        && (texts.is_empty() || texts.iter().any(|t| t.is_empty()) || equal)
    {
        return Err(Refusal::bad_request("Poll options must be different and not empty"));
    }
    let options: Vec<Value> = options.iter().map(|option| json!({ "optionName": option })).collect();
    let content = json!({
        "messageContextInfo": { "messageSecret": STANDARD.encode(sim.random().to_le_bytes().repeat(2)) },
        "pollCreationMessageV3": {
            "name": poll["name"], "options": options,
            "selectableOptionsCount": u8::from(poll["multipleAnswers"] != true) },
    });
    let message = Outgoing { as_wa_message: true, ..plain(&req, "poll", chat, content) };
    created(sim.dispatch(&req, &session, message).await?)
}

async fn buttons(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let chat = chat(&sim, &req)?;
    let body = &req.body;
    let Some(buttons) = body["buttons"].as_array() else {
        return Err(req.type_error(&sim, "Cannot read properties of undefined (reading 'map')"));
    };
    let button = |button: &Value| {
        let name = if button["type"] == "url" { "cta_url" } else { "quick_reply" };
        json!({ "name": name, "buttonParamsJson": json!({ "display_text": button["text"] }).to_string() })
    };
    let interactive = json!({
        "header": { "title": body["header"], "hasMediaAttachment": false },
        "body": { "text": body["body"] },
        "footer": { "text": body["footer"] },
        "nativeFlowMessage": {
            "buttons": buttons.iter().map(button).collect::<Vec<_>>(),
            "messageParamsJson": "{\"from\":\"api\"}" },
    });
    let info = json!({ "deviceListMetadata": {}, "deviceListMetadataVersion": 2 });
    let content = json!({ "viewOnceMessage": { "message": { "messageContextInfo": info, "interactiveMessage": interactive } } });
    created(sim.dispatch(&req, &session, plain(&req, "buttons", chat, content)).await?)
}

async fn list(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    if !sim.config.media {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    let chat = chat(&sim, &req)?;
    let content = json!({ "listMessage": req.body["message"] });
    created(sim.dispatch(&req, &session, plain(&req, "list", chat, content)).await?)
}

async fn link_preview(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let text = req.text("text").unwrap_or_default();
    let url = req.body["preview"]["url"].as_str().unwrap_or_default();
    if !text.contains(url) {
        return Err(req.exception(
            &sim,
            "Error",
            "\"text\" must include the URL provided in the \"preview.url\"",
        ));
    }
    if !sim.config.media {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    let chat = chat(&sim, &req)?;
    let message = Outgoing { text: Some(text), ..plain(&req, "text", chat, text_content(text)) };
    created(sim.dispatch(&req, &session, message).await?)
}

async fn forward(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, &req).await?;
    let chat = chat(&sim, &req)?;
    let wanted = req.text("messageId").unwrap_or_default();
    let (_, from, id) = message_id(&sim, &req, wanted)?;
    let found = session.lock().chats.get(&*chat_of(from)).and_then(|chat| chat.find(id)).cloned();
    let Some(found) = found else {
        return Err(Refusal::unprocessable(format!("Message with id '{wanted}' not found")));
    };
    let text = found.text.as_deref().unwrap_or_default();
    let mut content = text_content(text);
    content["extendedTextMessage"]["contextInfo"] = json!({ "forwardingScore": 1, "isForwarded": true });
    let message =
        Outgoing { text: Some(text), as_wa_message: true, ..plain(&req, found.kind, chat, content) };
    created(sim.dispatch(&req, &session, message).await?)
}

/// Since 2026.4.3 (transcript C50).
async fn new_message_id(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    if sim.config.version == crate::Version::V2026_4 {
        return Err(Refusal::not_found(format!("Cannot GET /api/{}/new-message-id", req.param("session"))));
    }
    sim.working(req.param("session")).await?;
    ok(json!({ "id": sim.new_message_id() }))
}
