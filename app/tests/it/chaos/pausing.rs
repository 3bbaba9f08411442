//! People stop things: the owner pauses, the recipients say STOP.

use std::time::Duration;

use wahana_testkit::eventually;
use wahana_waha_sim::{PhoneRule, Phones};

use crate::chaos::campaign::{Campaign, number};
use crate::chaos::stack::TestStack;

/// The first so many people of the list answer STOP.
const ANNOYED: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pausing_holds_within_two_seconds_and_skips_nobody_and_stop_is_heeded() {
    let stop = |n| PhoneRule {
        number: number(n),
        exists: Some(true),
        read: Some(true),
        reply: Some("STOP".into()),
        ..PhoneRule::default()
    };
    let phones = Phones {
        off: 0.0,
        never: 0.0,
        unknown: 0.0,
        reply: 0.0,
        rules: (0..ANNOYED).map(stop).collect(),
        ..Phones::default()
    };
    let mut stack = TestStack::start(phones).await;
    let campaign = Campaign::import(&stack, "First", 2_000).await;
    let again = Campaign::import(&stack, "Second", 1_000).await;
    campaign.command(&stack, "start").await;

    stack.until_sent(300).await;
    for _ in 0..2 {
        campaign.command(&stack, "pause").await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        stack.until_none_is_under_way().await;
        let held = stack.sim.sent();
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(stack.sim.sent(), held, "something was sent while the campaign was paused");
        campaign.command(&stack, "resume").await;
        stack.until_sent(held + 100).await;
    }
    campaign.finish(&mut stack).await;
    let first = campaign.check(&stack).await;
    assert!(
        first.states.keys().all(|state| *state != wahana_domain::messages::MessageState::Cancelled),
        "{first:?}"
    );

    let stopped = async || {
        let n: i64 = sqlx::query_scalar("select count(*) from suppressions where reason = 'opt_out'")
            .fetch_one(&stack.pool)
            .await
            .expect("Postgres");
        n == i64::from(ANNOYED)
    };
    eventually("everybody's STOP to be noted", stopped).await;
    again.command(&stack, "start").await;
    again.finish(&mut stack).await;
    let second = again.check(&stack).await;
    assert_eq!(
        second.states.get(&wahana_domain::messages::MessageState::Cancelled),
        Some(&i64::from(ANNOYED)),
        "{second:?}"
    );
}
