//! Graceful stop: running jobs finish, nothing new starts, nothing stays leased or lost.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_queue::{Claim, LaneWorkerOpts, Queue, run_lanes};
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, PLAIN, Worker, ids, push};
use crate::redis_server::RedisServer;

const JOBS: usize = 400;
const LEASE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn lanes_stop_gracefully() {
    stops(Kind::Lanes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_queues_stop_gracefully() {
    stops(Kind::Plain).await;
}

/// Stops a worker ten times in the middle of work. A lease of 60 s would show any job that was not given back.
async fn stops(kind: Kind) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    push(kind, &queue, &ids(JOBS)).await;
    for round in 1..=10 {
        let worker = Worker::start(kind, &queue, &ledger, 8, LEASE, Duration::from_millis(50));
        eventually("some run", async || ledger.started() >= round * 20).await;
        worker.stop().await;
        assert_eq!(ledger.started(), ledger.ended(), "a running job was cut");
        assert_eq!(leased(kind, &queue, &server).await, 0, "something stayed with the stopped worker");
    }
    let worker = Worker::start(kind, &queue, &ledger, 8, LEASE, Duration::from_millis(5));
    ledger.all_ended(JOBS).await;
    worker.stop().await;
    assert_eq!(ledger.duplicates(), 0);
    assert_eq!(queue.plain_depth(PLAIN).await.unwrap(), 0);
}

/// A job that outlasts the time to drain is told, keeps its lease until that runs out, and is then delivered again.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_outlasts_the_drain_is_told_and_delivered_again() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    push(Kind::Lanes, &queue, &ids(1)).await;
    let (begun, told, shutdown) =
        (CancellationToken::new(), CancellationToken::new(), CancellationToken::new());
    let opts = LaneWorkerOpts { lease_ms: 1_000, drain: Duration::from_millis(300), ..Default::default() };
    let handler = {
        let (begun, told) = (begun.clone(), told.clone());
        move |claim: Claim| {
            let (begun, told) = (begun.clone(), told.clone());
            async move {
                begun.cancel();
                claim.lost.cancelled().await;
                told.cancel();
                std::future::pending().await
            }
        }
    };
    let worker = tokio::spawn(run_lanes(queue.clone(), opts, shutdown.clone(), handler));
    begun.cancelled().await;
    shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(10), worker).await.expect("ends in time").unwrap().unwrap();
    tokio::time::timeout(Duration::from_secs(1), told.cancelled()).await.expect("told");

    let ledger = Arc::new(Ledger::default());
    let next = Worker::start(Kind::Lanes, &queue, &ledger, 8, LEASE, Duration::ZERO);
    ledger.all_ended(1).await;
    next.stop().await;
}

/// Redis is gone when the signal comes: running jobs still finish, and the worker still ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_without_redis_cuts_no_job() {
    for kind in [Kind::Lanes, Kind::Plain] {
        let mut server = RedisServer::start().await;
        let queue = Queue::connect(&server.url(), "t").await.unwrap();
        let ledger = Arc::new(Ledger::default());
        push(kind, &queue, &ids(4)).await;
        let worker = Worker::start(kind, &queue, &ledger, 8, LEASE, Duration::from_secs(2));
        eventually("all run", async || ledger.started() == 4).await;
        server.kill().await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        tokio::time::timeout(Duration::from_secs(40), worker.stop()).await.expect("ends in time");
        assert_eq!(ledger.ended(), 4, "{kind:?}: a running job was cut");
    }
}

async fn leased(kind: Kind, queue: &Queue, server: &RedisServer) -> u64 {
    match kind {
        Kind::Lanes => {
            let lanes = queue.lanes_overview(None, 100).await.unwrap();
            lanes.iter().map(|lane| lane.depth.leased).sum()
        }
        Kind::Plain => {
            let keys: Vec<String> = server.command(&["KEYS", "*:inflight:*"]).await;
            keys.len() as u64
        }
    }
}
