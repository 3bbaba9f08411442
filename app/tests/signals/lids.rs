//! Somebody writes under a LID: it is the person behind it, in the inbox, for the pace, and above all for STOP.

use serde_json::{Value, json};
use wahana_waha_sim::{Phones, SimConfig};

use crate::inbox::{newest, tell, writes};
use crate::plant::{Phone, Plant, reachable, wait};

const PERSON: &str = "+6281222222222";
/// How the simulator calls them.
const LID: &str = "996281222222222@lid";
/// Of whom WAHA cannot say who it is.
const NOBODY_KNOWS: &str = "123456789012345@lid";
const CONVERSATIONS: &str = "/api/v1/conversations";

async fn bulk(plant: &Plant, phone: &Phone, to: &str) -> wahana_testkit::Reply {
    let body = json!({"to": to, "text": "an offer", "class": "bulk"});
    plant.acme.post(&format!("/api/v1/sessions/{}/send-text", phone.id), body).await
}

/// The only conversation, with the texts in it, newest first.
async fn the_one(plant: &Plant) -> (Value, Vec<String>) {
    let list = plant.acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!(list["items"].as_array().expect("a list").len(), 1, "{list}");
    let path = format!("{CONVERSATIONS}/{}/messages", list["items"][0]["id"].as_str().expect("an id"));
    let thread = plant.acme.get(&path).await.expect(200);
    let texts = thread["items"].as_array().expect("a list").iter();
    let texts = texts.map(|message| message["content"]["text"].as_str().expect("a text").to_owned());
    (list["items"][0].clone(), texts.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_answers_under_a_lid_is_who_was_written_to() {
    let plant = Plant::start(SimConfig::default()).await;
    plant.sim.set_phones(Phones { lid_told: 0.0, ..reachable() });
    let phone = plant.phone("Toko").await;
    let first = plant.send(&phone, PERSON, "bulk", "an offer").await;
    plant.message(&first, |message| message["state"] == "delivered").await;
    writes(&plant, &phone, LID, "how much?", Value::Null).await;
    plant.until(CONVERSATIONS, |list| list["items"][0]["phone"] == PERSON).await;
    let (conversation, texts) = the_one(&plant).await;
    assert_eq!(texts, ["how much?", "an offer"]);
    assert_eq!(
        (&conversation["chat_id"], &conversation["unread"]),
        (&json!("6281222222222@c.us"), &json!(1))
    );

    // WAHA knows the question under the LID only.
    let thread = format!("{CONVERSATIONS}/{}/messages", conversation["id"].as_str().unwrap());
    let question = plant.acme.get(&thread).await.expect(200)["items"][0].clone();
    let body = json!({"to": PERSON, "text": "much", "reply_to": question["id"]});
    let path = format!("/api/v1/sessions/{}/send-text", phone.id);
    let answer = plant.acme.post(&path, body).await.expect(202);
    let whole = format!("false_{LID}_{}", question["whatsapp_id"].as_str().unwrap());
    assert_eq!(answer["content"]["reply_to"], json!(whole));

    writes(&plant, &phone, LID, "STOP", Value::Null).await;
    newest(&plant, "STOP").await;
    for to in [PERSON, LID] {
        bulk(&plant, &phone, to).await.problem(409, "recipient_suppressed");
    }
    let other_shop = plant.app.register("globex").await;
    assert_eq!(other_shop.get("/api/v1/suppressions").await.expect(200)["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wrote_under_a_lid_first_is_no_stranger() {
    let plant = Plant::start(SimConfig::default()).await;
    plant.sim.set_phones(Phones { lid_told: 1.0, ..reachable() });
    let phone = plant.phone("Toko").await;
    writes(&plant, &phone, LID, "hello", Value::Null).await;
    let asked_nobody = newest(&plant, "hello").await;
    assert_eq!(asked_nobody["phone"], PERSON, "the event tells the number");
    assert_eq!(plant.app.count("select count(*) from jobs where kind = 'resolve_lids'").await, 0);

    bulk(&plant, &phone, PERSON).await.expect(202);
    assert_eq!(plant.app.count("select count(*) from messages where new_chat").await, 0);
    bulk(&plant, &phone, "+6281233333333").await.expect(202);
    assert_eq!(plant.app.count("select count(*) from messages where new_chat").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_knows_yet_moves_when_it_is_told() {
    let plant = Plant::start(SimConfig::default()).await;
    let phone = plant.phone("Toko").await;
    writes(&plant, &phone, &PERSON[1..], "hello", Value::Null).await;
    newest(&plant, "hello").await;
    writes(&plant, &phone, NOBODY_KNOWS, "STOP", Value::Null).await;
    let hidden = newest(&plant, "STOP").await;
    assert_eq!((&hidden["phone"], &hidden["chat_id"]), (&Value::Null, &json!(NOBODY_KNOWS)));
    let asked =
        "select count(*) from lids where tries > 0 and wanted_at > now() and opted_out_at is not null";
    wait("WAHA to be asked", async || plant.app.count(asked).await == 1).await;
    bulk(&plant, &phone, PERSON).await.expect(202);

    let payload = json!({
        "id": format!("false_{NOBODY_KNOWS}_AAAA"), "timestamp": 1_800_000_000, "from": NOBODY_KNOWS, "fromMe": false, "body": "it is me",
        "hasMedia": false, "_data": {"key": {"remoteJidAlt": format!("{}@s.whatsapp.net", &PERSON[1..])}},
    });
    let body = json!({"session": phone.waha_name, "event": "message.any", "payload": payload});
    tell(&plant, "emit", &body).await;
    newest(&plant, "it is me").await;
    let (conversation, texts) = the_one(&plant).await;
    let received: Vec<&str> = texts.iter().map(String::as_str).filter(|text| *text != "an offer").collect();
    assert_eq!(received, ["it is me", "STOP", "hello"]);
    assert_eq!((&conversation["unread"], &conversation["phone"]), (&json!(3), &json!(PERSON)));
    bulk(&plant, &phone, PERSON).await.problem(409, "recipient_suppressed");
    assert_eq!(plant.app.count("select count(*) from lids where wanted_at is not null").await, 0);
}
