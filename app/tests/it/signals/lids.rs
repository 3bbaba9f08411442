//! Somebody writes under a LID: it is the person behind it, in the inbox, for the pace, and above all for STOP.

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::{Phones, SimConfig};

use crate::signals::inbox::{newest, tell, writes};
use crate::signals::stack::{Phone, TestStack, reachable};

const PERSON: &str = "+6281222222222";
/// How the simulator calls them.
const LID: &str = "996281222222222@lid";
/// Of whom WAHA cannot say who it is.
const NOBODY_KNOWS: &str = "123456789012345@lid";
const CONVERSATIONS: &str = "/api/v1/conversations";

async fn bulk(stack: &TestStack, phone: &Phone, to: &str) -> wahana_testkit::Reply {
    let body = json!({"to": to, "text": "an offer", "class": "bulk"});
    stack.acme.post(&format!("/api/v1/sessions/{}/send-text", phone.id), body).await
}

/// The only conversation, with the texts in it, newest first.
async fn the_one(stack: &TestStack) -> (Value, Vec<String>) {
    let list = stack.acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!(list["items"].as_array().expect("a list").len(), 1, "{list}");
    let path = format!("{CONVERSATIONS}/{}/messages", list["items"][0]["id"].as_str().expect("an id"));
    let thread = stack.acme.get(&path).await.expect(200);
    let texts = thread["items"].as_array().expect("a list").iter();
    let texts = texts.map(|message| message["content"]["text"].as_str().expect("a text").to_owned());
    (list["items"][0].clone(), texts.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_answers_under_a_lid_is_who_was_written_to() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(Phones { lid_told: 0.0, ..reachable() });
    let phone = stack.phone("Toko").await;
    let first = stack.send(&phone, PERSON, "bulk", "an offer").await;
    stack.message(&first, |message| message["state"] == "delivered").await;
    writes(&stack, &phone, LID, "how much?", Value::Null).await;
    stack.until(CONVERSATIONS, |list| list["items"][0]["phone"] == PERSON).await;
    let (conversation, texts) = the_one(&stack).await;
    assert_eq!(texts, ["how much?", "an offer"]);
    assert_eq!(
        (&conversation["chat_id"], &conversation["unread"]),
        (&json!("6281222222222@c.us"), &json!(1))
    );

    // WAHA knows the question under the LID only.
    let thread = format!("{CONVERSATIONS}/{}/messages", conversation["id"].as_str().unwrap());
    let question = stack.acme.get(&thread).await.expect(200)["items"][0].clone();
    let body = json!({"to": PERSON, "text": "much", "reply_to": question["id"]});
    let path = format!("/api/v1/sessions/{}/send-text", phone.id);
    let answer = stack.acme.post(&path, body).await.expect(202);
    let whole = format!("false_{LID}_{}", question["whatsapp_id"].as_str().unwrap());
    assert_eq!(answer["content"]["reply_to"], json!(whole));

    writes(&stack, &phone, LID, "STOP", Value::Null).await;
    newest(&stack, "STOP").await;
    for to in [PERSON, LID] {
        bulk(&stack, &phone, to).await.problem(409, "recipient_suppressed");
    }
    let other_shop = stack.app.register("globex").await;
    assert_eq!(other_shop.get("/api/v1/suppressions").await.expect(200)["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wrote_under_a_lid_first_is_no_stranger() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(Phones { lid_told: 1.0, ..reachable() });
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone, LID, "hello", Value::Null).await;
    let asked_nobody = newest(&stack, "hello").await;
    assert_eq!(asked_nobody["phone"], PERSON, "the event tells the number");
    assert_eq!(stack.app.count("select count(*) from jobs where kind = 'resolve_lids'").await, 0);

    bulk(&stack, &phone, PERSON).await.expect(202);
    assert_eq!(stack.app.count("select count(*) from messages where new_chat").await, 0);
    bulk(&stack, &phone, "+6281233333333").await.expect(202);
    assert_eq!(stack.app.count("select count(*) from messages where new_chat").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_knows_yet_moves_when_it_is_told() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone, &PERSON[1..], "hello", Value::Null).await;
    newest(&stack, "hello").await;
    writes(&stack, &phone, NOBODY_KNOWS, "STOP", Value::Null).await;
    let hidden = newest(&stack, "STOP").await;
    assert_eq!((&hidden["phone"], &hidden["chat_id"]), (&Value::Null, &json!(NOBODY_KNOWS)));
    let asked = "select count(*) from lid_lookups where tries > 0 and wanted_at > now()";
    eventually("WAHA to be asked", async || stack.app.count(asked).await == 1).await;
    bulk(&stack, &phone, PERSON).await.expect(202);

    let payload = json!({
        "id": format!("false_{NOBODY_KNOWS}_AAAA"), "timestamp": 1_800_000_000, "from": NOBODY_KNOWS, "fromMe": false, "body": "it is me",
        "hasMedia": false, "_data": {"key": {"remoteJidAlt": format!("{}@s.whatsapp.net", &PERSON[1..])}},
    });
    let body = json!({"session": phone.waha_name, "event": "message.any", "payload": payload});
    tell(&stack, "emit", &body).await;
    newest(&stack, "it is me").await;
    let (conversation, texts) = the_one(&stack).await;
    let received: Vec<&str> = texts.iter().map(String::as_str).filter(|text| *text != "an offer").collect();
    assert_eq!(received, ["it is me", "STOP", "hello"]);
    assert_eq!((&conversation["unread"], &conversation["phone"]), (&json!(3), &json!(PERSON)));
    bulk(&stack, &phone, PERSON).await.problem(409, "recipient_suppressed");
    assert_eq!(stack.app.count("select count(*) from lid_lookups").await, 0);
}
