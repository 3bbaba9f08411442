//! `/api/sessions`: create, list, look, start, stop, restart, log out, delete.

use std::sync::Arc;

use axum::{
    extract::State,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, created_empty, empty, ok},
    config::Version,
    hooks::HookSpec,
    request::Req,
    seed::ulid,
    session::{Account, Session},
    sim::Sim,
    validate,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/sessions", get(list).post(create))
        .route("/api/sessions/{session}", get(one).put(update).delete(delete))
        .route("/api/sessions/{session}/me", get(me))
        .route("/api/sessions/{session}/start", post(start))
        .route("/api/sessions/{session}/stop", post(stop))
        .route("/api/sessions/{session}/restart", post(restart))
        .route("/api/sessions/{session}/logout", post(logout))
        .route("/api/sessions/{session}/timelock", get(timelock))
        .route("/api/sessions/{session}/capping", get(capping))
        .route("/api/sessions/start", post(old_start))
        .route("/api/sessions/stop", post(old_stop))
        .route("/api/sessions/logout", post(old_logout))
}

fn view(sim: &Sim, session: &Session) -> Value {
    let mut view = session.view(sim.config.engine.name(), sim.offline_after_ms(), sim.now());
    view["me"] = sim.with_standing(&session.name, session.lock().refused, view["me"].take());
    view
}

fn known(sim: &Sim, req: &Req) -> Result<Arc<Session>, Refusal> {
    sim.session(req.param("session")).ok_or_else(|| Refusal::not_found("Session not found"))
}

async fn list(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let all = req.flag("all")?.unwrap_or(false);
    let sessions = sim.sessions();
    let shown = sessions.iter().filter(|session| all || session.running());
    let view = |session: &Arc<Session>| {
        let mut view = session.list_view(sim.offline_after_ms(), sim.now());
        view["me"] = sim.with_standing(&session.name, session.lock().refused, view["me"].take());
        view
    };
    ok(shown.map(view).collect())
}

async fn create(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    validate::session_body(&req.body)?;
    let name = match req.text("name").filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => format!("session_{}", ulid(sim.now(), sim.random())),
    };
    let config = validate::normalized_config(&req.body["config"]);
    let hooks = HookSpec::of_config(&config);
    let session = Arc::new(Session::new(&name, config, hooks));
    if !sim.add(Arc::clone(&session)) {
        return Err(Refusal::unprocessable(format!(
            "Session '{name}' already exists. Use PUT to update it."
        )));
    }
    // Without `start` it stays STOPPED, whatever the documentation says (transcript C16).
    if req.body["start"] == true {
        sim.start(&session);
    }
    created(view(&sim, &session))
}

async fn one(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = known(&sim, &req)?;
    ok(view(&sim, &session))
}

async fn update(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = known(&sim, &req)?;
    validate::session_body(&req.body)?;
    let turn = sim.lifecycle_lock(&req, &session).await?;
    let config = validate::normalized_config(&req.body["config"]);
    let hooks = HookSpec::of_config(&config);
    sim.config.storage.keep(&session.name, config.clone());
    session.lock().configure(config, hooks);
    if session.running() {
        sim.restart(&session).await;
    }
    drop(turn);
    ok(view(&sim, &session))
}

async fn delete(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    if let Some(session) = sim.session(req.param("session")) {
        let turn = sim.lifecycle_lock(&req, &session).await?;
        sim.delete(&session).await;
        drop(turn);
    }
    empty()
}

/// 200 with no body at all until somebody is logged in (transcript C32).
async fn me(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.running(req.param("session"))?;
    let me = session.lock().me.as_ref().map(Account::view);
    let Some(me) = me else { return empty() };
    ok(sim.with_standing(&session.name, session.lock().refused, me))
}

async fn start(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = known(&sim, &req)?;
    let turn = sim.lifecycle_lock(&req, &session).await?;
    sim.start(&session);
    drop(turn);
    created(view(&sim, &session))
}

async fn stop(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let Some(session) = sim.session(req.param("session")) else { return created_empty() };
    let turn = sim.lifecycle_lock(&req, &session).await?;
    sim.stop(&session).await;
    drop(turn);
    created(view(&sim, &session))
}

async fn restart(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = known(&sim, &req)?;
    let turn = sim.lifecycle_lock(&req, &session).await?;
    sim.restart(&session).await;
    drop(turn);
    created(view(&sim, &session))
}

async fn logout(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = known(&sim, &req)?;
    let turn = sim.lifecycle_lock(&req, &session).await?;
    sim.logout(&session).await;
    drop(turn);
    created(view(&sim, &session))
}

/// Older versions do not know the route.
fn since_2026_8(sim: &Sim, req: &Req, what: &str) -> Result<(), Refusal> {
    match sim.config.version {
        Version::V2026_4 | Version::V2026_7 => {
            Err(Refusal::not_found(format!("Cannot GET /api/sessions/{}/{what}", req.param("session"))))
        }
        Version::V2026_10 => Ok(()),
    }
}

async fn timelock(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    since_2026_8(&sim, &req, "timelock")?;
    let session = sim.running(req.param("session"))?;
    ok(sim.timelock(&session.name).unwrap_or_else(|| json!({ "isActive": false })))
}

async fn capping(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    since_2026_8(&sim, &req, "capping")?;
    let session = sim.running(req.param("session"))?;
    ok(sim.capping(&session.name).unwrap_or_else(|| json!({ "cappingStatus": "NONE", "totalQuota": -1 })))
}

/// Deprecated; makes the session if there is none (transcript A74).
async fn old_start(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let name = req.text("name").unwrap_or("default");
    let session = sim.session(name).unwrap_or_else(|| Arc::new(Session::new(name, json!({}), Vec::new())));
    sim.add(Arc::clone(&session));
    sim.start(&session);
    created(json!({ "name": name, "status": session.status().name() }))
}

async fn old_stop(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let Some(session) = sim.session(req.text("name").unwrap_or("default")) else { return created_empty() };
    let turn = sim.lifecycle_lock(&req, &session).await?;
    if req.body["logout"] == true {
        sim.config.storage.pair(&session.name, None);
    }
    sim.stop(&session).await;
    drop(turn);
    created_empty()
}

/// Deprecated; deletes the session (docs/waha.md section 3).
async fn old_logout(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    if let Some(session) = sim.session(req.text("name").unwrap_or("default")) {
        let turn = sim.lifecycle_lock(&req, &session).await?;
        sim.delete(&session).await;
        drop(turn);
    }
    created_empty()
}
