//! Organizations take turns at the slots of workers, whatever stands in their lanes (docs/adr/0009-fairness.md). Claims
//! are counted, not milliseconds: one worker that does one job at a time.

use std::sync::{Arc, Mutex};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{Class, JobId, LaneWorkerOpts, Pace, Queue, Settled, Slots, run_lanes};
use wahana_testkit::eventually;

use crate::harness::{full_speed, ids};
use crate::redis_server::RedisServer;

struct TestQueue {
    _server: RedisServer,
    queue: Queue,
}

impl TestQueue {
    async fn new() -> Self {
        let server = RedisServer::start().await;
        let queue = Queue::connect(&server.url(), "t").await.unwrap();
        Self { _server: server, queue }
    }

    /// So many lanes of one organization with so many jobs each; returns the jobs.
    async fn fill(&self, organization: u128, weight: u32, lanes: usize, jobs: usize) -> Vec<JobId> {
        let pace =
            Pace { organization: Uuid::from_u128(organization), weight, max_in_flight: 1, ..full_speed() };
        let mut all = Vec::new();
        for _ in 0..lanes {
            let jobs: Vec<_> = ids(jobs).into_iter().map(|job| (job, Class::Lo)).collect();
            self.queue.lane_push(Uuid::now_v7(), &jobs, &pace).await.unwrap();
            all.extend(jobs.into_iter().map(|(job, _)| job));
        }
        all
    }

    /// The order in which one worker does everything.
    async fn order(&self, jobs: usize) -> Vec<JobId> {
        let (order, shutdown) = (Arc::new(Mutex::new(Vec::new())), CancellationToken::new());
        let done = order.clone();
        let opts = LaneWorkerOpts { slots: Slots::new(1), ..LaneWorkerOpts::default() };
        let worker = tokio::spawn(run_lanes(self.queue.clone(), opts, shutdown.clone(), move |claim| {
            done.lock().unwrap().push(claim.job);
            async { Settled::Drop }
        }));
        eventually("everything ran", async || order.lock().unwrap().len() == jobs).await;
        shutdown.cancel();
        worker.await.unwrap().unwrap();
        let order = order.lock().unwrap();
        order.clone()
    }
}

fn places(order: &[JobId], jobs: &[JobId]) -> Vec<usize> {
    let mut places: Vec<usize> =
        order.iter().enumerate().filter(|(_, job)| jobs.contains(job)).map(|(place, _)| place).collect();
    places.sort_unstable();
    places
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_waits_for_one_claim_of_each_other_organization() {
    let fixture = TestQueue::new().await;
    fixture.fill(1, 1, 200, 3).await;
    fixture.fill(2, 1, 50, 3).await;
    let one = fixture.fill(3, 1, 1, 1).await;
    let order = fixture.order(751).await;
    assert!(places(&order, &one)[0] <= 2, "at most one of each of the two others before it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_keeps_its_share_against_any_number_of_lanes() {
    let fixture = TestQueue::new().await;
    fixture.fill(1, 1, 200, 1).await;
    let few = fixture.fill(2, 1, 1, 20).await;
    let order = fixture.order(220).await;
    for (n, place) in places(&order, &few).into_iter().enumerate() {
        assert!(place <= 2 * n + 1, "job {n} of the single lane was started as number {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heavier_plan_has_more_turns() {
    let fixture = TestQueue::new().await;
    fixture.fill(1, 1, 40, 2).await;
    let heavy = fixture.fill(2, 3, 40, 2).await;
    let order = fixture.order(160).await;
    let among = places(&order[..80], &heavy).len();
    assert!((58..=62).contains(&among), "three of four, but it were {among} of 80");
}
