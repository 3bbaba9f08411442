//! Check 9: an entry that is no job lands in a dead list; the worker lives and does the next one. The same for a
//! handler that panics.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{Claim, Class, LaneWorkerOpts, PlainWorkerOpts, Queue, Settled, run_lanes, run_plain};
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, PLAIN, Worker, full_speed, ids, push};
use crate::redis_server::RedisServer;

const LEASE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_entry_that_is_no_id_is_put_aside() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let lane = Uuid::now_v7();
    let part = |name: &str| format!("{{t:lanes3}}:l:{lane}:{name}");
    let _: i64 = server.command(&["HSET", &part("jobs"), "rubbish", "l:0"]).await;
    let _: i64 = server.command(&["ZADD", &part("lo"), "0", "rubbish"]).await;
    let job = Uuid::now_v7();
    queue.lane_push(lane, &[(job, Class::Lo)], &full_speed()).await.unwrap();

    let ledger = Arc::new(Ledger::default());
    let worker = Worker::start(Kind::Lanes, &queue, &ledger, 1, LEASE, Duration::ZERO);
    ledger.all_ended(1).await;
    let dead: Vec<String> = server.command(&["LRANGE", "{t:lanes3}:dead", "0", "-1"]).await;
    assert_eq!(dead, [format!("{lane}/rubbish")]);
    worker.stop().await;
    assert_eq!(queue.lane_depths(&[lane]).await.unwrap()[0], Default::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_payload_that_is_no_job_is_put_aside() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    for (id, payload) in [("901", "\u{1}rubbish"), ("902", "{\"job\":\"not an id\"}")] {
        let meta = format!("{{t:plain:checks}}:meta:{id}");
        let _: i64 = server.command(&["HSET", "{t:plain:checks}:data", id, payload]).await;
        let _: i64 =
            server.command(&["HSET", &meta, "attempts", "0", "max_attempts", "1", "status", "Pending"]).await;
        let _: i64 = server.command(&["RPUSH", "{t:plain:checks}:active", id]).await;
    }
    push(Kind::Plain, &queue, &ids(1)).await;

    let ledger = Arc::new(Ledger::default());
    let worker = Worker::start(Kind::Plain, &queue, &ledger, 1, LEASE, Duration::ZERO);
    ledger.all_ended(1).await;
    let mut dead = queue.plain_dead(PLAIN, 10).await.unwrap();
    dead.sort();
    assert_eq!(dead, [b"\x01rubbish".to_vec(), b"{\"job\":\"not an id\"}".to_vec()]);
    worker.stop().await;
    assert_eq!(queue.plain_depth(PLAIN).await.unwrap(), 0);
}

/// An entry apalis-redis itself cannot read kills its worker at the fetch; it must not do so for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_plain_entry_that_kills_workers_is_put_aside() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let _: i64 = server.command(&["RPUSH", "{t:plain:checks}:active", "903"]).await;
    push(Kind::Plain, &queue, &ids(1)).await;

    let ledger = Arc::new(Ledger::default());
    let worker = Worker::start(Kind::Plain, &queue, &ledger, 1, LEASE, Duration::ZERO);
    ledger.all_ended(1).await;
    eventually("put aside", async || queue.plain_dead(PLAIN, 10).await.unwrap() == [b"".to_vec()]).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_ends_one_job_and_nothing_else() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let jobs = ids(20);
    let bad = jobs[3];
    for kind in [Kind::Lanes, Kind::Plain] {
        push(kind, &queue, &jobs).await;
        let ledger = Arc::new(Ledger::default());
        let (shutdown, book) = (CancellationToken::new(), ledger.clone());
        let run = move |claim: Claim| {
            let book = book.clone();
            async move {
                assert!(claim.job != bad, "this panic is part of the test");
                book.end(claim.job);
            }
        };
        let worker = match kind {
            Kind::Lanes => {
                let handler = move |claim| {
                    let work = run(claim);
                    async move {
                        work.await;
                        Settled::Drop
                    }
                };
                tokio::spawn(run_lanes(queue.clone(), LaneWorkerOpts::default(), shutdown.clone(), handler))
            }
            Kind::Plain => {
                let opts = PlainWorkerOpts::default();
                tokio::spawn(run_plain(queue.clone(), PLAIN, opts, shutdown.clone(), run))
            }
        };
        ledger.all_ended(jobs.len() - 1).await;
        eventually("the bad job is gone too", async || {
            let lanes = queue.lanes_overview(None, 10).await.unwrap();
            lanes.iter().all(|lane| lane.depth == Default::default())
                && queue.plain_depth(PLAIN).await.unwrap() == 0
        })
        .await;
        assert!(!worker.is_finished(), "{kind:?} worker died");
        shutdown.cancel();
        worker.await.unwrap().unwrap();
    }
}
