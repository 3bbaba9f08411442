//! WhatsApp refuses new chats, or asks for less.

use wahana_testkit::eventually;
use wahana_waha_sim::{Engine, Fault, Faults, Once, SimConfig};

use crate::signals::stack::{Phone, TestStack};

/// Somebody who wrote to us before.
const REGULAR: &str = "+6281299999999";

/// Restricts the account, sends five cold messages and a reply; returns the ids of the cold ones.
async fn restrict(stack: &TestStack, phone: &Phone, faults: Faults) -> Vec<String> {
    assert!(stack.sim.inbound(&phone.waha_name, "6281299999999", "halo?"));
    stack
        .until(&format!("/api/v1/sessions/{}/messages?direction=inbound", phone.id), |m| {
            m["items"][0].is_object()
        })
        .await;
    stack.sim.set_faults(faults);
    let mut cold = Vec::new();
    for n in 0..5 {
        cold.push(stack.send(phone, &format!("+62812000000{n:02}"), "bulk", "cold").await);
    }
    stack.session(&phone.id, |session| session["health"]["state"] == "restricted").await;
    // A stranger is as cold as a campaign; somebody who wrote to us is not.
    cold.push(stack.send(phone, "+6281277777777", "transactional", "cold").await);
    let reply = stack.send(phone, REGULAR, "transactional", "reply").await;
    stack.message(&reply, |m| m["state"] == "delivered" || m["state"] == "read").await;
    let held = stack
        .message(&cold[5], |m| {
            m["waiting"]["code"] == "restricted" || m["waiting"]["code"] == "message_capping"
        })
        .await;
    assert_eq!(held["state"], "queued");
    cold
}

/// WhatsApp lifts it before its end; WAHA tells when it is asked.
async fn lift(stack: &TestStack, phone: &Phone) {
    stack.sim.set_faults(Faults::default());
    stack.app.sql("update sessions set bulk_parked_since = bulk_parked_since - interval '2 minutes'").await;
    let path = format!("/api/v1/sessions/{}", phone.id);
    eventually("the restriction to be lifted", async || {
        // The next look is due now; the one that is under way may still put it off.
        stack
            .app
            .sql("update jobs set run_at = now() where kind = 'check_account' and state = 'pending'")
            .await;
        stack.acme.get(&path).await.expect(200)["health"]["state"] == "healthy"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_first_refusal_at_most_one_more_cold_message_goes_out_and_replies_flow() {
    // NOWEB says 201, and tells of the refusal by an ack.
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    let restricted_sessions = vec![phone.waha_name.clone()];
    let cold = restrict(&stack, &phone, Faults { restricted_sessions, ..Faults::default() }).await;

    let session = stack.session(&phone.id, |s| s["parked"]["bulk_until"].is_string()).await;
    let until: chrono::DateTime<chrono::Utc> =
        session["parked"]["bulk_until"].as_str().unwrap().parse().unwrap();
    let days = (until - stack.app.store.clock().now()).num_hours();
    assert!((24 * 6..=24 * 7).contains(&days), "the end that WhatsApp stated, not a guess: {until}");
    assert_eq!(session["parked"]["bulk_code"], "restricted");
    assert!(session["health"]["remedy"].as_str().is_some_and(|remedy| remedy.contains("replies go")));

    let refused = stack.message(&cold[0], |m| m["state"] == "failed").await;
    assert_eq!(refused["error"]["code"], "restricted");
    let sent = stack.texts();
    let before = sent.iter().filter(|text| *text == "cold").count();
    assert!(before <= 2, "the refused one and at most one more: {sent:?}");
    assert!(sent.contains(&"reply".to_owned()), "{sent:?}");

    lift(&stack, &phone).await;
    for id in &cold[before..] {
        stack.message(id, |m| m["state"] == "delivered" || m["state"] == "read").await;
    }
    assert_eq!(stack.texts().iter().filter(|text| *text == "cold").count(), 6, "each once");
    let codes = stack.codes(&phone).await;
    assert_eq!(codes.first().map(String::as_str), Some("restricted"), "{codes:?}");
    assert_eq!(codes.last().map(String::as_str), Some("restriction_lifted"), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_without_an_end_has_waha_asked_for_it() {
    // GOWS answers the send with 500 `server returned error 463`, and nothing goes out.
    let stack = TestStack::start(SimConfig { engine: Engine::Gows, ..SimConfig::default() }).await;
    let phone = stack.phone("Phone").await;
    let capped_sessions = vec![phone.waha_name.clone()];
    let cold = restrict(&stack, &phone, Faults { capped_sessions, ..Faults::default() }).await;
    let session = stack.session(&phone.id, |s| s["health"]["reason"] == "message_capping").await;
    let until: chrono::DateTime<chrono::Utc> =
        session["parked"]["bulk_until"].as_str().unwrap().parse().unwrap();
    assert!((until - stack.app.store.clock().now()).num_hours() > 24 * 6, "the end of the cycle: {until}");
    assert_eq!(stack.texts(), ["reply"]);
    lift(&stack, &phone).await;
    for id in &cold {
        stack.message(id, |m| m["state"] == "delivered" || m["state"] == "read").await;
    }
    assert_eq!(stack.texts().len(), 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_that_whatsapp_asks_for_less_rests_longer_each_time() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    let other = stack.phone("Other").await;
    let limit = |n: usize| Faults {
        once: vec![
            Once { fault: Fault::RateOverlimit, session: Some(phone.waha_name.clone()), chat: None };
            n
        ],
        ..Faults::default()
    };
    stack.sim.set_faults(limit(2));
    let message = stack.send(&phone, REGULAR, "transactional", "one").await;
    let mut rests = Vec::new();
    for n in 1..=2 {
        eventually("the next rest", async || {
            pass_time(&stack, n - 1).await;
            stack.app.count("select max(rate_limit_streak)::bigint from sessions").await == n
        })
        .await;
        let session = stack.session(&phone.id, |s| s["parked"]["until"].is_string()).await;
        assert_eq!(
            (&session["health"]["state"], &session["health"]["reason"]),
            (&"degraded".into(), &"rate_limited".into())
        );
        let rest = stack
            .app
            .count(
                "select extract(epoch from parked_until - rate_limited_at)::bigint
                 from sessions
                 where parked_until is not null",
            )
            .await;
        rests.push(rest);
    }
    assert!((30..=60).contains(&rests[0]) && (60..=120).contains(&rests[1]), "{rests:?}");
    eventually("the message to go", async || {
        pass_time(&stack, 2).await;
        stack.texts() == ["one"]
    })
    .await;
    stack.message(&message, |m| m["state"] == "delivered" || m["state"] == "read").await;
    assert!(stack.codes(&other).await.is_empty(), "the other lane was left alone");

    // It went out, so the next time is the first again.
    stack.sim.set_faults(limit(1));
    stack.send(&phone, REGULAR, "transactional", "two").await;
    stack.session(&phone.id, |s| s["parked"]["until"].is_string()).await;
    assert_eq!(stack.app.count("select max(rate_limit_streak)::bigint from sessions").await, 1);
}

/// The rest after the `n`th limit in a row is over.
async fn pass_time(stack: &TestStack, n: i64) {
    match n {
        1 => stack.app.sql("update sessions set parked_until = null where rate_limit_streak = 1").await,
        2 => stack.app.sql("update sessions set parked_until = null where rate_limit_streak = 2").await,
        _ => return,
    }
    stack.app.sql("update jobs set run_at = now() where kind = 'send_message' and state = 'pending'").await;
}
