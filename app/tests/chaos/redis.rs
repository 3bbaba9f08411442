//! Redis dies, forgets everything, and stalls.

use std::time::Duration;

use crate::campaign::Campaign;
use crate::stack::{Stack, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_may_die_forget_and_stall() {
    let mut stack = Stack::start(reachable()).await;
    let campaign = Campaign::start(&stack, 2_000).await;

    stack.until_sent(200).await;
    stack.services.kill_redis().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    stack.services.start_redis().await.expect("Redis again");

    stack.until_sent(700).await;
    assert_eq!(stack.redis("FLUSHALL").await, "+OK");

    stack.until_sent(1_000).await;
    assert_eq!(stack.redis("CLIENT PAUSE 5000 ALL").await, "+OK");

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
}
