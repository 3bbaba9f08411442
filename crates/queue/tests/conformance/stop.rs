//! Graceful stop: running jobs finish, nothing new starts, nothing stays leased or lost.

use std::sync::Arc;
use std::time::Duration;

use wahana_queue::Queue;

use crate::harness::{Kind, Ledger, PLAIN, Worker, eventually, ids, push};
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
        eventually(Duration::from_secs(20), "some run", || async { ledger.started() >= round * 20 }).await;
        worker.stop().await;
        assert_eq!(ledger.started(), ledger.ended(), "a running job was cut");
        assert_eq!(leased(kind, &queue, &server).await, 0, "something stayed with the stopped worker");
    }
    let worker = Worker::start(kind, &queue, &ledger, 8, LEASE, Duration::from_millis(5));
    ledger.all_ended(JOBS, Duration::from_secs(30)).await;
    worker.stop().await;
    assert_eq!(ledger.duplicates(), 0);
    assert_eq!(queue.plain_depth(PLAIN).await.unwrap(), 0);
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
