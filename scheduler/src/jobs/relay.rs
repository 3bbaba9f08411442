//! The relay: releases what was just accepted or just became due, woken by wakes and by a tick. What does not fit at once
//! goes to `backlog.rs`, so a round here stays short however much waits.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wahana_domain::jobs::Queue;
use wahana_domain::{OrganizationId, SessionId};
use wahana_queue::QueueError;
use wahana_store::Wake;

use crate::jobs::backlog;
use crate::jobs::lane::LANES_PER_ROUND;
use crate::jobs::refill::Bulk;
use crate::jobs::turns::Turns;
use crate::jobs::wake_listener::{self, WakeEvent};
use crate::{RoundError, STUCK, Scheduler, in_time};

/// The shortest pause between two rounds while plain queues drain fast.
const BUSY: Duration = Duration::from_millis(20);

struct Relay {
    scheduler: Scheduler,
    heard: UnboundedReceiver<WakeEvent>,
    backlog: UnboundedSender<SessionId>,
    woken: HashSet<SessionId>,
    turns: Turns,
    /// Lanes that a limit holds, and until when.
    later: HashMap<SessionId, DateTime<Utc>>,
    queues: HashSet<Queue>,
    /// Where the ring of organizations stands, per plain queue.
    rings: HashMap<Queue, Option<OrganizationId>>,
    due_since: Option<DateTime<Utc>>,
    pause: Duration,
}

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let (sender, heard) = unbounded_channel();
    let listener = tokio::spawn(wake_listener::listen(scheduler.store.clone(), sender, shutdown.clone()));
    let (backlog, told) = unbounded_channel();
    let behind = tokio::spawn(backlog::run(scheduler.clone(), told, shutdown.clone()));
    let pause = scheduler.options.tick;
    let mut relay = Relay {
        scheduler,
        heard,
        backlog,
        woken: HashSet::new(),
        turns: Turns::default(),
        later: HashMap::new(),
        queues: HashSet::from(Queue::PLAIN),
        rings: HashMap::new(),
        due_since: None,
        pause,
    };
    while !shutdown.is_cancelled() {
        let began = Instant::now();
        let round = in_time(STUCK, relay.round()).await;
        metrics::histogram!("relay_round_seconds").record(began.elapsed().as_secs_f64());
        if let Err(error) = round {
            metrics::counter!("scheduler_failed_rounds_total", "loop" => "relay").increment(1);
            tracing::warn!(error.message = %error, "relay round failed, trying again");
            relay.due_since = None;
            relay.pause = Duration::from_millis(500);
        }
        if shutdown.run_until_cancelled(relay.wait()).await.is_none() {
            break;
        }
    }
    let _ = listener.await;
    let _ = behind.await;
}

impl Relay {
    /// Waits for a wake, at most the pause; not at all while lanes wait.
    async fn wait(&mut self) {
        if self.turns.is_empty() || self.pause > BUSY {
            match tokio::time::timeout(self.pause, self.heard.recv()).await {
                Ok(Some(heard)) => self.note(heard),
                Ok(None) => tokio::time::sleep(self.pause).await,
                Err(_) => self.queues.extend(Queue::PLAIN),
            }
        }
        while let Ok(heard) = self.heard.try_recv() {
            self.note(heard);
        }
    }

    fn note(&mut self, heard: WakeEvent) {
        match heard {
            WakeEvent::Wake(Wake::Lane(lane)) => {
                self.woken.insert(lane);
            }
            WakeEvent::Wake(Wake::Queue(queue)) => {
                self.queues.insert(queue);
            }
            WakeEvent::Wake(Wake::Everywhere) | WakeEvent::Gap => self.due_since = None,
        }
    }

    async fn round(&mut self) -> Result<(), RoundError> {
        self.find_lanes().await?;
        let lanes = self.turns.take(LANES_PER_ROUND);
        let refilled = match self.scheduler.refill(&lanes, &mut self.turns, Bulk::Behind).await {
            Ok(refilled) => refilled,
            Err(error) => {
                self.woken.extend(lanes);
                return Err(error);
            }
        };
        self.later.extend(refilled.later);
        for lane in refilled.more {
            let _ = self.backlog.send(lane); // it ends when we do
        }
        let mut released = refilled.released;
        for queue in std::mem::take(&mut self.queues) {
            released += self.release_plain(queue).await?;
        }
        // When nothing moves, slow down to the tick.
        self.pause = if released > 0 || !self.queues.is_empty() {
            BUSY
        } else {
            (self.pause * 2).min(self.scheduler.options.tick)
        };
        Ok(())
    }

    /// Lanes that were woken, and lanes with jobs that just became due.
    async fn find_lanes(&mut self) -> Result<(), RoundError> {
        let system = self.scheduler.store.system();
        let now = self.scheduler.store.clock().now();
        let mut lanes: Vec<SessionId> = self.woken.drain().collect();
        lanes.extend(self.later.extract_if(|_, until| *until <= now).map(|(lane, _)| lane));
        lanes.extend(match self.due_since {
            Some(since) => system.lanes().due(since).await?,
            None => {
                self.queues.extend(Queue::PLAIN);
                system.lanes().with_due_jobs().await?
            }
        });
        self.turns.add(&self.scheduler, &lanes).await?;
        self.due_since = Some(now);
        Ok(())
    }

    /// Fills the window of a plain queue, organizations in turn from where the ring stands.
    async fn release_plain(&mut self, queue: Queue) -> Result<usize, RoundError> {
        let Scheduler { store, queue: redis, options, .. } = &self.scheduler;
        let depth = redis.plain_depth(queue.as_str()).await?;
        let room = u64::from(options.plain_window).saturating_sub(depth) as u32;
        if room == 0 {
            self.queues.insert(queue); // it drains
            return Ok(0);
        }
        let after = self.rings.get(&queue).copied().flatten();
        let turn = store.system().lanes().release_plain(queue, after, room).await?;
        self.rings.insert(queue, turn.last);
        if turn.last.is_some() || !turn.jobs.is_empty() {
            self.queues.insert(queue); // there may be more
        }
        if turn.jobs.is_empty() {
            return Ok(0);
        }
        let ids: Vec<_> = turn.jobs.iter().map(|job| job.0).collect();
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
