//! Check 5: two workers, jobs of three times the lease, concurrency 1: no job starts twice. And the fence of
//! a lease: the handler that lost it is told, and its late answer changes nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{Class, LaneWorkerOpts, Queue, Settled, Slots, run_lanes};
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, Worker, full_speed, ids, push};
use crate::redis_server::RedisServer;

// A machine that stalls for some seconds must not look like a dead worker.

#[tokio::test(flavor = "multi_thread")]
async fn long_lane_jobs_run_once() {
    long_jobs(Kind::Lanes, 2, Duration::from_secs(4)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_plain_jobs_run_once() {
    long_jobs(Kind::Plain, 2, Duration::from_secs(8)).await;
}

/// A fetch that ends while no slot is free must not keep its worker from its heartbeats.
#[tokio::test(flavor = "multi_thread")]
async fn a_plain_worker_keeps_its_job_when_it_loses_a_slot_while_it_fetches() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let (ledger, lease) = (Arc::new(Ledger::default()), Duration::from_secs(4));
    push(Kind::Plain, &queue, &ids(1)).await;
    let slots = Slots::new(2);
    let first = Worker::start(Kind::Plain, &queue, &ledger, slots.clone(), lease, 3 * lease);
    eventually("started", async || ledger.started() == 1).await;
    let () = server.command(&["CLIENT", "PAUSE", "500"]).await;
    tokio::time::sleep(Duration::from_millis(300)).await; // by now it asked for the next job
    slots.set(1);
    let second = Worker::start(Kind::Plain, &queue, &ledger, 1, lease, 3 * lease);
    ledger.all_ended(1).await;
    for worker in [first, second] {
        worker.stop().await;
    }
    assert_eq!(ledger.duplicates(), 0);
}

async fn long_jobs(kind: Kind, jobs: usize, lease: Duration) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    push(kind, &queue, &ids(jobs)).await;
    let workers = [(); 2].map(|()| Worker::start(kind, &queue, &ledger, 1, lease, 3 * lease));
    ledger.all_ended(jobs).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(ledger.duplicates(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_lease_is_told_and_its_late_answer_changes_nothing() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let (lane, job) = (Uuid::now_v7(), Uuid::now_v7());
    queue.lane_push(lane, &[(job, Class::Hi)], &full_speed()).await.unwrap();

    let told = CancellationToken::new();
    let (shutdown, tell) = (CancellationToken::new(), told.clone());
    let opts = LaneWorkerOpts { lease_ms: 900, ..LaneWorkerOpts::default() };
    let worker = tokio::spawn(run_lanes(queue.clone(), opts, shutdown.clone(), move |claim| {
        let tell = tell.clone();
        async move {
            claim.lost.cancelled().await;
            tell.cancel();
            Settled::Drop
        }
    }));
    eventually("claimed", async || leased(&queue, lane).await == 1).await;
    let leased_key = format!("{{t:lanes3}}:l:{lane}:leased");
    let _: i64 = server.command(&["HSET", &leased_key, &job.to_string(), "another.0/1"]).await;
    tokio::time::timeout(Duration::from_secs(5), told.cancelled()).await.expect("told of the loss");
    shutdown.cancel();
    worker.await.unwrap().unwrap();
    assert_eq!(leased(&queue, lane).await, 1, "the lease of the other one still stands");
}

async fn leased(queue: &Queue, lane: Uuid) -> u64 {
    queue.lane_depths(&[lane]).await.unwrap()[0].leased
}
