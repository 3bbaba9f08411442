//! Somebody writes, with a file and in a group; it is seen, answered and read.

use std::time::Duration;

use serde_json::{Value, json};
use wahana_testkit::{Reply, eventually};
use wahana_waha_sim::SimConfig;

use crate::signals::stack::{Phone, TestStack};

const CONVERSATIONS: &str = "/api/v1/conversations";

pub(crate) async fn writes(stack: &TestStack, phone: &Phone, from: &str, text: &str, file: Value) {
    let body =
        json!({"session": phone.waha_name, "from": from, "text": text, "pushName": "Budi", "file": file});
    tell(stack, "inbound", &body).await;
}

/// Makes the simulator act.
pub(crate) async fn tell(stack: &TestStack, what: &str, body: &Value) {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let told = client.post(format!("{}/sim/{what}", stack.sim.url())).json(body).send().await;
    assert!(told.expect("the simulator answers").status().is_success());
}

/// The newest conversation, once its last message is this.
pub(crate) async fn newest(stack: &TestStack, preview: &str) -> Value {
    let is = |list: &Value| list["items"][0]["last_message"]["preview"] == preview;
    stack.until(CONVERSATIONS, is).await["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_with_a_picture_is_seen_and_answered() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone, "6281222222222", "is it still there?", Value::Null).await;
    newest(&stack, "is it still there?").await;
    let picture = json!({"mimetype": "image/png", "filename": "it.png", "data": "aGVsbG8="});
    writes(&stack, &phone, "6281222222222", "this one", picture).await;
    let conversation = newest(&stack, "this one").await;
    assert_eq!((&conversation["unread"], &conversation["name"]), (&json!(2), &json!("Budi")));
    assert_eq!((&conversation["phone"], &conversation["group"]), (&json!("+6281222222222"), &json!(false)));

    let path = format!("{CONVERSATIONS}/{}", conversation["id"].as_str().unwrap());
    let thread = stack.acme.get(&format!("{path}/messages")).await.expect(200);
    let (picture, question) = (&thread["items"][0], &thread["items"][1]);
    assert_eq!(
        (&question["content"]["text"], &question["media"]),
        (&json!("is it still there?"), &Value::Null)
    );
    assert_eq!(picture["media"]["mimetype"], "image/png");
    // Fetched from WAHA, and then again although WAHA is gone.
    let file = picture["media"]["url"].as_str().unwrap();
    for _ in 0..2 {
        let got: Reply = stack.acme.get(file).await;
        assert_eq!((got.status, got.text.as_str(), got.header("content-type")), (200, "hello", "image/png"));
        assert!(got.header("content-disposition").starts_with("attachment"), "not a page of ours");
        stack.sim.unlink(&phone.waha_name);
    }
    let no_file = format!("/api/v1/messages/{}/media", question["id"].as_str().unwrap());
    stack.acme.get(&no_file).await.problem(404, "not_found");

    assert_eq!(stack.acme.post(&format!("{path}/read"), json!({})).await.status, 204);
    let unread = stack.acme.get(&format!("{CONVERSATIONS}/unread")).await.expect(200);
    assert_eq!(unread, json!({"conversations": 0, "messages": 0}));
    let reply = json!({"session_id": phone.id, "to": conversation["chat_id"], "content": {"type": "text", "text": "yes"}});
    stack.acme.post("/api/v1/messages", reply).await.expect(202);
    assert_eq!(newest(&stack, "yes").await["last_message"]["direction"], "outbound");
}

/// A message in a chat, as WAHA reports it.
async fn posted(stack: &TestStack, phone: &Phone, chat: &str, text: &str) {
    let payload = json!({
        "id": format!("false_{chat}_{text}"), "timestamp": 1_800_000_000, "from": chat, "fromMe": false, "body": text,
        "hasMedia": false, "_data": {"pushName": "Budi"},
    });
    let body = json!({"session": phone.waha_name, "event": "message.any", "payload": payload});
    tell(stack, "emit", &body).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_stories_and_broadcast_lists_are_no_conversations() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    for chat in ["120363000000000000@newsletter", "status@broadcast", "1414141414@broadcast"] {
        posted(&stack, &phone, chat, "POST").await;
    }
    posted(&stack, &phone, "6281222222222@c.us", "HELLO").await;
    newest(&stack, "HELLO").await;
    eventually("that all are worked through", async || {
        stack.app.count("select count(*) from inbound_events where processed_at is null").await == 0
    })
    .await;
    let all = stack.acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1), "{all}");
    assert_eq!(stack.app.count("select count(*) from messages").await, 1);
    // WAHA is told not to report them at all.
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let info = client.get(format!("{}/api/sessions/{}", stack.sim.url(), phone.waha_name)).send().await;
    let info: Value = info.expect("an answer").json().await.expect("JSON");
    assert_eq!(info["config"]["ignore"], json!({"status": true, "channels": true, "broadcast": true}));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_are_listed_with_who_wrote() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    let payload = json!({
        "id": "false_120363000000000000@g.us_AAAA_6281222222222@c.us", "timestamp": 1_800_000_000, "from": "120363000000000000@g.us",
        "participant": "6281222222222@c.us", "fromMe": false, "body": "hello all", "hasMedia": false, "_data": {"pushName": "Budi"},
    });
    let body = json!({"session": phone.waha_name, "event": "message.any", "payload": payload});
    tell(&stack, "emit", &body).await;
    let group = newest(&stack, "hello all").await;
    assert_eq!(
        (&group["group"], &group["name"], &group["phone"]),
        (&json!(true), &Value::Null, &Value::Null)
    );
    let thread = format!("{CONVERSATIONS}/{}/messages", group["id"].as_str().unwrap());
    let thread = stack.acme.get(&thread).await.expect(200);
    assert_eq!(thread["items"][0]["author"], json!({"chat_id": "6281222222222@c.us", "name": "Budi"}));
}
