//! Check 1: 20,000 due jobs and no worker; start a worker: all done. Check 8: afterwards Redis is as empty as before.
//! Smaller than the original: 20,000 jobs instead of 100,000 for the memory; plain queues refuse more than 2,000
//! waiting (asserted here), so their 20,000 are pushed while the worker runs.

use std::sync::Arc;
use std::time::Duration;

use wahana_queue::{Queue, QueueError};
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, PLAIN, Worker, ids, push};
use crate::redis_server::RedisServer;

const JOBS: usize = 20_000;
const LEASE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn lanes_drain_a_backlog_and_leave_nothing() {
    drains(Kind::Lanes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_queues_drain_a_backlog_and_leave_nothing() {
    drains(Kind::Plain).await;
}

async fn drains(kind: Kind) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    warm_up(kind, &queue, &ledger).await;
    let before = server.used_memory().await;

    let jobs = ids(JOBS);
    let first = if kind == Kind::Plain { fill_up(&queue, &jobs).await } else { JOBS };
    if kind == Kind::Lanes {
        push(kind, &queue, &jobs).await;
    }
    let worker = Worker::start(kind, &queue, &ledger, 64, LEASE, Duration::ZERO);
    push(kind, &queue, &jobs[first..]).await;
    ledger.all_ended(100 + JOBS).await;
    assert_eq!(ledger.duplicates(), 0);

    eventually("memory is back at the start, give or take 1 MB", async || {
        (server.used_memory().await - before).abs() < 1_000_000
    })
    .await;
    worker.stop().await;
    nothing_left(kind, &server).await;
}

/// Scripts loaded, buffers grown: what is there to stay is there before the first measurement.
async fn warm_up(kind: Kind, queue: &Queue, ledger: &Arc<Ledger>) {
    push(kind, queue, &ids(100)).await;
    let worker = Worker::start(kind, queue, ledger, 64, LEASE, Duration::ZERO);
    ledger.all_ended(100).await;
    worker.stop().await;
}

/// The guard rail: a plain queue without workers takes 2,000 jobs and refuses the rest.
async fn fill_up(queue: &Queue, jobs: &[uuid::Uuid]) -> usize {
    queue.plain_push(PLAIN, &jobs[..2_000]).await.unwrap();
    let refused = queue.plain_push(PLAIN, &jobs[2_000..2_001]).await;
    assert!(matches!(refused, Err(QueueError::Full { depth: 2_000, .. })), "{refused:?}");
    2_000
}

async fn nothing_left(kind: Kind, server: &RedisServer) {
    let keys: Vec<String> = server.command(&["KEYS", "*"]).await;
    let traces: Vec<_> = match kind {
        // The pace of an empty lane stays for a week: one small hash per session.
        Kind::Lanes => keys.iter().filter(|key| key.contains(":l:") && !key.ends_with(":state")).collect(),
        Kind::Plain => keys.iter().filter(|key| key.contains("plain")).collect(),
    };
    assert!(traces.is_empty(), "{traces:?}");
}
