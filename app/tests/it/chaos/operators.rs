//! Operators at the command line while everything runs: they hold it back, change how much runs, look, and let it go.

use std::time::Duration;
use wahana_testkit::eventually;

use crate::chaos::campaign::{Campaign, number};
use crate::chaos::stack::{TestStack, reachable};

/// What a command says; it has to succeed.
async fn wahana(stack: &TestStack, args: &[&str]) -> String {
    stack.wahana(args).await.unwrap_or_else(|error| panic!("{args:?}: {error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_hold_everything_change_slots_look_and_let_go_without_a_restart() {
    let mut stack = TestStack::start(reachable()).await;
    let campaign = Campaign::import(&stack, "Held", 1_000).await;
    campaign.command(&stack, "start").await;
    stack.until_sent(100).await;

    wahana(&stack, &["pause", "outbound", "--reason", "a test"]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stack.until_none_is_under_way().await;
    let held = stack.sim.sent();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(stack.sim.sent(), held, "something was sent while outbound was held");

    let checked = wahana(&stack, &["doctor"]).await;
    assert!(checked.contains("HELD   outbound"), "{checked}");
    let seen = wahana(&stack, &["top", "--once", "--width", "120", "--height", "40"]).await;
    for wanted in ["OUTBOUND HELD", "Queues", "lanes", "2 workers", "Nodes", "Errors, 15 minutes"] {
        assert!(seen.contains(wanted), "no {wanted} in\n{seen}");
    }

    wahana(&stack, &["concurrency", "lanes", "7"]).await;
    let heard = async || {
        let workers: i64 =
            sqlx::query_scalar("select count(*) from workers where slots->'lanes'->>'most' = '7'")
                .fetch_one(&stack.pool)
                .await
                .expect("Postgres");
        workers == 2
    };
    eventually("both workers to have seven slots", heard).await;

    wahana(&stack, &["resume", "outbound"]).await;
    stack.until_sent(held + 100).await;
    campaign.finish(&mut stack).await;
    campaign.check(&stack).await;

    let digits: String = number(0).to_string();
    let found = wahana(&stack, &["jobs", "search", "--recipient", &digits, "--json"]).await;
    let job: serde_json::Value = serde_json::from_str(found.lines().next().expect("a job")).expect("JSON");
    let story = wahana(&stack, &["jobs", "show", job["id"].as_str().expect("an id")]).await;
    for step in ["accepted", "attempt_began", "attempt_ended", "sent", "event"] {
        assert!(story.contains(step), "no {step} in\n{story}");
    }
    let acts = wahana(&stack, &["audit"]).await;
    for act in ["hold.pause", "hold.resume", "concurrency.change", "campaign.start"] {
        assert!(acts.contains(act), "no {act} in\n{acts}");
    }
    stack.assert_all_live();
}
