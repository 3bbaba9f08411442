//! Postgres dies: for a moment, and for longer than a lease.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use wahana_testkit::Reply;

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{TestStack, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_may_die_for_longer_than_a_lease() {
    let mut stack = TestStack::start(reachable()).await;
    let campaign = Campaign::start(&stack, 2_000).await;

    stack.until_sent(300).await;
    stack.services.kill_postgres().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stack.services.start_postgres().await.expect("Postgres again");

    stack.until_sent(1_000).await;
    stack.services.kill_postgres().await;
    let died = Instant::now();
    refuses_politely(&stack).await;
    not_ready_but_alive(&stack).await;
    tokio::time::sleep(Duration::from_secs(12).saturating_sub(died.elapsed())).await;
    stack.services.start_postgres().await.expect("Postgres again");
    let accepted = Reply::to(post(&stack)).await;
    assert_eq!(accepted.status, 202, "the same request, when Postgres is back");

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
}

fn post(stack: &TestStack) -> reqwest::RequestBuilder {
    let body = json!({"session_id": stack.senders[0], "to": "+6281799999999", "content": {"type": "text", "text": "A code"}});
    stack.client.request(Method::POST, "/api/v1/messages").header("idempotency-key", "outage").json(&body)
}

/// Nothing is promised that cannot be kept, and the customer hears when to come back.
async fn refuses_politely(stack: &TestStack) {
    for _ in 0..3 {
        let answer = Reply::to(post(stack)).await;
        let wait = answer.header("retry-after").parse().ok();
        assert_eq!(answer.status, 503);
        assert!(wait > Some(0_u32), "{:?}", answer.headers);
        assert_eq!(answer.body["code"], "unavailable", "{}", answer.text);
    }
}

/// Not to be restarted for what a restart does not mend.
async fn not_ready_but_alive(stack: &TestStack) {
    for role in [&stack.api, &stack.scheduler, &stack.workers[0]] {
        assert_eq!((role.probe("/readyz").await, role.probe("/healthz").await), (Some(503), Some(200)));
    }
}
