//! Check 4: `CLIENT PAUSE 5000`, and kill -9 of Redis with a restart: no worker exits, nothing lost, nothing run twice.
//! And FLUSHALL: the workers live on and the epoch changes, so that the relay can release everything again.

use std::sync::Arc;
use std::time::Duration;

use wahana_queue::Queue;
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, Worker, ids, push};
use crate::redis_server::RedisServer;

const JOBS: usize = 800;
/// Shorter than the stall and the time without Redis: living workers get the time of a lease after an outage.
const LEASE: Duration = Duration::from_secs(4);
const JOB_TIME: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread")]
async fn lanes_outlive_a_stall() {
    stall(Kind::Lanes, LEASE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_queues_outlive_a_stall() {
    stall(Kind::Plain, Duration::from_secs(10)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lanes_outlive_a_redis_crash() {
    redis_crash(Kind::Lanes, LEASE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_queues_outlive_a_redis_crash() {
    redis_crash(Kind::Plain, Duration::from_secs(10)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lanes_outlive_a_flush() {
    flush(Kind::Lanes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_queues_outlive_a_flush() {
    flush(Kind::Plain).await;
}

async fn stall(kind: Kind, lease: Duration) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    push(kind, &queue, &ids(JOBS)).await;
    let workers = two_workers(kind, &server, &ledger, lease).await;
    eventually("work is under way", async || ledger.ended() > 50).await;
    let () = server.command(&["CLIENT", "PAUSE", "5000"]).await;
    all_once(ledger, workers).await;
}

async fn redis_crash(kind: Kind, lease: Duration) {
    let mut server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    push(kind, &queue, &ids(JOBS)).await;
    let workers = two_workers(kind, &server, &ledger, lease).await;
    for share in [100, 300] {
        eventually("work is under way", async || ledger.ended() > share).await;
        server.kill().await;
        tokio::time::sleep(LEASE + Duration::from_millis(500)).await;
        server.restart().await;
    }
    all_once(ledger, workers).await;
}

/// Each with a connection of its own, as in two processes.
async fn two_workers(kind: Kind, server: &RedisServer, ledger: &Arc<Ledger>, lease: Duration) -> [Worker; 2] {
    let first = Queue::connect(&server.url(), "t").await.unwrap();
    let second = Queue::connect(&server.url(), "t").await.unwrap();
    [first, second].map(|queue| Worker::start(kind, &queue, ledger, 16, lease, JOB_TIME))
}

async fn all_once(ledger: Arc<Ledger>, workers: [Worker; 2]) {
    ledger.all_ended(JOBS).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(ledger.duplicates(), 0, "jobs that ran more than once");
}

async fn flush(kind: Kind) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    let jobs = ids(300);
    push(kind, &queue, &jobs).await;
    let epoch = queue.epoch().await.unwrap();
    assert_eq!(queue.epoch().await.unwrap(), epoch, "the epoch is stable");
    let worker = Worker::start(kind, &queue, &ledger, 8, Duration::from_secs(5), JOB_TIME);
    eventually("work is under way", async || ledger.ended() > 16).await;

    let () = server.command(&["FLUSHALL"]).await;
    assert_ne!(queue.epoch().await.unwrap(), epoch, "the relay can see that everything is gone");
    // The relay releases again what Postgres does not know to be done.
    let again: Vec<_> = jobs.iter().copied().filter(|job| ledger.first_start(*job).is_none()).collect();
    assert!(!again.is_empty(), "the flush came in the middle");
    push(kind, &queue, &again).await;
    ledger.all_ended(jobs.len()).await;
    worker.stop().await;
}
