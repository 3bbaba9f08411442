//! Groups: their names, who has read what was sent to them, and people named in a text.

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::{SimConfig, SimGroup};

use crate::signals::inbox::{newest, tell};
use crate::signals::stack::{Phone, TestStack};

const GROUP: &str = "120363000000000007@g.us";

fn with_group(acks: bool) -> SimConfig {
    let members = ["6281211111111", "6281222222222", "6281233333333"].map(str::to_owned).to_vec();
    let group = SimGroup { id: GROUP.into(), subject: "Warga RT 5".into(), members };
    SimConfig { groups: vec![group], acks, ..SimConfig::default() }
}

async fn writes(stack: &TestStack, phone: &Phone) {
    let payload = json!({
        "id": format!("false_{GROUP}_AAAA_6281211111111@c.us"), "timestamp": 1_790_000_000, "from": GROUP,
        "participant": "6281211111111@c.us", "fromMe": false, "body": "hello all", "hasMedia": false,
        "_data": {"pushName": "Budi"},
    });
    tell(stack, "emit", &json!({"session": phone.waha_name, "event": "message.any", "payload": payload}))
        .await;
}

async fn receipt(stack: &TestStack, phone: &Phone, id: &str, reader: &str, ack: i64) {
    let key = if ack == 1 { "receiptTimestamp" } else { "readTimestamp" };
    let payload = json!({
        "id": format!("true_{GROUP}_{id}_628110000001@c.us"), "from": GROUP, "fromMe": true, "ack": ack,
        "_data": {"key": {"remoteJid": GROUP, "fromMe": true, "id": id}, "receipt": {"userJid": reader, key: 1_790_000_000}},
    });
    tell(
        stack,
        "emit",
        &json!({"session": phone.waha_name, "event": "message.ack.group", "payload": payload}),
    )
    .await;
}

async fn worked_through(stack: &TestStack) {
    eventually("that all is worked through", async || {
        stack.app.count("select count(*) from inbound_events where processed_at is null").await == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f10_groups_have_their_names_and_follow_them() {
    let stack = TestStack::start(with_group(true)).await;
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone).await;
    let named = |name: &'static str| move |list: &Value| list["items"][0]["name"] == name;
    stack.until("/api/v1/conversations", named("Warga RT 5")).await;
    let payload = json!({"group": {"id": GROUP, "subject": "Warga RT 5 Baru"}, "timestamp": 1, "_data": {}});
    tell(
        &stack,
        "emit",
        &json!({"session": phone.waha_name, "event": "group.v2.update", "payload": payload}),
    )
    .await;
    stack.until("/api/v1/conversations", named("Warga RT 5 Baru")).await;
    assert_eq!(newest(&stack, "hello all").await["group"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f7_a_group_counts_its_readers_and_not_our_own_phone() {
    let stack = TestStack::start(with_group(false)).await;
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone).await;
    stack.until("/api/v1/conversations", |list| list["items"][0]["name"].is_string()).await;
    let id = stack.send(&phone, GROUP, "transactional", "to all").await;
    let sent = stack.message(&id, |m| m["state"] == "sent").await;
    let waha_id = sent["whatsapp_id"].as_str().unwrap().to_owned();
    assert_eq!(
        sent["group"],
        json!({"delivered": 0, "read": 0, "members": 2}),
        "three, the account among them"
    );

    for own in ["628110000001:2@s.whatsapp.net", "628110000001@s.whatsapp.net", "99628110000001@lid"] {
        receipt(&stack, &phone, &waha_id, own, 3).await;
    }
    worked_through(&stack).await;
    assert_eq!(stack.message(&id, |_| true).await["state"], "sent", "our own phone is no reader");
    // A delivery is level 1 on NOWEB.
    receipt(&stack, &phone, &waha_id, "996281211111111@lid", 1).await;
    let delivered = stack.message(&id, |m| m["state"] == "delivered").await;
    assert_eq!((&delivered["group"]["delivered"], &delivered["group"]["read"]), (&json!(1), &json!(0)));
    assert!(delivered["delivered_at"].as_str() >= delivered["sent_at"].as_str(), "F13: {delivered}");
    for _ in 0..2 {
        receipt(&stack, &phone, &waha_id, "996281211111111@lid", 3).await;
    }
    receipt(&stack, &phone, &waha_id, "6281222222222:7@s.whatsapp.net", 3).await;
    let read = stack.message(&id, |m| m["group"]["read"] == 2).await;
    assert_eq!((&read["state"], &read["group"]["delivered"]), (&json!("read"), &json!(2)));
    assert_eq!(stack.app.count("select count(*) from group_receipts").await, 2, "one per member");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f7_the_simulated_members_of_a_group_are_counted_once_each() {
    let stack = TestStack::start(with_group(true)).await;
    let phone = stack.phone("Toko").await;
    let id = stack.send(&phone, GROUP, "transactional", "to all").await;
    let seen = stack.message(&id, |m| m["group"]["delivered"] == 3).await;
    assert!(seen["group"]["read"] == 0 || seen["group"]["read"].as_i64() <= Some(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b32_people_are_named_in_a_group_text() {
    let stack = TestStack::start(with_group(true)).await;
    let phone = stack.phone("Toko").await;
    let send = async |to: &str, text: &str, mentions: Value| {
        let body = json!({"to": to, "text": text, "mentions": mentions});
        stack.acme.post(&format!("/api/v1/sessions/{}/send-text", phone.id), body).await
    };
    let named = json!(["+6281211111111", "6281222222222@c.us"]);
    let sent = send(GROUP, "Halo @6281211111111 dan @6281222222222", named).await.expect(202);
    let id = sent["id"].as_str().unwrap();
    let done = stack.message(id, |m| m["state"] != "queued" && m["state"] != "sending").await;
    assert_eq!(done["content"]["mentions"], json!(["6281211111111@c.us", "6281222222222@c.us"]));
    for (to, text, mentions, rule) in [
        ("+6281211111111", "Halo @6281211111111", json!(["+6281211111111"]), "mentions_need_group"),
        (GROUP, "Halo semua", json!(["+6281211111111"]), "not_in_text"),
        (GROUP, "Halo @62812111111112", json!(["+6281211111111"]), "not_in_text"),
        (GROUP, "Halo @1", json!([GROUP]), "bad_recipient"),
    ] {
        let refused = send(to, text, mentions).await.expect(422);
        let told = refused.to_string();
        assert!(told.contains(rule) && told.contains("content.mentions"), "{rule}: {told}");
    }
}
