//! A job that only waits (somebody is shown typing) lends its slot: a worker with one slot runs ten of them side by side,
//! and jobs that do not wait one by one all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Barrier;
use tokio_util::sync::CancellationToken;
use wahana_queue::{Claim, LaneWorkerOpts, Queue, Settled, Slots, run_lanes};
use wahana_testkit::eventually;

use crate::harness::{Kind, ids, push};
use crate::redis_server::RedisServer;

const RESTING: usize = 10;

#[derive(Default)]
struct Seen {
    busy: AtomicUsize,
    most_busy: AtomicUsize,
    ended: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_rest_lend_their_slot() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let (seen, all) = (Arc::new(Seen::default()), Arc::new(Barrier::new(RESTING)));
    let slots = Slots::new(1);
    let opts = LaneWorkerOpts { slots: slots.clone(), poll_ms: 5, ..Default::default() };
    let shutdown = CancellationToken::new();
    let handler = {
        let seen = seen.clone();
        move |claim: Claim| {
            let (seen, all) = (seen.clone(), all.clone());
            async move {
                if seen.ended.load(Ordering::Relaxed) < 50 {
                    let busy = seen.busy.fetch_add(1, Ordering::Relaxed) + 1;
                    seen.most_busy.fetch_max(busy, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    seen.busy.fetch_sub(1, Ordering::Relaxed);
                } else {
                    let _resting = claim.rest();
                    // Ends only if all are here at once.
                    all.wait().await;
                }
                seen.ended.fetch_add(1, Ordering::Relaxed);
                Settled::Drop
            }
        }
    };
    push(Kind::Lanes, &queue, &ids(50)).await;
    let worker = tokio::spawn(run_lanes(queue.clone(), opts, shutdown.clone(), handler));
    let ended = |jobs| {
        let seen = seen.clone();
        move || {
            let seen = seen.clone();
            async move { seen.ended.load(Ordering::Relaxed) == jobs }
        }
    };
    eventually("those that do not rest", ended(50)).await;
    assert_eq!(seen.most_busy.load(Ordering::Relaxed), 1, "one slot, one job");
    push(Kind::Lanes, &queue, &ids(RESTING)).await;
    eventually("those that rest", ended(50 + RESTING)).await;
    shutdown.cancel();
    worker.await.unwrap().unwrap();
    assert_eq!(slots.running(), 0, "every slot came back");
}
