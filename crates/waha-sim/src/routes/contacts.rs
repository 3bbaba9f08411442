//! Numbers and LIDs.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post, put},
};
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, ok},
    config::Version,
    engine::Engine,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/contacts/check-exists", get(check_exists))
        .route("/api/checkNumberStatus", get(check_exists))
        .route("/api/contacts/all", get(all))
        .route("/api/contacts", get(one))
        .route("/api/contacts/about", get(about))
        .route("/api/contacts/profile-picture", get(picture))
        .route("/api/contacts/block", post(block))
        .route("/api/contacts/unblock", post(block))
        .route("/api/{session}/contacts/{chatId}", put(update))
        .route("/api/{session}/lids", get(lids))
        .route("/api/{session}/lids/count", get(lids_count))
        .route("/api/{session}/lids/{lid}", get(lid))
        .route("/api/{session}/lids/pn/{phone}", get(lid_of_phone))
}

async fn check_exists(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.query("session").unwrap_or_default()).await?;
    let Some(phone) = req.query("phone") else {
        return Err(req.type_error(&sim, "Cannot read properties of undefined (reading 'split')"));
    };
    let digits: String =
        phone.split('@').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    if !sim.with_phones(|phones| phones.exists(sim.config.seed, &digits)) {
        return ok(json!({ "numberExists": false }));
    }
    let number = sim.with_phones(|phones| phones.registered(sim.config.seed, &digits));
    let person = format!("{number}@c.us");
    if sim.config.version < Version::V2026_10 {
        return ok(json!({ "numberExists": true, "chatId": person }));
    }
    // GOWS names the LID, where there is one (#2208).
    let chat = if sim.config.engine == Engine::Gows { sim.writes_as(&person) } else { person.clone() };
    ok(json!({ "numberExists": true, "chatId": chat, "pn": person }))
}

/// The address book is empty.
async fn all(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.query("session").unwrap_or_default()).await?;
    ok(json!([]))
}

async fn one(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.query("session").unwrap_or_default()).await?;
    ok(json!({ "id": req.query("contactId") }))
}

async fn about(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.query("session").unwrap_or_default()).await?;
    match sim.config.engine {
        Engine::Webjs | Engine::Wpp => ok(json!({ "about": "Hey there! I am using WhatsApp." })),
        engine => Err(Refusal::not_implemented(engine.name())),
    }
}

async fn picture(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.query("session").unwrap_or_default()).await?;
    let digits = req.query("contactId").unwrap_or_default().split('@').next().unwrap_or_default();
    ok(json!({ "profilePictureURL": format!("https://pps.whatsapp.net/v/t61/fake_{digits}.jpg") }))
}

async fn block(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.text("session").unwrap_or_default()).await?;
    match sim.config.engine {
        Engine::Webjs | Engine::Wpp => crate::answer::created_empty(),
        engine => Err(Refusal::not_implemented(engine.name())),
    }
}

async fn update(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!({ "success": true }))
}

async fn lids(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let inner = session.lock();
    ok(inner.lids.iter().map(|(lid, pn)| json!({ "lid": lid, "pn": pn })).collect())
}

async fn lids_count(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    ok(json!({ "count": session.lock().lids.len() }))
}

/// `pn` is null for a LID that never wrote (transcript C110).
async fn lid(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let lid = format!("{}@lid", req.param("lid").trim_end_matches("@lid"));
    let inner = session.lock();
    ok(json!({ "lid": lid, "pn": inner.lids.get(&*lid) }))
}

async fn lid_of_phone(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let phone = crate::chats::chat_of(req.param("phone"));
    let inner = session.lock();
    let lid: Option<&str> = inner.lids.iter().find(|(_, pn)| ***pn == *phone).map(|(lid, _)| &**lid);
    ok(json!({ "lid": Value::from(lid), "pn": phone }))
}
