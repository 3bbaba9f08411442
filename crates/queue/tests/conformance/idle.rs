//! Check 2: after a long idle time a push starts at once (the original: within 500 ms), 200 times over. Smaller: 20 s idle instead of 5 min.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wahana_queue::Queue;
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, Worker, ids, push};
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
    // The next look of a lane worker is an hour away, so only the wake-up can bring the job.
    let (lease, hour) = (Duration::from_secs(30), Duration::from_secs(3_600));
    let worker = Worker::polling(kind, &queue, &ledger, 4, lease, Duration::ZERO, hour);
    tokio::time::sleep(Duration::from_secs(20)).await;
    let mut latencies = Vec::new();
    for job in ids(200) {
        let pushed = Instant::now();
        push(kind, &queue, &[job]).await;
        eventually("the job to start", async || ledger.first_start(job).is_some()).await;
        latencies.push(ledger.first_start(job).unwrap().duration_since(pushed));
    }
    // Every one starts; of the slowest of 200 a busy machine says more than the queue.
    latencies.sort();
    assert!(latencies[100] < Duration::from_millis(500), "half of them started after {:?}", latencies[100]);
    worker.stop().await;
}
