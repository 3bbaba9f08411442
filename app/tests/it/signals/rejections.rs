//! WhatsApp refuses messages without saying whether it is the account or one chat.

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::{Engine, Faults, SimConfig, Version};

use crate::signals::stack::{Phone, TestStack};

const REGULAR: &str = "+6281299999999";

/// A 463 of WAHA before 2026.7.2: an ack of -1, and no reason.
fn silent() -> SimConfig {
    SimConfig { version: Version::V2026_4, ..SimConfig::default() }
}

fn restricted(phone: &Phone) -> Faults {
    Faults { restricted_sessions: vec![phone.waha_name.clone()], ..Faults::default() }
}

fn refused(chats: &[&str]) -> Faults {
    Faults { refused_chats: chats.iter().map(|chat| format!("{chat}@c.us")).collect(), ..Faults::default() }
}

async fn cold(stack: &TestStack, phone: &Phone, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(stack.send(phone, &format!("+62812000000{n:02}"), "bulk", "cold").await);
    }
    ids
}

fn arrived(message: &Value) -> bool {
    message["state"] == "delivered" || message["state"] == "read"
}

/// The rest of the bulk line is over. Redis would notice by its own clock; here a reply has the lane looked at.
async fn pass_pause(stack: &TestStack, phone: &Phone) {
    stack
        .app
        .sql("update sessions set bulk_parked_until = now() - interval '1 second' where bulk_parked_until > now()")
        .await;
    stack
        .app
        .sql("update jobs set run_at = now() where error_code = 'many_rejections' and state = 'pending'")
        .await;
    stack.send(phone, REGULAR, "transactional", "reply").await;
}

/// Somebody writes to the session: replies to them are not cold.
async fn regular(stack: &TestStack, phone: &Phone) {
    assert!(stack.sim.inbound(&phone.waha_name, "6281299999999", "halo?"));
    let inbound = format!("/api/v1/sessions/{}/messages?direction=inbound", phone.id);
    stack.until(&inbound, |m| m["items"][0].is_object()).await;
}

fn colds(stack: &TestStack) -> usize {
    stack.texts().iter().filter(|text| *text == "cold").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f4_five_refusals_in_a_row_park_bulk_and_what_was_refused_can_go_again() {
    let stack = TestStack::start(silent()).await;
    let phone = stack.phone("Phone").await;
    regular(&stack, &phone).await;
    stack.sim.set_faults(restricted(&phone));
    let ids = cold(&stack, &phone, 12).await;
    let session = stack.session(&phone.id, |s| s["health"]["reason"] == "many_rejections").await;
    assert_eq!(
        (&session["health"]["state"], &session["parked"]["bulk_code"]),
        (&json!("restricted"), &json!("many_rejections"))
    );
    assert!(session["health"]["remedy"].as_str().is_some_and(|remedy| remedy.contains("try again")));
    let lane = stack
        .until(&format!("/api/v1/sessions/{}/lane", phone.id), |l| l["bulk"]["waiting"].is_object())
        .await;
    assert_eq!(lane["bulk"]["waiting"]["for"], "parked");
    let held = stack.message(&ids[11], |m| m["waiting"]["code"] == "many_rejections").await;
    assert_eq!(held["state"], "queued");
    // Replies flow, and so does what somebody waits for.
    let reply = stack.send(&phone, REGULAR, "transactional", "reply").await;
    stack.message(&reply, arrived).await;
    let burnt = colds(&stack);
    assert!((5..=6).contains(&burnt), "five, and at most one that was on its way: {burnt}");
    for id in &ids[..burnt] {
        let failed = stack.message(id, |m| m["error"]["code"] == "many_rejections").await;
        assert_eq!(failed["state"], "failed");
    }
    let letters = stack.acme.get("/api/v1/dead-letters?code=many_rejections").await.expect(200);
    assert_eq!(letters["items"].as_array().map(Vec::len), Some(burnt), "{letters}");

    // WhatsApp lifts it; a member lets the session try again, then sends again to those who were refused.
    stack.sim.set_faults(Faults::default());
    let again =
        stack.acme.post(&format!("/api/v1/sessions/{}/try-again", phone.id), json!({})).await.expect(200);
    assert_eq!((&again["health"]["state"], &again["parked"]), (&json!("healthy"), &Value::Null));
    for id in &ids[burnt..] {
        stack.message(id, arrived).await;
    }
    let body = json!({"code": "many_rejections", "session_id": phone.id});
    let replayed = stack.acme.post("/api/v1/dead-letters/replay", body).await.expect(200);
    assert_eq!(replayed["replayed"], burnt);
    for id in &ids[..burnt] {
        stack.message(id, arrived).await;
    }
    assert_eq!(colds(&stack), 12 + burnt, "each refused one twice, all others once");
    let codes = stack.codes(&phone).await;
    assert_eq!(codes.iter().filter(|code| *code == "many_rejections").count(), 1, "{codes:?}");
    assert_eq!(codes.last().map(String::as_str), Some("rejections_over"), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f4_after_each_rest_one_probe_goes_ahead() {
    let stack = TestStack::start(silent()).await;
    let phone = stack.phone("Phone").await;
    regular(&stack, &phone).await;
    stack.sim.set_faults(restricted(&phone));
    let ids = cold(&stack, &phone, 12).await;
    stack.session(&phone.id, |s| s["health"]["reason"] == "many_rejections").await;
    let burnt = colds(&stack);
    // Still refused: one more is burnt, and the rest begins anew.
    pass_pause(&stack, &phone).await;
    eventually("the probe", async || colds(&stack) > burnt).await;
    stack.session(&phone.id, |s| s["parked"]["bulk_code"] == "many_rejections").await;
    eventually("that it is refused", async || {
        let dead = "select count(*) from jobs where state = 'dead' and error_code = 'many_rejections'";
        stack.app.count(dead).await == burnt as i64 + 1
    })
    .await;
    assert_eq!(colds(&stack), burnt + 1, "one probe");
    let codes = stack.codes(&phone).await;
    assert_eq!(codes.iter().filter(|code| *code == "many_rejections").count(), 1, "told once: {codes:?}");
    // It gets through: all go on.
    stack.sim.set_faults(Faults::default());
    pass_pause(&stack, &phone).await;
    for id in &ids[burnt + 1..] {
        stack.message(id, arrived).await;
    }
    stack.session(&phone.id, |s| s["health"]["state"] == "healthy").await;
    assert_eq!(colds(&stack), 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f4_people_who_get_it_end_the_row() {
    let stack = TestStack::start(silent()).await;
    let phone = stack.phone("Phone").await;
    // Four of ten, and never more than two in a row.
    let bad = ["6281200000000", "6281200000001", "6281200000004", "6281200000007"];
    stack.sim.set_faults(refused(&bad));
    let ids = cold(&stack, &phone, 10).await;
    for (n, id) in ids.iter().enumerate() {
        let wanted = |m: &Value| if [0, 1, 4, 7].contains(&n) { m["state"] == "failed" } else { arrived(m) };
        stack.message(id, wanted).await;
    }
    let session = stack.session(&phone.id, |s| s["status"] == "working").await;
    assert_eq!(session["health"]["state"], "healthy");
    let failed = stack.message(&ids[0], |m| m["state"] == "failed").await;
    assert_eq!(failed["error"]["code"], "rejected_by_whatsapp", "one person may have blocked us");
}

/// One chat has no token; the account is free.
async fn one_chat(config: SimConfig) {
    let stack = TestStack::start(config).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(refused(&["6281200000001"]));
    let ids = cold(&stack, &phone, 4).await;
    for n in [0, 2, 3] {
        stack.message(&ids[n], arrived).await;
    }
    let waits = stack.message(&ids[1], |m| m["waiting"]["code"] == "chat_refused").await;
    let until: chrono::DateTime<chrono::Utc> =
        waits["waiting"]["until"].as_str().expect("a text").parse().expect("a value");
    assert!((until - stack.app.store.clock().now()).num_minutes() > 30, "no fast retry: {until}");
    let session = stack.session(&phone.id, |s| s["status"] == "working").await;
    assert_eq!((&session["health"]["state"], &session["parked"]), (&json!("healthy"), &Value::Null));
    // Once more, later, and then no more.
    stack.app.sql("update jobs set run_at = now() where error_code = 'chat_refused'").await;
    let failed = stack.message(&ids[1], |m| m["state"] == "failed").await;
    assert_eq!(failed["error"]["code"], "rejected_by_whatsapp");
    assert_eq!(stack.session(&phone.id, |_| true).await["health"]["state"], "healthy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f6_a_463_of_gows_with_a_free_account_is_this_chat_alone() {
    one_chat(SimConfig { engine: Engine::Gows, ..SimConfig::default() }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f7_a_463_of_noweb_without_an_end_is_this_chat_alone() {
    one_chat(SimConfig::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f7_a_second_unrelated_person_is_the_account() {
    for engine in [Engine::Gows, Engine::Noweb] {
        let stack = TestStack::start(SimConfig { engine, ..SimConfig::default() }).await;
        let phone = stack.phone("Phone").await;
        stack.sim.set_faults(refused(&["6281200000001", "6281200000002"]));
        let ids = cold(&stack, &phone, 8).await;
        let session = stack.session(&phone.id, |s| s["health"]["reason"] == "many_rejections").await;
        assert_eq!(session["health"]["state"], "restricted", "{engine:?}");
        stack.message(&ids[7], |m| m["waiting"]["code"] == "many_rejections").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f6_an_old_gows_that_cannot_ask_is_not_parked_by_the_first_463() {
    let config = SimConfig { engine: Engine::Gows, version: Version::V2026_7, ..SimConfig::default() };
    let stack = TestStack::start(config).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(refused(&["6281200000000"]));
    let ids = cold(&stack, &phone, 3).await;
    stack.message(&ids[0], |m| m["waiting"]["code"] == "chat_refused").await;
    for id in &ids[1..] {
        stack.message(id, arrived).await;
    }
    assert_eq!(stack.session(&phone.id, |_| true).await["parked"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warning_about_the_quota_is_a_finding_before_a_campaign() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    stack.sim.set_faults(Faults { warned_sessions: vec![phone.waha_name.clone()], ..Faults::default() });
    let body = json!({"name": "Promo", "session_ids": [phone.id], "content": {"type": "text", "text": "Halo {{name|there}}"}});
    let campaign = stack.acme.post("/api/v1/campaigns", body).await.expect(201);
    let dry_run = format!("/api/v1/campaigns/{}/dry-run", campaign["id"].as_str().expect("a text"));
    let found = |run: &Value| {
        run["findings"].as_array().is_some_and(|f| f.iter().any(|f| f["code"] == "new_chat_quota"))
    };
    stack.until(&dry_run, found).await;
    let session = stack.session(&phone.id, |s| s["new_chat_quota"].is_object()).await;
    let quota = &session["new_chat_quota"];
    assert_eq!(
        (&quota["status"], &quota["used"], &quota["total"]),
        (&json!("first_warning"), &json!(80), &json!(100))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_too_old_for_safe_campaigns_is_named() {
    let stack = TestStack::start(silent()).await;
    let phone = stack.phone("Phone").await;
    let body =
        json!({"name": "Promo", "session_ids": [phone.id], "content": {"type": "text", "text": "Halo"}});
    let campaign = stack.acme.post("/api/v1/campaigns", body).await.expect(201);
    let dry_run = format!("/api/v1/campaigns/{}/dry-run", campaign["id"].as_str().expect("a text"));
    let found = |run: &Value| {
        run["findings"].as_array().is_some_and(|f| f.iter().any(|f| f["code"] == "old_waha_server"))
    };
    stack.until(&dry_run, found).await;
}
