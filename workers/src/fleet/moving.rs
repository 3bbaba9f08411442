//! Moving a session to another node: nothing is under way, it is stopped at the old node and seen stopped, and only
//! then the new node has it. Two live copies of one identity end in a logout.

use chrono::TimeDelta;
use wahana_domain::Reason;
use wahana_domain::sessions::SessionStatus;
use wahana_jobs::{Job, MoveSession, Outcome};
use wahana_store::StoreError;
use wahana_store::fleet::session_moves::MoveWork;
use wahana_waha::ErrorCode;

use crate::Workers;

/// How long a move rests while sends or commands of the session are under way.
const BUSY: TimeDelta = TimeDelta::milliseconds(300);

/// Moves the session as far as it goes now; every step may be repeated.
pub(crate) async fn relocate(
    workers: &Workers,
    job: &MoveSession,
    attempt: u32,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let session = job.session;
    let Some(work) = system.session_moves().work(session).await? else { return Ok(Outcome::Done) };
    if work.busy > 0 {
        return Ok(Outcome::Defer { until: workers.store.clock().now() + BUSY, code: Reason::SessionBusy });
    }
    if !work.forced
        && let Err(why) = stop(workers, &work).await
    {
        let over = MoveSession::RETRY.after(attempt, 0.0).is_none();
        system.session_moves().record_result(session, work.id, &why, over).await?;
        return Ok(Outcome::Retry { code: Reason::NotStopped, detail: why });
    }
    system.session_moves().switch_node(session, work.id).await?;
    metrics::counter!("session_moves_total").increment(1);
    tracing::info!(session.id = %session, from = %work.from, forced = work.forced, "the session goes to another node");
    Ok(Outcome::Done)
}

/// Stops the session at its old node and looks whether it is; what is not there is stopped too.
async fn stop(workers: &Workers, work: &MoveWork) -> Result<(), String> {
    let client = workers.fleet.client(work.from).await.map_err(|error| error.to_string())?;
    client.stop_session(&work.waha_name).await.map_err(|error| error.to_string())?;
    match client.session(&work.waha_name).await {
        Ok(info) if SessionStatus::from_waha(info.status.as_str()) == SessionStatus::Stopped => Ok(()),
        Ok(info) => Err(format!("the old node still says {}", info.status.as_str())),
        Err(error) if error.code == ErrorCode::SessionNotFound => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}
