//! Figures that no single request shows, for `/metrics` and for the history of the queues: what waits in Postgres, and
//! what lanes wait for.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use wahana_domain::jobs::{JobState, Queue};
use wahana_queue::WaitingFor;
use wahana_store::operator::queue_history::QueueSample;

use crate::jobs::runnable::oldest_runnable;
use crate::{RoundError, Scheduler, every};

/// A look at a long backlog takes long; it may take this part of a processor, and comes less often instead.
const SHARE: u32 = 50;
/// Lanes read in one go.
const PAGE: usize = 500;

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let mut next = Instant::now();
    every("gauges", Duration::from_secs(5), shutdown, async move || {
        let started = Instant::now();
        if started >= next {
            look(&scheduler).await?;
            next = Instant::now() + started.elapsed() * SHARE;
        }
        Ok(())
    })
    .await;
}

async fn look(scheduler: &Scheduler) -> Result<(), RoundError> {
    let system = scheduler.store.system();
    lanes(scheduler).await?;
    let ages = oldest_runnable(&scheduler.store, &scheduler.queue).await?;
    for (queue, age) in &ages {
        metrics::gauge!("queue_oldest_runnable_seconds", "queue" => queue.as_str()).set(age.as_seconds_f64());
    }
    let depths = system.jobs().queue_depths().await?;
    let depth = |queue: Queue, state: JobState| depths.iter().find(|d| d.queue.is(queue) && d.state == state);
    let jobs = |queue, state| depth(queue, state).map_or(0, |d| d.jobs);
    let sample = |queue: &Queue| QueueSample {
        queue: (*queue).into(),
        pending: jobs(*queue, JobState::Pending),
        released: jobs(*queue, JobState::Released),
        running: jobs(*queue, JobState::Running),
        dead: jobs(*queue, JobState::Dead),
        oldest_seconds: ages.get(queue).map_or(0.0, |age| age.as_seconds_f64()),
    };
    let samples: Vec<QueueSample> = Queue::ALL.iter().map(sample).collect();
    system.queue_history().record(&samples).await?;
    for queue in Queue::ALL {
        for state in JobState::ALL {
            let depth = depth(*queue, *state);
            metrics::gauge!("queue_jobs", "queue" => queue.as_str(), "state" => state.as_str())
                .set(depth.map_or(0.0, |d| d.jobs as f64));
            if *state == JobState::Pending {
                let oldest = depth.map_or(0.0, |d| d.oldest_seconds.max(0.0));
                metrics::gauge!("queue_oldest_due_seconds", "queue" => queue.as_str()).set(oldest);
            }
        }
    }
    Ok(())
}

/// How many lanes wait for what.
async fn lanes(scheduler: &Scheduler) -> Result<(), RoundError> {
    let mut waiting: HashMap<&str, u32> = HashMap::new();
    let mut after = None;
    loop {
        let page = scheduler.queue.lanes_overview(after, PAGE).await?;
        for lane in &page {
            *waiting.entry(lane.waiting_for.as_str()).or_default() += 1;
        }
        after = page.last().map(|lane| lane.lane);
        if page.len() < PAGE {
            break;
        }
    }
    for reason in WaitingFor::ALL {
        let lanes = waiting.get(reason.as_str()).copied().unwrap_or(0);
        metrics::gauge!("lanes_waiting", "for" => reason.as_str()).set(f64::from(lanes));
    }
    Ok(())
}
