//! Rates over many lanes: two schedulers ask as fast as they can, Redis is flushed, and no more than the rate goes out.

use std::time::Duration;

use tokio::time::Instant;
use wahana_queue::{Ask, Queue, Rate};

use crate::redis_server::RedisServer;

fn ask(hi: i64, lo: i64, per_minute: &[u32]) -> Ask {
    let rate = |(i, per_minute): (usize, &u32)| Rate { name: format!("r{i}"), per_minute: *per_minute };
    Ask { rates: per_minute.iter().enumerate().map(rate).collect(), hi, lo }
}

#[tokio::test(flavor = "multi_thread")]
async fn together_they_keep_the_rate_even_when_redis_is_flushed() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let begun = Instant::now();
    let askers = [0, 1].map(|_| {
        let queue = queue.clone();
        tokio::spawn(async move {
            let mut taken = 0;
            while begun.elapsed() < Duration::from_secs(2) {
                taken += queue.take_rates(&[ask(0, 5, &[600, 100_000])]).await.unwrap()[0].lo;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            taken
        })
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let _: String = server.command(&["FLUSHALL"]).await;
    let mut taken = 0;
    for asker in askers {
        taken += asker.await.unwrap();
    }
    let allowed = begun.elapsed().as_millis() as u32 * 600 / 60_000;
    // A bucket begins nearly empty, twice, and of its 20 a fifth is kept for hi.
    assert!((allowed / 2..=allowed + 2).contains(&taken), "{taken} taken, {allowed} allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_is_named_and_hi_has_a_reserve() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let first = queue.take_rates(&[ask(0, 9, &[60, 30])]).await.unwrap()[0];
    assert_eq!(first.lo, 1, "one that nobody knows begins with one token");
    let then = queue.take_rates(&[ask(0, 9, &[60, 30])]).await.unwrap()[0];
    let (bound, wait) = then.bound.expect("something binds");
    assert_eq!((then.lo, bound), (0, 1), "the stricter of the two");
    assert!((1_000..=2_000).contains(&wait), "a token every two seconds, {wait} ms");

    // 3,000 a minute: 100 in the bucket, 20 of them for hi alone.
    let full = || ask(0, 1_000, &[3_000]);
    queue.take_rates(&[ask(0, -200, &[3_000])]).await.unwrap();
    let lo = queue.take_rates(&[full()]).await.unwrap()[0].lo;
    assert_eq!(lo, 80);
    assert!(queue.take_rates(&[ask(15, 15, &[3_000])]).await.unwrap()[0].hi == 15);
}
