//! Postgres dies: for a moment, and for longer than a lease.

use std::time::Duration;

use crate::campaign::Campaign;
use crate::stack::{Stack, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_may_die_for_longer_than_a_lease() {
    let mut stack = Stack::start(reachable()).await;
    let campaign = Campaign::start(&stack, 2_000).await;

    for (sent, seconds) in [(300, 2), (1_000, 12)] {
        stack.until_sent(sent).await;
        stack.services.kill_postgres().await;
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        stack.services.start_postgres().await.expect("Postgres again");
    }

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
}
