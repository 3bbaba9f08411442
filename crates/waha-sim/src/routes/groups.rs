//! Groups, as far as the transcripts show them (C80 to C94). Nothing is stored: as with WAHA's store, an
//! unknown group is an error although it can be written to.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post, put},
};
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, empty, html, ok},
    chats::jid_of,
    config::Version,
    engine::Engine,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/{session}/groups", get(list).post(create))
        .route("/api/{session}/groups/count", get(count))
        .route("/api/{session}/groups/{id}", get(unknown))
        .route("/api/{session}/groups/{id}/participants", get(participants))
        .route("/api/{session}/groups/{id}/participants/v2", get(unknown))
        .route("/api/{session}/groups/{id}/participants/add", post(change))
        .route("/api/{session}/groups/{id}/participants/remove", post(change))
        .route("/api/{session}/groups/{id}/admin/promote", post(change))
        .route("/api/{session}/groups/{id}/admin/demote", post(change))
        .route("/api/{session}/groups/{id}/invite-code", get(invite))
        .route("/api/{session}/groups/{id}/invite-code/revoke", post(invite))
        .route("/api/{session}/groups/{id}/subject", put(subject))
        .route("/api/{session}/groups/{id}/description", put(set))
        .route("/api/{session}/groups/{id}/settings/security/info-admin-only", get(unknown).put(set))
        .route("/api/{session}/groups/{id}/settings/security/messages-admin-only", get(unknown).put(set))
        .route("/api/{session}/groups/{id}/leave", post(set))
}

/// An object on NOWEB, an array elsewhere (docs/waha.md section 5).
async fn list(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    let groups = sim.config.groups.iter().map(|group| {
        let members: Vec<Value> = group
            .members
            .iter()
            .map(|member| json!({ "id": format!("99{member}@lid"), "phoneNumber": format!("{member}@s.whatsapp.net") }))
            .collect();
        (group.id.clone(), json!({ "id": group.id, "subject": group.subject, "addressingMode": "lid",
            "size": members.len(), "participants": members }))
    });
    ok(if sim.config.engine == Engine::Noweb {
        Value::Object(groups.collect())
    } else {
        groups.map(|(_, group)| group).collect()
    })
}

async fn count(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    ok(json!({ "count": 0 }))
}

async fn create(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let Some(participants) = req.body["participants"].as_array() else {
        return Err(req.type_error(&sim, "Cannot read properties of undefined (reading 'map')"));
    };
    let members: Vec<Value> =
        participants.iter().map(|member| json!({ "id": member["id"], "admin": null })).collect();
    let owner = format!("{}@s.whatsapp.net", session.lock().phone());
    created(json!({
        "id": format!("120363{:012}@g.us", sim.random() % 1_000_000_000_000),
        "subject": req.body["name"],
        "owner": owner,
        "creation": sim.now() / 1000,
        "desc": "",
        "size": members.len() + 1,
        "participants": members,
        "announce": false,
        "restrict": false,
        "addressingMode": "pn",
    }))
}

async fn unknown(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    let error: Refusal =
        req.exception(&sim, "Error", &format!("Group with id '{}' not found", req.param("id")));
    Err(error)
}

async fn participants(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.working(req.param("session")).await?;
    let me = format!("{}@s.whatsapp.net", session.lock().phone());
    ok(json!([{ "id": me, "admin": "superadmin" }, { "id": jid_of("12132132131"), "admin": null }]))
}

async fn change(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    let members = req.body["participants"].as_array().into_iter().flatten();
    ok(members.map(|member| json!({ "status": "200", "jid": member["id"] })).collect())
}

/// Plain text, not JSON (docs/waha.md 0.12).
async fn invite(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    html("AbCdEfGhIjKlMnOp")
}

/// Since 2026.9 an empty subject is refused.
async fn subject(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let blank = req.text("subject").is_none_or(|subject| subject.trim().is_empty());
    if blank && sim.config.version >= Version::V2026_10 {
        return Err(Refusal::bad_request(json!(["subject should not be empty"])));
    }
    set(State(sim), req).await
}

async fn set(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    empty()
}
