//! Webhooks of the simulator: the shapes of real deliveries, signed, retried, in and out of order, and only
//! for the subscribed events.

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha::{AckLevel, Event, Payload, verify_hmac};
use wahana_waha_sim::{AckStyle, Fault, Faults, Once, PhoneRule, Phones, SimConfig, SimHandle};

use crate::common::{
    self, Receiver, call, config, old, quiet_phones, rule, shape, start, until_status, working,
};

async fn send(sim: &SimHandle, chat: &str, text: &str) -> String {
    let body = json!({ "session": "s", "chatId": chat, "text": text });
    let (status, answer) = call(sim, "POST", "/api/sendText", &body).await;
    assert_eq!(status, 201, "{answer}");
    answer["key"]["id"].as_str().expect("an id").to_owned()
}

/// The shapes that real deliveries of this kind had.
fn recorded(event: &str) -> Vec<Value> {
    let lines = include_str!("../../../waha/tests/data/webhooks.jsonl").lines();
    let bodies = lines.map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let bodies =
        bodies.map(|line| serde_json::from_str(line["body"].as_str().expect("a body")).expect("JSON"));
    bodies.filter(|body: &Value| body["event"] == event).map(|body| shape(&body)).collect()
}

#[tokio::test]
async fn each_kind_of_event_has_the_shape_of_a_real_one() {
    let receiver = Receiver::start(0).await;
    let error = PhoneRule { ack: Some(AckStyle::Error), ..rule("12130000") };
    let sim = start(SimConfig { phones: Phones { rules: vec![error], ..quiet_phones() }, ..old() }).await;
    working(&sim, "s", receiver.webhooks(&["*"])).await;
    let id = send(&sim, "12132132131@c.us", "Hello").await;
    send(&sim, "12130000@c.us", "nobody").await;
    send(&sim, "120363000000000001@g.us", "group").await;
    let target = format!("true_12132132131@c.us_{id}");
    call(&sim, "PUT", "/api/reaction", &json!({ "session": "s", "messageId": target, "reaction": "👍" }))
        .await;
    let path = format!("/api/s/chats/12132132131@c.us/messages/{target}");
    call(&sim, "PUT", &path, &json!({ "text": "edited" })).await;
    call(&sim, "DELETE", &path, &json!({})).await;
    assert!(sim.inbound("s", "12132132131", "STOP"));

    receiver.wait("an error", |body| body["payload"]["ack"] == -1).await;
    receiver.wait("a read", |body| body["payload"]["ack"] == 3 && body["event"] == "message.ack").await;
    receiver.wait("a read in the group", |body| body["event"] == "message.ack.group").await;
    let kinds = ["session.status", "message.any", "message", "message.ack", "message.ack.group"];
    for kind in kinds.iter().chain(&["message.reaction", "message.edited", "message.revoked"]) {
        receiver.wait(kind, |body| body["event"] == *kind).await;
        let known = recorded(kind);
        assert!(!known.is_empty());
        // The recordings have only one of a reader.
        let delivered = |body: &Value| *kind == "message.ack.group" && body["payload"]["ack"] == 1;
        for hook in receiver.of(kind).into_iter().filter(|hook| !delivered(&hook.body)) {
            assert!(
                known.contains(&shape(&hook.body)),
                "{kind}:\n{}\nnone of\n{known:#?}",
                shape(&hook.body)
            );
            Event::parse(&hook.raw).expect("the client reads it");
        }
    }
}

#[tokio::test]
async fn a_webhook_is_signed_and_retried_the_same_until_taken() {
    let receiver = Receiver::start(2).await;
    let sim = start(config()).await;
    working(&sim, "s", receiver.webhooks(&["message.any"])).await;
    send(&sim, "12132132131@c.us", "Hello").await;
    eventually("three tries", async || receiver.all().len() == 3).await;
    let hooks = receiver.all();
    for hook in &hooks {
        let header =
            |name: &str| hook.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(verify_hmac(b"s3cret", &hook.raw, header("x-webhook-hmac")));
        assert_eq!(header("x-webhook-hmac-algorithm"), "sha512");
        assert_eq!(header("x-webhook-timestamp"), hook.body["timestamp"].to_string());
        assert_eq!(header("user-agent"), "WAHA/2026.10.1");
        assert_eq!(hook.headers.get("x-webhook-request-id"), hooks[0].headers.get("x-webhook-request-id"));
        assert_eq!(hook.raw, hooks[0].raw);
    }
    assert_eq!(hooks[0].body["metadata"]["tenant.id"], "t-42");
    eventually("it is counted", async || common::get(&sim, "/sim/state").await["webhooks"]["delivered"] == 1)
        .await;
}

#[tokio::test]
async fn what_is_never_taken_is_lost_after_its_attempts() {
    let receiver = Receiver::start(usize::MAX).await;
    let sim = start(config()).await;
    let retries = json!({ "policy": "constant", "delaySeconds": 0.1, "attempts": 3 });
    working(&sim, "s", json!([{ "url": receiver.url, "events": ["message.any"], "retries": retries }])).await;
    send(&sim, "12132132131@c.us", "Hello").await;
    eventually("it is lost", async || common::get(&sim, "/sim/state").await["webhooks"]["lost"] == 1).await;
    assert_eq!(receiver.all().len(), 4, "one try and three more");
}

#[tokio::test]
async fn duplicates_and_disorder_come_when_asked_for() {
    let receiver = Receiver::start(0).await;
    let faults = Faults { webhook_duplicate: 1.0, webhook_disorder: 0.5, ..Faults::default() };
    let sim = start(SimConfig { faults, acks: false, ..config() }).await;
    working(&sim, "s", receiver.webhooks(&["message.any"])).await;
    for number in 0..20 {
        send(&sim, "12132132131@c.us", &number.to_string()).await;
    }
    eventually("each twice", async || receiver.all().len() == 40).await;
    let order: Vec<i64> = receiver.all().iter().filter_map(|hook| hook.body["timestamp"].as_i64()).collect();
    assert!(!order.is_sorted());
}

#[tokio::test]
async fn people_answer_and_a_warm_chat_is_not_restricted() {
    let receiver = Receiver::start(0).await;
    let answers = PhoneRule { reply: Some("STOP".into()), ..rule("12132132131") };
    let phones = Phones { rules: vec![answers], ..quiet_phones() };
    let sim = start(SimConfig { phones, ..config() }).await;
    working(&sim, "s", receiver.webhooks(&["message", "message.ack"])).await;
    sim.set_faults(Faults { restricted_sessions: vec!["s".into()], ..Faults::default() });
    let me = common::get(&sim, "/api/sessions/s/me").await;
    assert!(me["reachoutTimelock"].is_null(), "nothing is known before the first refusal: {me}");

    send(&sim, "12132132139@c.us", "cold").await;
    let refused = receiver.wait("a refusal", |body| body["payload"]["ack"] == -1).await;
    let Payload::Ack(ack) = Event::parse(&refused.raw).expect("readable").payload else { panic!("no ack") };
    let error = ack.error.expect("a reason");
    assert_eq!((ack.level, error.code.as_str(), error.blocked), (AckLevel::Error, "463", true));
    let me = common::get(&sim, "/api/sessions/s/me").await;
    assert_eq!(me["reachoutTimelock"]["isActive"], true);

    assert!(sim.inbound("s", "12132132131", "Halo"));
    send(&sim, "12132132131@c.us", "warm").await;
    receiver.wait("the answer", |body| body["payload"]["body"] == "STOP").await;
}

#[tokio::test]
async fn a_deaf_session_tells_everything_after_a_restart() {
    let receiver = Receiver::start(0).await;
    let faults = Faults { deaf_sessions: vec!["s".into()], ..Faults::default() };
    let sim = start(SimConfig { faults, ..config() }).await;
    working(&sim, "s", receiver.webhooks(&["message", "session.status"])).await;
    assert!(sim.inbound("s", "12132132131", "are you there?"));
    let count = receiver.of("message").len();
    call(&sim, "POST", "/api/sessions/s/restart", &json!({})).await;
    until_status(&sim, "s", "WORKING").await;
    receiver.wait("the kept message", |body| body["payload"]["body"] == "are you there?").await;
    assert_eq!(count, 0);
}

#[tokio::test]
async fn the_same_seed_fails_the_same_sends() {
    let run = || async {
        let faults = Faults { connection_closed: 0.3, rate_overlimit: 0.2, ..Faults::default() };
        let sim = start(SimConfig { faults, acks: false, ..config() }).await;
        working(&sim, "s", json!([])).await;
        let mut answers = Vec::new();
        for _ in 0..40 {
            let body = json!({ "session": "s", "chatId": "12132132131@c.us", "text": "x" });
            let (status, answer) = call(&sim, "POST", "/api/sendText", &body).await;
            answers.push((status, answer["exception"]["message"].clone()));
        }
        answers
    };
    let first = run().await;
    assert_eq!(first, run().await);
    let failed = first.iter().filter(|(status, _)| *status == 500).count();
    assert!((8..32).contains(&failed), "{failed}");
}

#[tokio::test]
async fn the_control_api_needs_no_key_and_takes_faults() {
    let sim = start(config()).await;
    let http = common::http();
    let once = Once { fault: Fault::Hang, session: None, chat: None };
    let faults = Faults { hang: 0.5, once: vec![once], ..Faults::default() };
    let put = http.put(format!("{}/sim/faults", sim.url())).json(&faults).send().await.expect("an answer");
    assert_eq!(put.status(), 200);
    let state: Value = http
        .get(format!("{}/sim/state", sim.url()))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(
        (&state["faults"]["hang"], &state["faults"]["once"][0]["fault"]),
        (&json!(0.5), &json!("hang"))
    );
    let typo = http.put(format!("{}/sim/faults", sim.url())).json(&json!({ "hangs": 1 })).send().await;
    assert_eq!(typo.expect("an answer").status(), 400);
}

#[tokio::test]
async fn five_thousand_sessions_are_cheap() {
    let sim = start(SimConfig { auto_scan: Some(std::time::Duration::from_millis(1)), ..config() }).await;
    let http = common::http();
    let url = format!("{}/api/sessions", sim.url());
    for number in 0..5_000 {
        let body = json!({ "name": format!("s{number}"), "start": true });
        let answer =
            http.post(&url).header("x-api-key", common::KEY).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 201);
    }
    eventually("all WORKING", async || {
        let sessions = common::get(&sim, "/api/sessions").await;
        let sessions = sessions.as_array().expect("a list").clone();
        sessions.len() == 5_000 && sessions.iter().all(|session| session["status"] == "WORKING")
    })
    .await;
}
