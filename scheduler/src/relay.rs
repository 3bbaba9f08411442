//! The relay: releases due jobs into the shallow window of Redis, woken by wakes, by lanes that run dry, and by a tick.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wahana_domain::SessionId;
use wahana_jobs::Queue;
use wahana_queue::QueueError;
use wahana_store::Wake;

use crate::ears::{self, Heard};
use crate::{RoundError, STUCK, Scheduler, in_time};

/// The shortest pause between two rounds while lanes drain fast.
const BUSY: Duration = Duration::from_millis(20);
/// How often every lane with due work is looked at, woken or not.
const SWEEP: Duration = Duration::from_secs(15);
/// Lanes refilled in one go.
const CHUNK: usize = 200;
/// Lanes that ran dry, asked for in one go.
const HUNGRY: usize = 1_000;

struct Relay {
    scheduler: Scheduler,
    heard: UnboundedReceiver<Heard>,
    lanes: HashSet<SessionId>,
    /// Lanes that a limit holds, and until when.
    later: HashMap<SessionId, DateTime<Utc>>,
    queues: HashSet<Queue>,
    due_since: Option<DateTime<Utc>>,
    swept: Instant,
    pause: Duration,
}

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let (sender, heard) = unbounded_channel();
    let ears = tokio::spawn(ears::listen(scheduler.store.clone(), sender, shutdown.clone()));
    let pause = scheduler.options.tick;
    let mut relay = Relay {
        scheduler,
        heard,
        lanes: HashSet::new(),
        later: HashMap::new(),
        queues: HashSet::new(),
        due_since: None,
        swept: Instant::now(),
        pause,
    };
    while !shutdown.is_cancelled() {
        let began = Instant::now();
        let round = in_time(STUCK, relay.round()).await;
        metrics::histogram!("relay_round_seconds").record(began.elapsed().as_secs_f64());
        if let Err(error) = round {
            metrics::counter!("scheduler_failed_rounds_total", "loop" => "relay").increment(1);
            tracing::warn!(%error, "relay round failed, trying again");
            relay.due_since = None;
            relay.pause = Duration::from_millis(500);
        }
        if shutdown.run_until_cancelled(relay.wait()).await.is_none() {
            break;
        }
    }
    let _ = ears.await;
}

impl Relay {
    /// Waits for a wake, at most the pause.
    async fn wait(&mut self) {
        let Ok(first) = tokio::time::timeout(self.pause, self.heard.recv()).await else {
            self.queues.extend(Queue::PLAIN);
            return;
        };
        let mut next = first;
        while let Some(heard) = next {
            self.note(heard);
            next = self.heard.try_recv().ok();
        }
    }

    fn note(&mut self, heard: Heard) {
        match heard {
            Heard::Wake(Wake::Lane(lane)) => {
                self.lanes.insert(lane);
            }
            Heard::Wake(Wake::Queue(queue)) => {
                self.queues.insert(queue);
            }
            Heard::Wake(Wake::Everywhere) | Heard::Gap => self.due_since = None,
        }
    }

    async fn round(&mut self) -> Result<(), RoundError> {
        self.find_lanes().await?;
        let mut released = 0;
        let lanes: Vec<SessionId> = self.lanes.drain().collect();
        for chunk in lanes.chunks(CHUNK) {
            match self.scheduler.refill(chunk).await {
                Ok(refilled) => {
                    released += refilled.released;
                    self.lanes.extend(refilled.again);
                    self.later.extend(refilled.later);
                }
                Err(error) => {
                    self.lanes.extend(&lanes);
                    return Err(error);
                }
            }
        }
        for queue in std::mem::take(&mut self.queues) {
            released += self.release_plain(queue).await?;
        }
        // While lanes drain fast, look again soon; when nothing moves, slow down to the tick.
        self.pause = if released > 0 { BUSY } else { (self.pause * 2).min(self.scheduler.options.tick) };
        Ok(())
    }

    /// Lanes that ran dry, lanes with jobs that just became due, and now and then every lane with work.
    async fn find_lanes(&mut self) -> Result<(), RoundError> {
        let Scheduler { store, queue, .. } = &self.scheduler;
        self.lanes.extend(queue.hungry_lanes(HUNGRY).await?.into_iter().map(SessionId));
        let now = store.clock().now();
        self.lanes.extend(self.later.extract_if(|_, until| *until <= now).map(|(lane, _)| lane));
        if self.due_since.is_none() || self.swept.elapsed() > SWEEP {
            self.lanes.extend(store.system().due_lanes(None).await?);
            self.lanes.extend(store.system().campaign_lanes().await?);
            self.queues.extend(Queue::PLAIN);
            self.swept = Instant::now();
        } else {
            self.lanes.extend(store.system().due_lanes(self.due_since).await?);
        }
        self.due_since = Some(now);
        Ok(())
    }

    async fn release_plain(&mut self, queue: Queue) -> Result<usize, RoundError> {
        let Scheduler { store, queue: redis, options, .. } = &self.scheduler;
        let depth = redis.plain_depth(queue.as_str()).await?;
        let room = u64::from(options.plain_window).saturating_sub(depth) as u32;
        if room == 0 {
            return Ok(0);
        }
        let jobs = store.system().release_plain_jobs(queue, room).await?;
        if jobs.is_empty() {
            return Ok(0);
        }
        let ids: Vec<_> = jobs.iter().map(|job| job.0).collect();
        match redis.plain_push(queue.as_str(), &ids).await {
            Ok(()) => {
                metrics::counter!("relay_released_total", "queue" => queue.as_str())
                    .increment(ids.len() as u64);
                Ok(ids.len())
            }
            // The reconciler takes them back and they come again.
            Err(QueueError::Full { .. }) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }
}
