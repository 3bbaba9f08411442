//! Check 2: after a long idle time a push starts within 500 ms, 200 times over. Smaller: 20 s idle instead of 5 min.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wahana_queue::Queue;

use crate::harness::{Kind, Ledger, Worker, eventually, ids, push};
use crate::redis_server::RedisServer;

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_lane_worker_starts_a_push_at_once() {
    starts_at_once(Kind::Lanes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_plain_worker_starts_a_push_at_once() {
    starts_at_once(Kind::Plain).await;
}

async fn starts_at_once(kind: Kind) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    let worker = Worker::start(kind, &queue, &ledger, 4, Duration::from_secs(30), Duration::ZERO);
    tokio::time::sleep(Duration::from_secs(20)).await;
    for job in ids(200) {
        let pushed = Instant::now();
        push(kind, &queue, &[job]).await;
        eventually(Duration::from_secs(5), "the job starts", || async { ledger.first_start(job).is_some() })
            .await;
        let latency = ledger.first_start(job).unwrap().duration_since(pushed);
        assert!(latency < Duration::from_millis(500), "started after {latency:?}");
    }
    worker.stop().await;
}
