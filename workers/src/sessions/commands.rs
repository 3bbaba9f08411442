//! Bringing sessions at WAHA to what their owners want.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_domain::{Reason, SessionId};
use wahana_jobs::Outcome;
use wahana_store::StoreError;
use wahana_store::inbox::inbound_work::StatusNews;
use wahana_store::sessions::work::SessionWork;
use wahana_waha::{
    Class, ErrorCode, RetryPolicy, SessionConfig, SessionInfo, WahaClient, WahaError, WebhookConfig,
};

use crate::Workers;
use crate::reasons::of_waha;

/// What we want to hear of.
const EVENTS: [&str; 10] = [
    "session.status",
    "message.any",
    "message.ack",
    "message.ack.group",
    "message.reaction",
    "message.edited",
    "message.revoked",
    "group.v2.join",
    "group.v2.update",
    "group.v2.participants",
];
/// WAHA keeps undelivered events in memory this long: 60 times every 5 s. What is lost after that is read back.
const RETRIES: RetryPolicy = RetryPolicy { delay_seconds: 5, attempts: 60 };

/// How long a command rests while the session moves to another node.
const MOVING: TimeDelta = TimeDelta::seconds(1);
/// Says in every event of a session under which placement it came to be.
pub(crate) const PLACEMENT: &str = "placement";

/// A session and the client of its node; or why there is nothing to do.
pub(crate) async fn open(
    workers: &Workers,
    session: SessionId,
) -> Result<Result<(SessionWork, WahaClient), Outcome>, StoreError> {
    let Some(work) = workers.store.system().sessions().work(session).await? else {
        return Ok(Err(Outcome::Done));
    };
    if work.moving {
        let until = workers.store.clock().now() + MOVING;
        return Ok(Err(Outcome::Defer { until, code: Reason::SessionMoves }));
    }
    Ok(match workers.fleet.client(work.node).await {
        Ok(client) => Ok((work, client)),
        Err(error) => Err(Outcome::Retry { code: Reason::NodeUnknown, detail: error.to_string() }),
    })
}

/// Creates, starts, stops or deletes the session at WAHA, whichever its owner wants.
pub(crate) async fn sync(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let done = match work.desired {
        Desired::Running => run(workers, &work, &client).await,
        Desired::Stopped => client.stop_session(&work.waha_name).await.map(|()| None),
        Desired::Deleted => client.delete_session(&work.waha_name).await.map(|()| None),
    };
    finish(workers, &work, done).await
}

/// Restarts the session at WAHA.
pub(crate) async fn restart(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let done = match restart_with_config(workers, &work, &client).await {
        Err(error) if error.code == ErrorCode::SessionNotFound => run(workers, &work, &client).await,
        other => other.map(Some),
    };
    finish(workers, &work, done).await
}

/// Unpairs the phone. A session that should run then shows a QR code, whether it had failed or was stopped.
pub(crate) async fn logout(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let done = match client.logout_session(&work.waha_name).await {
        Err(error) if error.code != ErrorCode::SessionNotFound => Err(error),
        _ if work.desired == Desired::Running => run(workers, &work, &client).await,
        other => other.map(|()| None),
    };
    finish(workers, &work, done).await
}

/// A configuration of an earlier version is replaced on this occasion, which restarts a running session.
async fn restart_with_config(
    workers: &Workers,
    work: &SessionWork,
    client: &WahaClient,
) -> Result<SessionInfo, WahaError> {
    let info = client.session(&work.waha_name).await?;
    let stopped = SessionStatus::from_waha(info.status.as_str()) == SessionStatus::Stopped;
    if is_outdated(&info) && !stopped {
        return client.update_session(&work.waha_name, &config(workers, work)).await;
    }
    client.restart_session(&work.waha_name).await
}

/// Whether an earlier version made the configuration: it does not report all that we want to hear of, or channels, too.
fn is_outdated(info: &SessionInfo) -> bool {
    let hooks = info.config["webhooks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let told = |event: &str| {
        hooks.iter().any(|hook| hook["events"].as_array().is_some_and(|e| e.iter().any(|e| e == event)))
    };
    info.config["ignore"].is_null() || !EVENTS.iter().all(|event| told(event))
}

/// Makes the session run: creates it if WAHA does not know it, starts it if it is stopped.
async fn run(
    workers: &Workers,
    work: &SessionWork,
    client: &WahaClient,
) -> Result<Option<SessionInfo>, WahaError> {
    match client.session(&work.waha_name).await {
        Ok(info) if SessionStatus::from_waha(info.status.as_str()) == SessionStatus::Stopped => {
            // It came with WAHA's shared storage (docs/waha.md 0.21), told of its earlier placement; or an older version
            // made it, which let WAHA report channels. Being stopped, this does not start it.
            let epoch = info.config["metadata"][PLACEMENT].as_str().unwrap_or("0");
            if epoch != work.placement_epoch.to_string() || is_outdated(&info) {
                client.update_session(&work.waha_name, &config(workers, work)).await?;
            }
            client.start_session(&work.waha_name).await.map(Some)
        }
        Ok(info) => Ok(Some(info)),
        Err(error) if error.code == ErrorCode::SessionNotFound => {
            create(workers, work, client).await.map(Some)
        }
        Err(error) => Err(error),
    }
}

async fn create(
    workers: &Workers,
    work: &SessionWork,
    client: &WahaClient,
) -> Result<SessionInfo, WahaError> {
    let config = config(workers, work);
    match client.create_session(&work.waha_name, &config).await {
        // Another attempt of ours made it meanwhile.
        Err(error) if error.code == ErrorCode::AlreadyExists => client.start_session(&work.waha_name).await,
        other => other,
    }
}

/// What WAHA is told of a session.
fn config(workers: &Workers, work: &SessionWork) -> SessionConfig {
    let mut url = workers.options.webhook_url.clone();
    url.set_path(&format!("/api/waha/{}", work.id));
    let metadata = BTreeMap::from([
        ("organization".into(), work.organization.to_string()),
        ("session".into(), work.id.to_string()),
        (PLACEMENT.into(), work.placement_epoch.to_string()),
    ]);
    let webhook = WebhookConfig {
        url,
        events: EVENTS.map(str::to_owned).to_vec(),
        hmac_key: Some(work.hmac_key.clone()),
        retries: Some(RETRIES),
    };
    SessionConfig { metadata, webhooks: vec![webhook] }
}

/// Notes the status WAHA answered with; a webhook may have told newer news meanwhile, and wins.
async fn finish(
    workers: &Workers,
    work: &SessionWork,
    done: Result<Option<SessionInfo>, WahaError>,
) -> Result<Outcome, StoreError> {
    let info = match done {
        Ok(info) => info,
        Err(error) => return Ok(failed(&error)),
    };
    let status = match (&info, work.desired) {
        (Some(info), _) => Some(SessionStatus::from_waha(info.status.as_str())),
        (None, Desired::Stopped | Desired::Deleted) => Some(SessionStatus::Stopped),
        (None, Desired::Running) => None,
    };
    if let Some(status) = status.filter(|_| work.status == SessionStatus::Pending || info.is_none()) {
        let news = StatusNews { status, event_ms: 0, phone: None, push_name: None };
        workers.store.system().inbox().apply_status(work.id, &news).await?;
    }
    Ok(Outcome::Done)
}

pub(crate) fn failed(error: &WahaError) -> Outcome {
    match error.class {
        Class::Permanent => Outcome::GiveUp { code: of_waha(error.code), detail: error.message.clone() },
        // Lifecycle calls may be repeated: starting what runs and stopping what stands changes nothing.
        _ => Outcome::Retry { code: of_waha(error.code), detail: error.message.clone() },
    }
}
