//! Sessions as their owners want them against sessions as they are: what is broken is restarted, as a job, with
//! growing pauses and within its node's budget; what only a person can mend is left to people, and what waits for its
//! node waits.
//!
//! Acts on what is written down only; that WAHA is compared with it is the work of `session_reconciler.rs`.

use std::time::Duration;

use rand::RngExt;
use tokio_util::sync::CancellationToken;
use wahana_domain::health::Health;
use wahana_jobs::Retry;
use wahana_store::sessions::supervision::Restart;

use crate::{RoundError, Scheduler, every};

/// Pauses between the restarts of one session.
const PAUSES: Retry =
    Retry { attempts: u32::MAX, base: Duration::from_secs(20), cap: Duration::from_secs(30 * 60) };
/// Sessions are counted once in so many rounds: that reads all of them.
const MEASURED: u32 = 6;

/// When something counts as wrong, and how much is done about it.
#[derive(Clone, Debug)]
pub struct Supervision {
    /// How often sessions are looked at.
    pub every: Duration,
    /// Longest time in STARTING. NOWEB itself gives up after two minutes (docs/waha.md 0.10).
    pub starting: Duration,
    /// How long nothing may be heard of a session after it sent something.
    pub deaf_after: Duration,
    /// How long WhatsApp may confirm none of the messages of a session.
    pub unacked_after: Duration,
    /// Restarts per WAHA server in ten minutes.
    pub restarts_per_node: u32,
}

impl Default for Supervision {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(5),
            starting: Duration::from_secs(180),
            deaf_after: Duration::from_secs(300),
            unacked_after: Duration::from_secs(600),
            restarts_per_node: 30,
        }
    }
}

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let pause = scheduler.options.supervision.every;
    let mut rounds: u32 = 0;
    every("supervisor", pause, shutdown, async move || {
        if rounds.is_multiple_of(MEASURED) {
            measure(&scheduler).await?;
        }
        rounds = rounds.wrapping_add(1);
        round(&scheduler).await
    })
    .await;
}

async fn round(scheduler: &Scheduler) -> Result<(), RoundError> {
    let system = scheduler.store.system();
    let options = &scheduler.options.supervision;
    let (away, back) = system.sessions().follow_nodes().await?;
    if away + back > 0 {
        tracing::info!(away, back, "sessions wait for their nodes, or came back with them");
    }
    let deaf = system.sessions().find_deaf(options.deaf_after).await?;
    metrics::counter!("sessions_found_deaf_total").increment(deaf);
    let unacked = system.sessions().find_unacked(options.unacked_after).await?;
    metrics::counter!("sessions_found_unacked_total").increment(unacked);
    for ill in system.sessions().ill(options.starting).await? {
        let random = rand::rng().random();
        let pause = PAUSES.after(ill.restarts + 1, random).unwrap_or(PAUSES.cap);
        let restart = system.sessions().restart_ill(&ill, options.restarts_per_node, pause).await?;
        let outcome = match restart {
            Restart::Asked => "asked",
            Restart::NoBudget => "no_budget",
            Restart::Moved => continue,
        };
        metrics::counter!("session_restarts_total", "outcome" => outcome).increment(1);
        tracing::warn!(session.id = %ill.session, session.status = ?ill.status, trouble = ?ill.trouble, restarts = ill.restarts, restart.outcome = outcome, "a session is ill");
    }
    system.sessions().forget_restarts().await?;
    Ok(())
}

/// How many sessions are how; for metrics. A health that nobody has shows as 0.
async fn measure(scheduler: &Scheduler) -> Result<(), RoundError> {
    let healths = scheduler.store.system().sessions().healths().await?;
    for health in Health::ALL {
        let sessions = healths.iter().find(|(found, _)| found == health).map_or(0, |(_, n)| *n);
        metrics::gauge!("sessions_by_health", "health" => health.as_str()).set(sessions as f64);
    }
    Ok(())
}
