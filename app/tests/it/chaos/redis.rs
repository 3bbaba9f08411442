//! Redis dies, forgets everything, and stalls.

use std::time::{Duration, Instant};

use serde_json::json;
use wahana_testkit::eventually;
use wahana_waha_sim::SendRecord;

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{TestStack, reachable};

/// Messages that are posted while Redis is away.
const MEANWHILE: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_may_die_forget_and_stall() {
    let mut stack = TestStack::start(reachable()).await;
    let campaign = Campaign::start(&stack, 2_000).await;

    stack.until_sent(200).await;
    stack.services.kill_redis().await;
    let died = Instant::now();
    accepts_without_redis(&stack).await;
    tokio::time::sleep(Duration::from_secs(3).saturating_sub(died.elapsed())).await;
    stack.services.start_redis().await.expect("Redis again");
    eventually("what was accepted meanwhile", async || arrived(&stack) == MEANWHILE as usize).await;

    stack.until_sent(700).await;
    assert_eq!(stack.redis("FLUSHALL").await, "+OK");

    stack.until_sent(1_000).await;
    assert_eq!(stack.redis("CLIENT PAUSE 5000 ALL").await, "+OK");

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
}

/// The API needs Postgres only, its rate limits too; the others say that they cannot work now.
async fn accepts_without_redis(stack: &TestStack) {
    for n in 0..MEANWHILE {
        let body = json!({"session_id": stack.senders[0], "to": format!("+62817{n:08}"), "content": {"type": "text", "text": format!("Code {n}")}});
        stack.client.post("/api/v1/messages", body).await;
    }
    assert_eq!(stack.api.probe("/readyz").await, Some(200));
    for role in [&stack.scheduler, &stack.workers[0]] {
        assert_eq!((role.probe("/readyz").await, role.probe("/healthz").await), (Some(503), Some(200)));
    }
}

fn arrived(stack: &TestStack) -> usize {
    let is_one = |sent: &SendRecord| sent.chat_id.starts_with("62817");
    stack.sim.sends().iter().filter(|sent| is_one(sent)).count()
}
