//! A job that is pushed while it waits is not added; one that is pushed while its handler runs is delivered
//! again, because the relay released it again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_util::sync::CancellationToken;
use wahana_queue::{PlainWorkerOpts, Queue, run_plain};
use wahana_testkit::eventually;

use crate::harness::{PLAIN, ids};
use crate::redis_server::RedisServer;

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_job_that_is_released_again_while_it_runs_comes_again() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let job = ids(1);
    queue.plain_push(PLAIN, &job).await.unwrap();
    queue.plain_push(PLAIN, &job).await.unwrap();
    assert_eq!(queue.plain_depth(PLAIN).await.unwrap(), 1, "it waits once");

    let (runs, shutdown) = (Arc::new(AtomicU32::new(0)), CancellationToken::new());
    let opts = PlainWorkerOpts { poll_ms: 5, ..Default::default() };
    let worker = tokio::spawn(run_plain(queue.clone(), PLAIN, opts, shutdown.clone(), {
        let (queue, runs) = (queue.clone(), runs.clone());
        move |claim| {
            let (queue, runs) = (queue.clone(), runs.clone());
            async move {
                if runs.fetch_add(1, Ordering::Relaxed) == 0 {
                    queue.plain_push(PLAIN, &[claim.job]).await.unwrap();
                }
            }
        }
    }));
    eventually("it runs again", async || runs.load(Ordering::Relaxed) == 2).await;
    shutdown.cancel();
    worker.await.unwrap().unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    assert_eq!(queue.plain_depth(PLAIN).await.unwrap(), 0);
}
