//! The check before every call that needs a session in a certain status. It does not refuse at once but waits
//! (docs/waha.md 0.1): 5 s for a session that does not run, 10 s for one in another status.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use serde_json::json;
use tokio::time::Instant;

use crate::{
    answer::Refusal,
    session::{Session, Status},
    sim::Sim,
};

impl Sim {
    /// The session, WORKING.
    pub(crate) async fn working(&self, name: &str) -> Result<Arc<Session>, Refusal> {
        let session = self.gate(name, Status::Working).await?;
        let mut inner = session.lock();
        inner.activity = Some(self.now());
        inner.online = Some(true);
        drop(inner);
        Ok(session)
    }

    /// The session, waiting for a scan.
    pub(crate) async fn scannable(&self, name: &str) -> Result<Arc<Session>, Refusal> {
        self.gate(name, Status::ScanQrCode).await
    }

    /// A running session in any status; without waiting.
    pub(crate) fn running(&self, name: &str) -> Result<Arc<Session>, Refusal> {
        self.session(name).filter(|session| session.running()).ok_or_else(|| {
            Refusal::not_found(format!(
                "We didn't find a session with name '{name}'.\nPlease start it first by using POST /api/sessions/{name}/start request"
            ))
        })
    }

    async fn gate(&self, name: &str, wanted: Status) -> Result<Arc<Session>, Refusal> {
        if name.is_empty() {
            return Err(Refusal::bad_request("Session name is required"));
        }
        let start = Instant::now();
        loop {
            let session = self.session(name);
            let status = session.as_ref().map(|session| session.status());
            match session {
                Some(session) if status == Some(wanted) => return Ok(session),
                _ if start.elapsed() >= self.patience(status) => return Err(refusal(name, status, wanted)),
                _ => tokio::time::sleep(self.scaled(100).max(Duration::from_millis(2))).await,
            }
        }
    }

    fn patience(&self, status: Option<Status>) -> Duration {
        let running = status.is_some_and(|status| status != Status::Stopped);
        self.scaled(if running { 10_000 } else { 5_000 })
    }
}

/// Shape D.
fn refusal(name: &str, status: Option<Status>, wanted: Status) -> Refusal {
    let body = match status {
        None => json!({ "error": format!("Session \"{name}\" does not exist"), "session": name }),
        Some(status) => json!({
            "error": "Session status is not as expected. Try again later or restart the session",
            "session": name,
            "status": status.name(),
            "expected": [wanted.name()],
        }),
    };
    Refusal::json(StatusCode::UNPROCESSABLE_ENTITY, body)
}
