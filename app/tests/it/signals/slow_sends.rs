//! A bulk send that takes long does not hold what somebody waits for.

use wahana_waha_sim::{Faults, SimConfig};

use crate::signals::stack::TestStack;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f14_one_reply_goes_beside_a_slow_bulk_send_but_not_into_its_chat() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(Faults { send_ms: 6_000, ..Faults::default() });
    let is = |wanted: &'static str| move |m: &serde_json::Value| m["state"] == wanted;
    let slow = stack.send(&phone, "+6281200000001", "bulk", "a long film").await;
    stack.message(&slow, is("sending")).await;
    // Into the same chat: it would overtake the film. It stands first, and lets the next one by.
    let behind = stack.send(&phone, "+6281200000001", "transactional", "did you see it?").await;
    let reply = stack.send(&phone, "+6281200000002", "transactional", "your code").await;
    stack.message(&reply, is("sending")).await;
    assert_eq!(stack.message(&slow, |_| true).await["state"], "sending", "both at once");
    assert_eq!(stack.message(&behind, |_| true).await["state"], "queued");
    // One of each class at most.
    let next = stack.send(&phone, "+6281200000003", "bulk", "another film").await;
    let more = stack.send(&phone, "+6281200000004", "transactional", "another code").await;
    assert_eq!(stack.app.count("select count(*) from messages where state = 'sending'").await, 2);
    stack.sim.set_faults(Faults::default());
    for id in [&slow, &behind, &reply, &next, &more] {
        stack.message(id, |m| m["state"] == "delivered" || m["state"] == "read").await;
    }
    let texts = stack.texts();
    let place = |text: &str| texts.iter().position(|sent| sent == text);
    assert!(place("a long film") < place("did you see it?"), "in order in each chat: {texts:?}");
    assert_eq!(texts.len(), 5, "each once: {texts:?}");
}
