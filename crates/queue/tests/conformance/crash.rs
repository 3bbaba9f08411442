//! Check 3: kill -9 a worker with 32 running sends, five times: nothing lost, and behind the fence nothing sent twice.

use std::collections::HashSet;

use wahana_queue::Queue;
use wahana_testkit::eventually;

use crate::child::{self, CONCURRENCY};
use crate::harness::{Kind, PLAIN, ids, push};
use crate::redis_server::RedisServer;

const JOBS: usize = 600;

#[tokio::test(flavor = "multi_thread")]
async fn killed_lane_workers_lose_nothing_and_send_nothing_twice() {
    survives_kills(Kind::Lanes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_plain_workers_lose_nothing_and_send_nothing_twice() {
    survives_kills(Kind::Plain).await;
}

async fn survives_kills(kind: Kind) {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let jobs = ids(JOBS);
    push(kind, &queue, &jobs).await;

    for _ in 0..5 {
        let before = child::sends(folder.path()).len();
        let mut worker = child::spawn(kind, &server.url(), folder.path());
        eventually("a full house of running sends", async || {
            child::sends(folder.path()).len() >= before + CONCURRENCY
        })
        .await;
        worker.kill().await.unwrap();
    }
    let _worker = child::spawn(kind, &server.url(), folder.path());
    eventually("every job was taken", async || child::fenced(folder.path()).len() >= JOBS).await;
    eventually("Redis holds none of them", async || waiting_or_running(kind, &queue, &server).await == 0)
        .await;

    assert_eq!(child::fenced(folder.path()), HashSet::from_iter(jobs), "lost");
    let sends = child::sends(folder.path());
    assert_eq!(sends.iter().collect::<HashSet<_>>().len(), sends.len(), "sent twice");
}

async fn waiting_or_running(kind: Kind, queue: &Queue, server: &RedisServer) -> u64 {
    match kind {
        Kind::Lanes => {
            let lanes = queue.lanes_overview(None, 1_000).await.unwrap();
            lanes.iter().map(|lane| lane.depth.waiting() + lane.depth.leased).sum()
        }
        Kind::Plain => {
            let inflight: Vec<String> = server.command(&["KEYS", "*:inflight:*"]).await;
            queue.plain_depth(PLAIN).await.unwrap() + inflight.len() as u64
        }
    }
}
