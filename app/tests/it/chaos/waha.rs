//! WAHA hangs, cuts connections before and after it sent, refuses; its webhooks come late, twice, or never.

use wahana_domain::SessionId;
use wahana_testkit::eventually;
use wahana_waha_sim::{AckStyle, Faults, PhoneRule, Phones};

use crate::chaos::campaign::{Campaign, number};
use crate::chaos::stack::{TestStack, reachable};

/// WhatsApp refuses messages to the first hundred people of the list.
const REFUSED: u32 = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_answers_are_looked_for_and_refusals_stand() {
    let first_hundred = number(0)[..number(0).len() - 2].to_owned() + "*";
    let refused = PhoneRule { number: first_hundred, ack: Some(AckStyle::Error), ..PhoneRule::default() };
    let mut stack = TestStack::start(Phones { rules: vec![refused], ..reachable() }).await;
    // Of two senders no webhook tells the truth: only looking at WAHA can.
    let deaf_sessions =
        vec![stack.waha_name(&stack.senders[0]).await, stack.waha_name(&stack.senders[1]).await];
    stack.sim.set_faults(Faults {
        connection_closed: 0.02,
        hang: 0.01,
        drop_before: 0.02,
        drop_after: 0.02,
        deaf_sessions,
        webhook_duplicate: 0.1,
        webhook_disorder: 0.3,
        webhook_disorder_ms: 20_000,
        ..Faults::default()
    });
    let campaign = Campaign::start(&stack, 2_000).await;
    campaign.finish(&mut stack).await;
    eventually("every refusal", async || unheard_refusals(&stack).await == 0).await;
    campaign.check(&stack).await;
}

/// Messages that WhatsApp refused and that do not say so, of the senders whose webhooks come.
async fn unheard_refusals(stack: &TestStack) -> i64 {
    let heard = stack.senders[2..].iter().map(|id| id.parse::<SessionId>().expect("an id").0);
    let query = "select count(*) from messages where session_id = any($1) and phone < $2
                 and not (state = 'failed' and error_code = 'rejected_by_whatsapp')";
    sqlx::query_scalar(query)
        .bind(heard.collect::<Vec<_>>())
        .bind(number(REFUSED))
        .fetch_one(&stack.pool)
        .await
        .expect("Postgres")
}
