//! Keeps lanes filled whose work waits in Postgres already: those that ran low, those with more than fitted at once, and
//! those of campaigns. What was just accepted does not wait for any of it: that is `relay.rs`'s.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wahana_domain::SessionId;

use crate::jobs::lane::LANES_PER_ROUND;
use crate::jobs::refill::Bulk;
use crate::jobs::turns::Turns;
use crate::{RoundError, STUCK, Scheduler, in_time};

/// The shortest pause between two looks at Redis for lanes that ran low.
const BUSY: Duration = Duration::from_millis(20);
/// The longest: a lane runs low with ten jobs left, and must not stand empty.
const CALM: Duration = Duration::from_millis(100);
/// How often every lane with due work is looked at, woken or not.
const SWEEP: Duration = Duration::from_secs(15);
/// Lanes that ran low, asked for in one go.
const HUNGRY: usize = 1_000;

struct Backlog {
    scheduler: Scheduler,
    /// Lanes that the relay could not fill.
    told: UnboundedReceiver<SessionId>,
    turns: Turns,
    /// Lanes that a limit holds, and until when.
    later: HashMap<SessionId, DateTime<Utc>>,
    swept: Option<Instant>,
    pause: Duration,
}

pub(crate) async fn run(
    scheduler: Scheduler,
    told: UnboundedReceiver<SessionId>,
    shutdown: CancellationToken,
) {
    let mut backlog =
        Backlog { scheduler, told, turns: Turns::default(), later: HashMap::new(), swept: None, pause: BUSY };
    while !shutdown.is_cancelled() {
        if let Err(error) = in_time(STUCK, backlog.round()).await {
            metrics::counter!("scheduler_failed_rounds_total", "loop" => "backlog").increment(1);
            tracing::warn!(error.message = %error, "backlog round failed, trying again");
            backlog.swept = None;
            backlog.pause = Duration::from_millis(500);
        }
        if shutdown.run_until_cancelled(backlog.wait()).await.is_none() {
            break;
        }
    }
}

impl Backlog {
    async fn wait(&mut self) {
        if !self.turns.is_empty() && self.pause <= BUSY {
            return;
        }
        let told = tokio::time::timeout(self.pause, self.told.recv()).await;
        if let Ok(Some(lane)) = told {
            let mut lanes = vec![lane];
            while let Ok(lane) = self.told.try_recv() {
                lanes.push(lane);
            }
            if let Err(error) = self.turns.add(&self.scheduler, &lanes).await {
                tracing::warn!(error.message = %error, "lanes wait for the sweep");
                self.swept = None;
            }
        }
    }

    async fn round(&mut self) -> Result<(), RoundError> {
        self.find_lanes().await?;
        let lanes = self.turns.take(LANES_PER_ROUND);
        let refilled = self.scheduler.refill(&lanes, &mut self.turns, Bulk::Here).await?;
        self.later.extend(refilled.later);
        self.turns.add(&self.scheduler, &refilled.more).await?;
        // While lanes drain fast, look again soon.
        self.pause = if refilled.released > 0 { BUSY } else { (self.pause * 2).min(CALM) };
        Ok(())
    }

    /// Lanes that ran low, and now and then every lane with work.
    async fn find_lanes(&mut self) -> Result<(), RoundError> {
        let Scheduler { store, queue, .. } = self.scheduler.clone();
        let mut lanes: Vec<SessionId> =
            queue.hungry_lanes(HUNGRY).await?.into_iter().map(SessionId).collect();
        let now = store.clock().now();
        lanes.extend(self.later.extract_if(|_, until| *until <= now).map(|(lane, _)| lane));
        if self.swept.is_none_or(|at| at.elapsed() > SWEEP) {
            lanes.extend(store.system().lanes().with_due_jobs().await?);
            lanes.extend(store.system().campaigns().lanes().await?);
            self.swept = Some(Instant::now());
        }
        self.turns.add(&self.scheduler, &lanes).await
    }
}
