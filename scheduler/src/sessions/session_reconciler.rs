//! Comparing sessions with what WAHA says: webhooks get lost (after 30 s of outage for good, docs/waha.md 0.8), lists
//! do not.

use futures::StreamExt;
use tokio_util::sync::CancellationToken;
use wahana_domain::nodes::NodeHealth;
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_store::fleet::nodes::Node;
use wahana_store::inbox::inbound_work::StatusNews;
use wahana_store::sessions::work::PlacedSession;
use wahana_waha::{SessionInfo, Standing, WahaError};

use crate::{RoundError, Scheduler, every};

/// Nodes asked at the same time.
const AT_ONCE: usize = 8;

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let pause = scheduler.options.roster_every;
    every("session_reconciler", pause, shutdown, async move || {
        let nodes = scheduler.store.system().nodes().list().await?;
        let rounds = nodes.into_iter().map(|node| compare(&scheduler, node));
        let mut rounds = futures::stream::iter(rounds).buffer_unordered(AT_ONCE);
        while let Some(round) = rounds.next().await {
            round?;
        }
        Ok(())
    })
    .await;
}

async fn compare(scheduler: &Scheduler, node: Node) -> Result<(), RoundError> {
    let system = scheduler.store.system();
    let asked_ms = scheduler.store.clock().now().timestamp_millis();
    let (version, listed) = match ask(scheduler, &node).await {
        Ok(answer) => answer,
        Err(why) => {
            tracing::warn!(node.name = %node.name, error.message = %why, "node does not answer");
            return note_health(scheduler, &node, Err(&why)).await;
        }
    };
    note_health(scheduler, &node, Ok((&version.version, &version.engine))).await?;
    stop_strays(scheduler, &node, &listed).await?;
    let placed = system.sessions().placed_on(node.id).await?;
    let mut astray = Vec::new();
    for session in placed {
        let info = listed.iter().find(|info| info.name == session.waha_name);
        match info {
            Some(info) => note(scheduler, &session, info, asked_ms).await?,
            None if session.status != SessionStatus::Pending && session.desired == Desired::Running => {
                astray.push(session)
            }
            None => {}
        }
    }
    if !astray.is_empty() {
        tracing::warn!(node.name = %node.name, sessions = astray.len(), "sessions are missing at their node; bringing them back");
        system.sessions().sync(&astray).await?;
    }
    Ok(())
}

/// Stops copies of sessions that were placed elsewhere while this node was away: two live copies log the phone out.
/// Once such a session works where it belongs, what it left here is deleted.
async fn stop_strays(scheduler: &Scheduler, node: &Node, listed: &[SessionInfo]) -> Result<(), RoundError> {
    let names: Vec<&str> = listed.iter().map(|info| info.name.as_str()).collect();
    for stray in scheduler.store.system().sessions().astray_at(node.id, &names).await? {
        let info = listed.iter().find(|info| info.name == stray.waha_name);
        let runs =
            info.is_some_and(|info| SessionStatus::from_waha(info.status.as_str()) != SessionStatus::Stopped);
        let Ok(client) = scheduler.fleet.client(node.id).await else { continue };
        let done = match (runs, stray.works && !stray.shares_storage) {
            (true, _) => client.stop_session(&stray.waha_name).await,
            (false, true) => client.delete_session(&stray.waha_name).await,
            (false, false) => continue,
        };
        metrics::counter!("sessions_astray_total").increment(1);
        let failed = done.err().map(|error| error.to_string());
        tracing::warn!(node.name = %node.name, session.id = %stray.id, runs, ?failed, "a copy of a session stood where it does not belong");
    }
    Ok(())
}

async fn note_health(
    scheduler: &Scheduler,
    node: &Node,
    answer: Result<(&str, &str), &str>,
) -> Result<(), RoundError> {
    let dead_after = scheduler.options.node_dead_after;
    if let Some(health) = scheduler.store.system().nodes().record_check(node.id, answer, dead_after).await? {
        metrics::counter!("node_health_changes_total", "health" => health.as_str()).increment(1);
        let (name, sessions, word) = (&node.name, node.sessions, health.as_str());
        if health == NodeHealth::Healthy {
            tracing::info!(node.name = %name, node.health = word, sessions, "a node is healthy");
        } else {
            tracing::warn!(node.name = %name, node.health = word, sessions, "a node is not healthy");
        }
    }
    Ok(())
}

async fn ask(
    scheduler: &Scheduler,
    node: &Node,
) -> Result<(wahana_waha::ServerVersion, Vec<SessionInfo>), String> {
    let client = scheduler.fleet.client(node.id).await.map_err(|error| error.to_string())?;
    let asked = async { Ok::<_, WahaError>((client.version().await?, client.sessions().await?)) };
    asked.await.map_err(|error| error.to_string())
}

async fn note(
    scheduler: &Scheduler,
    session: &PlacedSession,
    info: &SessionInfo,
    asked_ms: i64,
) -> Result<(), RoundError> {
    let status = SessionStatus::from_waha(info.status.as_str());
    let system = scheduler.store.system();
    if status != session.status {
        let me = info.me.as_ref();
        let news = StatusNews {
            status,
            event_ms: asked_ms,
            phone: me.and_then(|m| m.id.split('@').next()).map(str::to_owned),
            push_name: me.and_then(|m| m.push_name.clone()),
        };
        system.inbox().apply_status(session.id, &news).await?;
    }
    let standing = info.me.as_ref().map_or(Standing::Unknown, wahana_waha::Me::standing);
    let held = matches!(standing, Standing::Timelocked(_) | Standing::Capped(_));
    if held != session.restricted && standing != Standing::Unknown {
        system.sessions().ask_account(session.organization, session.id).await?;
    }
    if session.desired == Desired::Running && status == SessionStatus::Stopped {
        system.sessions().sync(std::slice::from_ref(session)).await?;
    }
    Ok(())
}
