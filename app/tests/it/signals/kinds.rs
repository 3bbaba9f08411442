//! What else comes in: edits, deletions, reactions, places and cards, and messages that come late.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::SimConfig;

use crate::signals::inbox::{newest, tell};
use crate::signals::stack::{Phone, TestStack};

const BUDI: &str = "6281222222222@c.us";

async fn emit(stack: &TestStack, phone: &Phone, event: &str, payload: Value) {
    tell(stack, "emit", &json!({"session": phone.waha_name, "event": event, "payload": payload})).await;
}

fn said(id: &str, body: &str, at: DateTime<Utc>) -> Value {
    json!({
        "id": format!("false_{BUDI}_{id}"), "timestamp": at.timestamp(), "from": BUDI, "fromMe": false, "body": body,
        "hasMedia": false, "_data": {"pushName": "Budi", "message": {"conversation": body}},
    })
}

async fn thread(stack: &TestStack, conversation: &Value) -> Value {
    let path = format!("/api/v1/conversations/{}/messages", conversation["id"].as_str().expect("a text"));
    stack.acme.get(&path).await.expect(200)["items"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b30_a_deleted_message_is_shown_as_deleted_and_found_by_nobody() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    let now = stack.app.store.clock().now();
    let after = json!({
        "id": format!("false_{BUDI}_BBBB"), "timestamp": now.timestamp(), "from": BUDI, "fromMe": false, "body": null,
        "_data": {"message": {"protocolMessage": {"key": {"id": "AAAA"}, "type": "REVOKE"}}},
    });
    // The deletion overtakes its message.
    emit(
        &stack,
        &phone,
        "message.revoked",
        json!({"after": after, "before": null, "revokedMessageId": "AAAA"}),
    )
    .await;
    emit(&stack, &phone, "message.any", said("AAAA", "the secret words", now)).await;
    let list =
        stack.until("/api/v1/conversations", |l| l["items"][0]["last_message"]["type"] == "deleted").await;
    let conversation = &list["items"][0];
    assert_eq!(conversation["last_message"]["preview"], Value::Null);
    let message = thread(&stack, conversation).await[0].clone();
    assert_eq!(message["content"], json!({"origin": "whatsapp", "type": "deleted"}));
    assert!(message["deleted_at"].is_string() && message["media"].is_null(), "{message}");
    let found =
        stack.acme.get(&format!("/api/v1/messages?text=secret&session={}", phone.id)).await.expect(200);
    assert_eq!(found["items"], json!([]));
    // Told again, also as a message of its own: nothing changes.
    emit(&stack, &phone, "message.any", after).await;
    eventually("that all is worked through", async || {
        stack.app.count("select count(*) from inbound_events where processed_at is null").await == 0
    })
    .await;
    assert_eq!(thread(&stack, conversation).await.as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_and_reactions_show_on_their_message() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    let now = stack.app.store.clock().now();
    emit(&stack, &phone, "message.any", said("AAAA", "at nine", now)).await;
    newest(&stack, "at nine").await;
    let edit = |body: &str, at: DateTime<Utc>| {
        json!({"id": format!("false_{BUDI}_EDIT{}", at.timestamp()), "timestamp": at.timestamp(), "from": BUDI, "fromMe": false,
            "body": body, "hasMedia": false, "editedMessageId": "AAAA", "_data": {}})
    };
    emit(&stack, &phone, "message.edited", edit("at ten", now)).await;
    let conversation = newest(&stack, "at ten").await;
    // An earlier edit that comes late does not undo it.
    emit(&stack, &phone, "message.edited", edit("at half past nine", now - TimeDelta::seconds(60))).await;
    let react = |emoji: &str, at: DateTime<Utc>| {
        json!({"id": format!("false_{BUDI}_R"), "timestamp": at.timestamp(), "from": BUDI, "fromMe": false,
            "reaction": {"text": emoji, "messageId": format!("false_{BUDI}_AAAA")}})
    };
    emit(&stack, &phone, "message.reaction", react("👍", now - TimeDelta::seconds(30))).await;
    emit(&stack, &phone, "message.reaction", react("❤️", now)).await;
    let path = format!("/api/v1/conversations/{}/messages", conversation["id"].as_str().expect("a text"));
    let shown = stack.until(&path, |m| m["items"][0]["reactions"][0]["emoji"] == "❤️").await;
    let message = &shown["items"][0];
    assert_eq!(
        (&message["content"]["text"], &message["reactions"][0]["chat_id"]),
        (&json!("at ten"), &json!(BUDI))
    );
    assert!(message["edited_at"].is_string());
    assert_eq!(message["reactions"].as_array().map(Vec::len), Some(1), "one of each person");
    emit(&stack, &phone, "message.reaction", react("", now)).await;
    stack.until(&path, |m| m["items"][0]["reactions"] == json!([])).await;
    assert_eq!(conversation["unread"], 1, "an edit is no new message");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_places_cards_and_polls_have_types_and_previews() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    let now = stack.app.store.clock().now();
    let mut place = said("A1", "", now);
    place["location"] = json!({"latitude": -6.1754, "longitude": 106.8272, "name": "Monas"});
    emit(&stack, &phone, "message.any", place).await;
    assert_eq!(newest(&stack, "Monas").await["last_message"]["type"], "location");
    let mut card = said("A2", "", now);
    card["vCards"] = json!(["BEGIN:VCARD\nFN:Joe\nTEL;waid=6281233333333:+62 812\nEND:VCARD"]);
    emit(&stack, &phone, "message.any", card).await;
    assert_eq!(newest(&stack, "Joe").await["last_message"]["type"], "contacts");
    let mut poll = said("A3", "", now);
    poll["_data"]["message"] = json!({"pollCreationMessageV3": {"name": "When?", "options": [{"optionName": "Now"}], "selectableOptionsCount": 1}});
    emit(&stack, &phone, "message.any", poll).await;
    assert_eq!(newest(&stack, "When?").await["last_message"]["type"], "poll");
    let found =
        stack.acme.get(&format!("/api/v1/messages?text=monas&session={}", phone.id)).await.expect(200);
    assert_eq!(found["items"][0]["content"]["name"], "Monas");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b23_a_late_message_keeps_whatsapps_time_and_its_place() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    let now = stack.app.store.clock().now();
    let late = now - TimeDelta::days(2);
    emit(&stack, &phone, "message.any", said("NEW", "today", now - TimeDelta::seconds(5))).await;
    newest(&stack, "today").await;
    emit(&stack, &phone, "message.any", said("OLD", "two days ago", late)).await;
    let list = stack.until("/api/v1/conversations", |l| l["items"][0]["unread"] == 2).await;
    let conversation = &list["items"][0];
    assert_eq!(conversation["last_message"]["preview"], "today", "the late one is not the newest");
    let messages = thread(&stack, conversation).await;
    assert_eq!(
        (&messages[0]["content"]["text"], &messages[1]["content"]["text"]),
        (&json!("today"), &json!("two days ago"))
    );
    let time = |value: &Value| value.as_str().expect("a text").parse::<DateTime<Utc>>().expect("a value");
    assert_eq!(time(&messages[1]["sent_at"]).timestamp(), late.timestamp());
    assert!(time(&messages[1]["created_at"]) >= now - TimeDelta::seconds(60), "and when it came");

    // The owner answers on the phone; what was written before that was seen.
    let mut answer = said("ANSWER", "on my way", now);
    answer["id"] = json!(format!("true_{BUDI}_ANSWER"));
    answer["fromMe"] = json!(true);
    answer["source"] = json!("app");
    emit(&stack, &phone, "message.any", answer).await;
    stack.until("/api/v1/conversations", |l| l["items"][0]["unread"] == 0).await;
    emit(&stack, &phone, "message.any", said("OLD2", "yesterday", now - TimeDelta::days(1))).await;
    let path = format!("/api/v1/conversations/{}/messages", conversation["id"].as_str().expect("a text"));
    stack.until(&path, |m| m["items"].as_array().map(Vec::len) == Some(4)).await;
    let list = stack.acme.get("/api/v1/conversations").await.expect(200);
    assert_eq!(list["items"][0]["unread"], 0, "it was answered already");
    // A phone with a wrong clock.
    emit(&stack, &phone, "message.any", said("AHEAD", "tomorrow", now + TimeDelta::days(1))).await;
    newest(&stack, "tomorrow").await;
    let ahead = thread(&stack, conversation).await[0].clone();
    assert!(time(&ahead["sent_at"]) <= time(&ahead["created_at"]), "never in the future: {ahead}");
}
