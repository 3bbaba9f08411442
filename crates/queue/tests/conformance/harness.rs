//! Shared by the checks: both kinds of queue behind one interface, a ledger of what ran, waiting.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{
    Class, JobId, LaneId, LaneWorkerOpts, Pace, PlainWorkerOpts, Queue, QueueError, Settled, Slots,
    run_lanes, run_plain,
};
use wahana_testkit::eventually;

pub(crate) const PLAIN: &str = "checks";
const DRAIN: Duration = Duration::from_secs(6);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Lanes,
    Plain,
}

/// No pacing at all: as fast as workers are.
pub(crate) fn full_speed() -> Pace {
    Pace {
        gap_min_ms: 0,
        gap_max_ms: 0,
        breaks: None,
        max_in_flight: 1_000_000,
        budget: None,
        open_until_ms: None,
        not_before_ms: 0,
        lo_closed_ms: None,
        organization: Uuid::nil(),
        weight: 1,
        more: true,
    }
}

pub(crate) fn every_ms(gap: u64) -> Pace {
    Pace { gap_min_ms: gap, gap_max_ms: gap, ..full_speed() }
}

pub(crate) fn ids(count: usize) -> Vec<JobId> {
    (0..count).map(|_| Uuid::now_v7()).collect()
}

/// Pushes jobs of the given kind; lanes: 100 per lane, at full speed. Waits while a plain queue is full.
pub(crate) async fn push(kind: Kind, queue: &Queue, jobs: &[JobId]) {
    for chunk in jobs.chunks(100) {
        match kind {
            Kind::Lanes => {
                let lane: LaneId = Uuid::now_v7();
                let jobs: Vec<_> = chunk.iter().map(|job| (*job, Class::Lo)).collect();
                queue.lane_push(lane, &jobs, &full_speed()).await.expect("push");
            }
            Kind::Plain => loop {
                match queue.plain_push(PLAIN, chunk).await {
                    Ok(()) => break,
                    Err(QueueError::Full { .. }) => tokio::time::sleep(Duration::from_millis(20)).await,
                    Err(error) => panic!("push: {error}"),
                }
            },
        }
    }
}

/// What the workers did, job by job.
#[derive(Default)]
pub(crate) struct Ledger {
    starts: Mutex<HashMap<JobId, Vec<Instant>>>,
    ends: Mutex<HashMap<JobId, u32>>,
}

impl Ledger {
    pub(crate) fn start(&self, job: JobId) {
        self.starts.lock().unwrap().entry(job).or_default().push(Instant::now());
    }

    pub(crate) fn end(&self, job: JobId) {
        *self.ends.lock().unwrap().entry(job).or_default() += 1;
    }

    pub(crate) fn first_start(&self, job: JobId) -> Option<Instant> {
        self.starts.lock().unwrap().get(&job).and_then(|starts| starts.first().copied())
    }

    pub(crate) fn started(&self) -> usize {
        self.starts.lock().unwrap().len()
    }

    pub(crate) fn ended(&self) -> usize {
        self.ends.lock().unwrap().len()
    }

    /// Starts beyond the first of each job.
    pub(crate) fn duplicates(&self) -> usize {
        self.starts.lock().unwrap().values().map(|starts| starts.len() - 1).sum()
    }

    pub(crate) async fn all_ended(&self, count: usize) {
        eventually(&format!("{count} jobs to be done"), async || {
            let ended = self.ended();
            if ended >= count { Ok(()) } else { Err(ended) }
        })
        .await;
    }
}

/// A worker inside the test process.
pub(crate) struct Worker {
    pub(crate) shutdown: CancellationToken,
    pub(crate) task: JoinHandle<Result<(), QueueError>>,
}

impl Worker {
    /// Jobs take `job_time`; `lease` is the lease of a lane job, or the orphan time of a plain queue.
    pub(crate) fn start(
        kind: Kind,
        queue: &Queue,
        ledger: &Arc<Ledger>,
        slots: impl Into<Slots>,
        lease: Duration,
        job_time: Duration,
    ) -> Self {
        // A poll so slow that a lost wake-up would be seen.
        Self::polling(kind, queue, ledger, slots, lease, job_time, Duration::from_secs(1))
    }

    /// The same with another rhythm of a lane worker's looks, which only bring what no wake-up brings.
    pub(crate) fn polling(
        kind: Kind,
        queue: &Queue,
        ledger: &Arc<Ledger>,
        slots: impl Into<Slots>,
        lease: Duration,
        job_time: Duration,
        poll: Duration,
    ) -> Self {
        let (slots, shutdown) = (slots.into(), CancellationToken::new());
        let (queue, token, ledger) = (queue.clone(), shutdown.clone(), ledger.clone());
        let run = move |job: JobId| {
            let ledger = ledger.clone();
            async move {
                ledger.start(job);
                tokio::time::sleep(job_time).await;
                ledger.end(job);
            }
        };
        let task = match kind {
            Kind::Lanes => {
                let (lease_ms, poll_ms) = (lease.as_millis() as u64, poll.as_millis() as u64);
                let opts = LaneWorkerOpts { slots, lease_ms, poll_ms, drain: DRAIN };
                tokio::spawn(run_lanes(queue, opts, token, move |claim| {
                    let work = run(claim.job);
                    async move {
                        work.await;
                        Settled::Drop
                    }
                }))
            }
            Kind::Plain => {
                let opts =
                    PlainWorkerOpts { slots, orphaned_after: lease, drain: DRAIN, ..Default::default() };
                tokio::spawn(run_plain(queue, PLAIN, opts, token, move |claim| run(claim.job)))
            }
        };
        Self { shutdown, task }
    }

    /// Stops and waits for the end; fails the test if the worker had died.
    pub(crate) async fn stop(self) {
        assert!(!self.task.is_finished(), "the worker ended by itself");
        self.shutdown.cancel();
        self.task.await.expect("no panic").expect("no error");
    }
}
