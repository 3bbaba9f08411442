//! Sessions that break, and what is done about them.

use serde_json::json;
use wahana_testkit::eventually;
use wahana_waha_sim::{Faults, SimConfig};

use crate::signals::stack::{Phone, TestStack};

const REGULAR: &str = "6281299999999";

/// The texts that were received, oldest first.
async fn inbox(stack: &TestStack, phone: &Phone) -> Vec<String> {
    let path = format!("/api/v1/sessions/{}/messages?direction=inbound&limit=100", phone.id);
    let got = stack.acme.get(&path).await.expect(200);
    let texts = got["items"].as_array().into_iter().flatten().rev();
    texts.filter_map(|m| m["content"]["text"].as_str().map(str::to_owned)).collect()
}

async fn until_coded(stack: &TestStack, phone: &Phone, code: &str) {
    eventually(&format!("{code} in the timeline"), async || {
        stack.codes(phone).await.iter().any(|c| c == code)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_removed_on_the_phone_is_told_and_not_restarted_again_and_again() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    // FAILED at once, and again a moment after the restart: WhatsApp refuses the pairing that WAHA keeps.
    stack.sim.unlink(&phone.waha_name);
    eventually("the first refused restart", async || {
        stack.app.count("select count(*) from sessions where status = 'failed' and quick_failures = 1").await
            == 1
    })
    .await;
    let session = stack.session(&phone.id, |s| s["health"]["state"] == "failed").await;
    assert_eq!(session["health"]["reason"], "failed", "one may be an accident");
    stack.app.sql("update sessions set next_restart_at = now()").await;
    let session = stack.session(&phone.id, |s| s["health"]["state"] == "needs_scan").await;
    assert_eq!((&session["health"]["reason"], &session["status"]), (&json!("logged_out"), &json!("failed")));
    assert!(session["health"]["remedy"].as_str().is_some_and(|remedy| remedy.contains("QR")), "{session}");
    assert_eq!(stack.codes(&phone).await, ["restart", "restart", "logged_out"]);
    // It is left alone.
    stack.app.sql("update sessions set next_restart_at = now()").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(stack.app.count("select count(*) from node_restarts").await, 2);

    // A person restarts it, and scans the code that comes.
    stack.acme.post(&format!("/api/v1/sessions/{}/restart", phone.id), json!({})).await.expect(202);
    let session = stack.session(&phone.id, |s| s["status"] == "scan_qr_code").await;
    assert_eq!(
        (&session["health"]["state"], &session["health"]["reason"]),
        (&json!("needs_scan"), &json!("scan_qr_code"))
    );
    // The codes run out: FAILED, and still a matter for people.
    stack.app.sql("update sessions set status = 'failed', next_restart_at = null").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(stack.app.count("select count(*) from node_restarts").await, 2);
    assert_eq!(stack.session(&phone.id, |_| true).await["health"]["state"], "needs_scan");
    // Somebody scans.
    stack.app.sql("update sessions set status = 'scan_qr_code'").await;
    assert!(stack.sim.scan(&phone.waha_name, "628110000001", "Toko"));
    stack.session(&phone.id, |s| s["health"]["state"] == "healthy").await;
    assert_eq!(stack.app.count("select count(*) from sessions where quick_failures = 0").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_sessions_are_restarted_within_the_budget_of_their_node() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phones = [stack.phone("A").await, stack.phone("B").await, stack.phone("C").await];
    // Nobody restarts them at WAHA, so that only the supervisor's own steps are seen.
    stack.app.sql("update jobs set run_at = now() + interval '1 day'").await;
    stack.app.sql("update sessions set status = 'failed', status_event_ms = 9000000000000").await;
    for phone in &phones {
        eventually("a remedy", async || !stack.codes(phone).await.is_empty()).await;
    }
    let mut last = Vec::new();
    for phone in &phones {
        last.push(stack.codes(phone).await.pop().unwrap_or_default());
    }
    last.sort();
    assert_eq!(last, ["restart", "restart", "restart_budget"], "the stack's budget is two");
    let waiting = stack
        .app
        .count("select count(*) from sessions where trouble = 'restart_budget' and next_restart_at > now()")
        .await;
    assert_eq!(waiting, 1);
    // The window moves on.
    stack.app.sql("update node_restarts set at = at - interval '11 minutes'").await;
    stack.app.sql("update sessions set next_restart_at = now() where trouble = 'restart_budget'").await;
    eventually("the third restart", async || {
        stack.app.count("select count(*) from sessions where restart_attempts > 0").await == 3
    })
    .await;
    // The pause before the second one is jittered around 20 s.
    let pauses = stack
        .app
        .count(
            "select count(*)
             from sessions
             where next_restart_at between now() + interval '5 seconds' and now() + interval '20 seconds'",
        )
        .await;
    assert_eq!(pauses, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_while_webhooks_were_lost_is_read_back_once() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    assert!(stack.sim.inbound(&phone.waha_name, REGULAR, "one"));
    eventually("the first message", async || inbox(&stack, &phone).await.len() == 1).await;
    let message = stack.send(&phone, &format!("+{REGULAR}"), "transactional", "hello").await;
    stack.message(&message, |m| m["state"] == "delivered" || m["state"] == "read").await;

    // No event of it comes any more, and those that wait die with the node.
    stack.sim.set_faults(Faults { deaf_sessions: vec![phone.waha_name.clone()], ..Faults::default() });
    for text in ["two", "three"] {
        assert!(stack.sim.inbound(&phone.waha_name, REGULAR, text));
    }
    assert!(stack.sim.inbound(&phone.waha_name, "6281288888888", "from another"));
    let unheard = stack.send(&phone, "+6281266666666", "transactional", "unheard").await;
    stack.message(&unheard, |m| m["state"] == "sent").await;
    stack.sim.forget_backlog(&phone.waha_name);
    assert_eq!(inbox(&stack, &phone).await, ["one"]);

    stack.acme.post(&format!("/api/v1/sessions/{}/restart", phone.id), json!({})).await.expect(202);
    eventually("all messages", async || inbox(&stack, &phone).await.len() == 4).await;
    let mut all = inbox(&stack, &phone).await;
    all.sort();
    assert_eq!(all, ["from another", "one", "three", "two"]);
    stack.message(&unheard, |m| m["state"] == "delivered" || m["state"] == "read").await;
    until_coded(&stack, &phone, "recovered").await;

    // Reading them again changes nothing.
    let before = stack.app.count("select count(*) from messages").await;
    stack.app.sql("update sessions set caught_up_to = now() - interval '1 hour'").await;
    assert!(stack.sim.drop_connection(&phone.waha_name));
    eventually("the second reading", async || {
        stack
            .app
            .count("select count(*) from sessions where caught_up_to > now() - interval '1 minute'")
            .await
            == 1
    })
    .await;
    assert_eq!(stack.app.count("select count(*) from messages").await, before);
    assert_eq!(stack.codes(&phone).await.iter().filter(|code| *code == "recovered").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deaf_session_is_found_restarted_and_hears_again() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(Faults { deaf_sessions: vec![phone.waha_name.clone()], ..Faults::default() });
    stack
        .app
        .sql(
            "update sessions
             set last_event_at = now() - interval '1 minute', status_since = now() - interval '1 minute'",
        )
        .await;
    let message = stack.send(&phone, &format!("+{REGULAR}"), "transactional", "hello?").await;
    stack.message(&message, |m| m["state"] == "sent").await;
    eventually("that it is noticed", async || {
        stack.app.count("select count(*) from sessions where unheard_since is not null").await == 1
    })
    .await;
    // The minutes pass.
    stack.app.sql("update sessions set unheard_since = unheard_since - interval '10 minutes'").await;
    until_coded(&stack, &phone, "deaf").await;
    until_coded(&stack, &phone, "restart").await;
    stack.message(&message, |m| m["state"] == "delivered" || m["state"] == "read").await;
    stack.session(&phone.id, |s| s["health"]["state"] == "healthy").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_wait_for_their_node_and_come_back_with_it() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(Faults { node_down: true, ..Faults::default() });
    let session = stack.session(&phone.id, |s| s["health"]["reason"] == "node_away").await;
    assert_eq!(session["health"]["state"], "degraded");
    // Even one that failed is not restarted meanwhile.
    stack.app.sql("update sessions set status = 'failed', status_event_ms = 0").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(stack.app.count("select count(*) from node_restarts").await, 0);
    stack.sim.set_faults(Faults::default());
    stack.session(&phone.id, |s| s["health"]["state"] == "healthy").await;
    let codes = stack.codes(&phone).await;
    assert!(codes.contains(&"node_away".into()) && codes.contains(&"node_back".into()), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_whose_messages_nobody_confirms_is_told_and_restarted() {
    let stack = TestStack::start(SimConfig { acks: false, ..SimConfig::default() }).await;
    let phone = stack.phone("Phone").await;
    stack.app.sql("update sessions set last_ack_at = null, status_since = now() - interval '1 minute'").await;
    let message = stack.send(&phone, &format!("+{REGULAR}"), "transactional", "hello?").await;
    stack.message(&message, |m| m["state"] == "sent").await;
    eventually("that it is noticed", async || {
        stack.app.count("select count(*) from sessions where unacked_since is not null").await == 1
    })
    .await;
    // The minutes pass.
    stack.app.sql("update sessions set unacked_since = unacked_since - interval '20 minutes'").await;
    until_coded(&stack, &phone, "unacked").await;
    until_coded(&stack, &phone, "restart").await;
    stack.session(&phone.id, |s| s["health"]["state"] == "healthy").await;
    assert_eq!(stack.sim.sent(), 1, "it is not sent again");
}
