//! `/sim`: simulates people and networks. Needs no key; loopback only.
//!
//! | call | what |
//! | --- | --- |
//! | `GET /sim/state` | sessions, counts, faults, phones |
//! | `GET /sim/sends?since=&session=` | messages that WhatsApp got, and those that it got twice; `DELETE` clears the log |
//! | `PUT /sim/faults`, `PUT /sim/phones` | replaces all [`crate::Faults`], all [`crate::Phones`]; `GET` shows them |
//! | `POST /sim/sessions/{name}/scan` `{phone?, push_name?}` | a phone scans the QR code |
//! | `POST /sim/sessions/{name}/unlink`, `/drop` | the owner removes the device; the connection is lost |
//! | `POST /sim/inbound` `{session, from, text, pushName?, file?: {mimetype, filename?, data}}` | somebody writes |
//! | `POST /sim/emit` `{session, event, payload}` | an event that the simulator does not create itself |
//! | `POST /sim/restart` | the node restarts |

use std::sync::{Arc, atomic::Ordering};

use axum::{
    extract::State,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, empty, ok},
    files::SentFile,
    inbound::Letter,
    request::Req,
    sendlog,
    session::{Account, Session},
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/sim/state", get(state))
        .route("/sim/sends", get(sends).delete(forget_sends))
        .route("/sim/faults", get(faults).put(set_faults))
        .route("/sim/phones", get(phones).put(set_phones))
        .route("/sim/inbound", post(inbound))
        .route("/sim/emit", post(emit))
        .route("/sim/restart", post(restart))
        .route("/sim/sessions/{session}/scan", post(scan))
        .route("/sim/sessions/{session}/unlink", post(unlink))
        .route("/sim/sessions/{session}/drop", post(lose_connection))
}

fn session(sim: &Sim, name: &str) -> Result<Arc<Session>, Refusal> {
    sim.session(name).ok_or_else(|| Refusal::not_found("Session not found"))
}

fn body<T: DeserializeOwned>(req: Req) -> Result<T, Refusal> {
    serde_json::from_value(req.body).map_err(|error| Refusal::bad_request(error.to_string()))
}

fn not_now() -> Refusal {
    Refusal::unprocessable("The session is not in the right status for that")
}

async fn state(State(sim): State<Arc<Sim>>) -> Answer {
    let sessions: Vec<Value> = sim.sessions().iter().map(|session| summary(session)).collect();
    let counts = &sim.hooks.counts;
    ok(json!({
        "version": sim.config.version.name(),
        "engine": sim.config.engine.name(),
        "seed": sim.config.seed,
        "timeScale": sim.config.time_scale,
        "sessions": sessions,
        "sent": sim.log().total(),
        "timers": sim.timers.waiting(),
        "webhooks": {
            "delivered": counts.delivered.load(Ordering::Relaxed),
            "failedTries": counts.failed_tries.load(Ordering::Relaxed),
            "lost": counts.lost.load(Ordering::Relaxed),
        },
        "faults": sim.with_faults(Clone::clone),
        "phones": sim.with_phones(Clone::clone),
    }))
}

fn summary(session: &Session) -> Value {
    let inner = session.lock();
    let phone = inner.me.as_ref().map(|me| me.phone.as_str());
    json!({ "name": &*session.name, "status": inner.status.name(), "phone": phone, "chats": inner.chats.len() })
}

/// `?since=` (Unix milliseconds) `&session=`. Also says what was sent more than once.
async fn sends(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let since = req.number("since")?.unwrap_or(i64::MIN);
    let records = sim.log().since(since, req.query("session"));
    ok(json!({
        "total": records.len(),
        "repeatedClientIds": sendlog::repeated_ids(&records),
        "repeatedTexts": sendlog::repeated_texts(&records),
        "sends": records,
    }))
}

async fn forget_sends(State(sim): State<Arc<Sim>>) -> Answer {
    sim.log().clear();
    empty()
}

async fn faults(State(sim): State<Arc<Sim>>) -> Answer {
    ok(json!(sim.with_faults(Clone::clone)))
}

async fn set_faults(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let faults = body(req)?;
    sim.change_faults(|old| *old = faults);
    empty()
}

async fn phones(State(sim): State<Arc<Sim>>) -> Answer {
    ok(json!(sim.with_phones(Clone::clone)))
}

async fn set_phones(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.set_phones(body(req)?);
    empty()
}

/// `{session, from, text, pushName?, file?}`; `from` is digits or a chat id, the file's `data` is base64.
async fn inbound(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, req.text("session").unwrap_or_default())?;
    let (Some(from), Some(text)) = (req.text("from"), req.text("text")) else {
        return Err(Refusal::bad_request("from and text are wanted"));
    };
    let push_name = req.text("pushName").unwrap_or("Pelanggan");
    let letter = Letter { from, text, push_name, file: sent_file(&req.body["file"])? };
    if sim.receive_letter(&session, letter) { empty() } else { Err(not_now()) }
}

fn sent_file(file: &Value) -> Result<Option<SentFile>, Refusal> {
    if file.is_null() {
        return Ok(None);
    }
    let bytes = file["data"].as_str().and_then(|data| STANDARD.decode(data).ok());
    let (Some(bytes), Some(mimetype)) = (bytes, file["mimetype"].as_str()) else {
        return Err(Refusal::bad_request("a file has mimetype and data (base64)"));
    };
    let filename = file["filename"].as_str().map(str::to_owned);
    Ok(Some(SentFile { mimetype: mimetype.to_owned(), filename, bytes: bytes.into() }))
}

/// `{session, event, payload}`: any event, for kinds that the simulator does not create itself.
async fn emit(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    const KINDS: [&str; 16] = [
        "message",
        "message.ack",
        "message.ack.group",
        "message.edited",
        "message.revoked",
        "message.reaction",
        "group.v2.update",
        "presence.update",
        "call.received",
        "group.v2.join",
        "group.v2.participants",
        "label.upsert",
        "poll.vote",
        "engine.event",
        "message.waiting",
        "message.any",
    ];
    let session = session(&sim, req.text("session").unwrap_or_default())?;
    let wanted = req.text("event").unwrap_or_default();
    let Some(event) = KINDS.into_iter().find(|event| *event == wanted) else {
        return Err(Refusal::bad_request(format!("event must be one of {}", KINDS.join(", "))));
    };
    sim.emit(&session, &mut session.lock(), event, req.body["payload"].clone());
    empty()
}

async fn restart(State(sim): State<Arc<Sim>>) -> Answer {
    sim.restart_node();
    empty()
}

/// `{phone?, push_name?}`.
async fn scan(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, req.param("session"))?;
    let mut account = sim.invented_account(&session.name);
    if let Some(phone) = req.text("phone") {
        account.phone = phone.to_owned();
    }
    if let Some(name) = req.text("push_name") {
        account.push_name = name.to_owned();
    }
    let me = Account::view(&account);
    if sim.scan(&session, account) { ok(me) } else { Err(not_now()) }
}

async fn unlink(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.unlink(&*session(&sim, req.param("session"))?);
    empty()
}

async fn lose_connection(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = session(&sim, req.param("session"))?;
    if sim.lose_connection(&session) { empty() } else { Err(not_now()) }
}
