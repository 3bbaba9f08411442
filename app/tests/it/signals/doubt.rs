//! Answers that are lost together with WAHA: a message that was sent is not sent again.

use serde_json::Value;
use wahana_waha_sim::{Fault, Faults, Once, SimConfig, Version};

use crate::signals::stack::TestStack;

const PERSON: &str = "+6281222222222";

/// WAHA that chooses its own ids, and dies between sending and storing.
async fn dies_after_a_send(acks: bool) -> TestStack {
    let stack = TestStack::start(SimConfig { version: Version::V2026_4, acks, ..SimConfig::default() }).await;
    let once = vec![Once { fault: Fault::DiedAfter, session: None, chat: None }];
    stack.sim.set_faults(Faults { once, ..Faults::default() });
    stack
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_an_ack_with_an_unknown_id_proves_the_message_in_doubt() {
    let stack = dies_after_a_send(true).await;
    let phone = stack.phone("Toko").await;
    let message = stack.send(&phone, PERSON, "bulk", "Promo").await;
    let arrived = |message: &Value| matches!(message["state"].as_str(), Some("delivered" | "read"));
    stack.message(&message, arrived).await;
    // Its chat is free for the next one, which is told apart.
    let next = stack.send(&phone, PERSON, "bulk", "Promo").await;
    stack.message(&next, arrived).await;
    assert_eq!(stack.texts(), ["Promo", "Promo"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_bulk_that_nobody_proves_is_not_sent_again() {
    let stack = dies_after_a_send(false).await;
    let phone = stack.phone("Toko").await;
    let message = stack.send(&phone, PERSON, "bulk", "Promo").await;
    let message = stack.message(&message, |message| message["state"] == "failed").await;
    assert_eq!(message["error"]["code"], "not_confirmed");
    assert_eq!(stack.texts(), ["Promo"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f3_doubt_lasts_until_waha_is_back() {
    let stack = TestStack::start(SimConfig { acks: false, ..SimConfig::default() }).await;
    let phone = stack.phone("Toko").await;
    let once = vec![Once { fault: Fault::DropAfter, session: None, chat: None }];
    stack.sim.set_faults(Faults { once, deaf_sessions: vec![phone.waha_name.clone()], ..Faults::default() });
    let message = stack.send(&phone, PERSON, "transactional", "4711").await;
    stack.message(&message, |message| message["state"] == "unknown").await;
    stack.sim.set_faults(Faults { node_down: true, ..Faults::default() });
    // Longer than eight looks took that cost an attempt each.
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    let now = stack.message(&message, |_| true).await;
    assert_eq!(now["state"], "unknown", "{now}");
    stack.sim.set_faults(Faults::default());
    stack.message(&message, |message| message["state"] == "sent").await;
    assert_eq!(stack.texts(), ["4711"]);
}
