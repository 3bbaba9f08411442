//! Our own processes die, or stand still for longer than their lease and then go on.

use std::time::Duration;

use wahana_testkit::eventually;
use wahana_waha_sim::{Faults, SimConfig, Version};

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{LEASE, TestStack, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_may_die_and_stand_still() {
    // The harder WAHA: it does not take our ids, so a message is found again by its words and its time only.
    let waha = SimConfig { version: Version::V2026_4, phones: reachable(), ..SimConfig::default() };
    let mut stack = TestStack::start_on(waha).await;
    let campaign = Campaign::start(&stack, 2_000).await;

    stack.until_sent(200).await;
    // WAHA takes its time to answer, so that the worker dies between its call and the answer.
    stack.sim.set_faults(Faults { hang: 0.3, hang_ms: 500, ..Faults::default() });
    tokio::time::sleep(Duration::from_secs(1)).await;
    stack.workers[0].kill().await;
    stack.sim.set_faults(Faults::default());
    stack.until_sent(300).await;
    stack.scheduler.kill().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    stack.scheduler.restart();
    stack.workers[0].restart();

    stack.until_sent(600).await;
    stack.api.kill().await;
    stack.workers[1].signal("STOP");
    let held = stack.texts("select id::text from messages where state = 'sending'").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stack.api.restart();
    // Until the lease is over, and all that it had in hand was looked for.
    tokio::time::sleep(LEASE).await;
    eventually("what the worker that stands still was sending to be looked for", async || {
        let open = stack.texts("select id::text from messages where state in ('sending', 'unknown')").await;
        let left: Vec<String> = open.into_iter().filter(|id| held.contains(id)).collect();
        if left.is_empty() { Ok(()) } else { Err(left) }
    })
    .await;
    stack.workers[1].signal("CONT");

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
}
