//! A person is one person under every form of the number, under a LID and under a username.

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, eventually};
use wahana_waha_sim::{Engine, PhoneRule, Phones, SimConfig};

use crate::signals::inbox::{newest, tell, writes};
use crate::signals::stack::{Phone, TestStack, reachable};

/// A number of Brazil as people write it, and as WhatsApp knows it.
const DIALLED: &str = "+5584912340001";
const REGISTERED: &str = "558412340001";
/// Of whom WAHA cannot say who it is.
const HIDDEN: &str = "123456789012345@lid";
const CONVERSATIONS: &str = "/api/v1/conversations";

/// WhatsApp knows the number of Brazil under its old form only.
fn brazil() -> Phones {
    let old_form = PhoneRule {
        number: DIALLED[1..].into(),
        registered: Some(REGISTERED.into()),
        ..PhoneRule::default()
    };
    Phones { rules: vec![old_form], ..reachable() }
}

async fn send(stack: &TestStack, phone: &Phone, to: &str, class: &str, check: &str) -> Reply {
    let body = json!({"session_id": phone.id, "to": to, "content": {"type": "text", "text": "hello"}, "class": class,
        "check_number": check});
    stack.acme.post("/api/v1/messages", body).await
}

/// A draft campaign of this session.
async fn campaign(stack: &TestStack, phone: &Phone) -> String {
    let body = json!({"name": "C", "content": {"type": "text", "text": "Hello {{name|you}}"},
        "session_ids": [phone.id], "check_number": "require"});
    let made = stack.acme.post("/api/v1/campaigns", body).await.expect(201);
    format!("/api/v1/campaigns/{}", made["id"].as_str().expect("an id"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b01_the_chat_that_whatsapp_names_is_written_to() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(brazil());
    let phone = stack.phone("Toko").await;
    let one = send(&stack, &phone, DIALLED, "transactional", "require").await.expect(202);
    let sent = stack.message(one["id"].as_str().unwrap(), |m| m["state"] == "delivered").await;
    assert_eq!(sent["chat_id"], format!("{REGISTERED}@c.us"), "the message says where it went");
    assert_eq!(sent["phone"], DIALLED, "and which number was given");

    // A campaign does the same, and what is known needs no further question.
    let campaign = campaign(&stack, &phone).await;
    let people = json!({"contacts": [{"phone": DIALLED, "name": "Ana"}]});
    stack.acme.post(&format!("{campaign}/recipients"), people).await.expect(200);
    stack.acme.post(&format!("{campaign}/start"), json!({})).await.expect(200);
    let list =
        stack.until(&format!("{campaign}/recipients"), |list| list["items"][0]["state"] == "delivered").await;
    assert_eq!(list["items"][0]["chat_id"], format!("{REGISTERED}@c.us"));
    let chats: Vec<String> = stack.sim.sends().iter().map(|send| send.chat_id.to_string()).collect();
    assert_eq!(chats, [format!("{REGISTERED}@c.us"), format!("{REGISTERED}@c.us")]);
    assert_eq!(
        stack.app.count("select count(*) from messages where new_chat").await,
        1,
        "one person, one new chat"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b01_a_lid_that_whatsapp_names_is_written_to() {
    let stack = TestStack::start(SimConfig { engine: Engine::Gows, ..SimConfig::default() }).await;
    let hidden = PhoneRule { number: "6281222222222".into(), lid: Some(true), ..PhoneRule::default() };
    stack.sim.set_phones(Phones { rules: vec![hidden], ..reachable() });
    let phone = stack.phone("Toko").await;
    let one = send(&stack, &phone, "+6281222222222", "transactional", "require").await.expect(202);
    let sent = stack.message(one["id"].as_str().unwrap(), |m| m["state"] == "delivered").await;
    assert_eq!(sent["chat_id"], "996281222222222@lid");
    assert_eq!(sent["phone"], "+6281222222222");
    // Their STOP under the LID is heard of the number.
    writes(&stack, &phone, "996281222222222@lid", "STOP", Value::Null).await;
    newest(&stack, "STOP").await;
    send(&stack, &phone, "+6281222222222", "bulk", "skip").await.problem(409, "recipient_suppressed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b02_stop_from_one_form_holds_for_the_other() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone, REGISTERED, "STOP", Value::Null).await;
    newest(&stack, "STOP").await;
    for to in [DIALLED, "+558412340001", "558412340001@c.us", "5584912340001@c.us"] {
        send(&stack, &phone, to, "bulk", "skip").await.problem(409, "recipient_suppressed");
    }
    let campaign = campaign(&stack, &phone).await;
    let csv = "phone,name\n+55 84 91234-0001,Ana\n558412340001,Ana\n+62 812 2222 2222,Budi\n";
    let upload = stack.acme.request(Method::POST, &format!("{campaign}/recipients"));
    let report = Reply::to(upload.header("content-type", "text/csv").body(csv)).await.expect(200);
    assert_eq!(
        (&report["accepted"], &report["suppressed"], &report["duplicates"]),
        (&json!(1), &json!(1), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b03_who_writes_can_be_saved_searched_suppressed_and_released() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    for (n, (written, other)) in [
        ("5215599998888", "+52 55 9999 8888"),
        ("5491123456789", "+54 11 2345 6789"),
        ("22547234567", "+225 07 47 23 45 67"),
        ("22997123456", "+229 01 97 12 34 56"),
    ]
    .into_iter()
    .enumerate()
    {
        writes(&stack, &phone, written, &format!("hi {n}"), Value::Null).await;
        let conversation = newest(&stack, &format!("hi {n}")).await;
        assert_eq!(conversation["phone"], format!("+{written}"));
        let saved =
            stack.acme.post("/api/v1/contacts", json!({"phone": conversation["phone"], "name": "A"})).await;
        assert_eq!(saved.expect(201)["phone"], format!("+{written}"));
        let again =
            stack.acme.post("/api/v1/contacts", json!({"phone": other, "tags": ["b"]})).await.expect(200);
        assert_eq!((&again["name"], &again["tags"]), (&json!("A"), &json!(["b"])), "one contact for {other}");
        let encoded = other.replace('+', "%2B").replace(' ', "%20");
        let found = stack.acme.get(&format!("/api/v1/contacts?phone={encoded}")).await.expect(200);
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{other}");
        stack.acme.post("/api/v1/suppressions", json!({"phone": other})).await.expect(201);
        send(&stack, &phone, written, "transactional", "skip").await.problem(409, "recipient_suppressed");
        stack.acme.delete(&format!("/api/v1/suppressions/{written}")).await.expect(204);
        // The answer goes to the chat in which they wrote, however the number is typed.
        let reply = send(&stack, &phone, other, "transactional", "skip").await.expect(202);
        let reply = stack.message(reply["id"].as_str().unwrap(), |m| m["state"] == "delivered").await;
        assert_eq!(reply["chat_id"], format!("{written}@c.us"));
    }
    let list = stack.acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(4), "one conversation each: {list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_stop_under_a_lid_without_a_number_counts_at_once() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Toko").await;
    writes(&stack, &phone, HIDDEN, "STOP", Value::Null).await;
    let conversation = newest(&stack, "STOP").await;
    assert_eq!((&conversation["phone"], &conversation["suppressed"]), (&Value::Null, &json!("opt_out")));
    send(&stack, &phone, HIDDEN, "bulk", "skip").await.problem(409, "recipient_suppressed");
    let listed = stack.acme.get("/api/v1/suppressions").await.expect(200);
    assert_eq!((&listed["items"][0]["phone"], &listed["items"][0]["lid"]), (&Value::Null, &json!(HIDDEN)));
    // WAHA is asked again within a minute, for the number may be written to meanwhile.
    let soon =
        "select count(*) from lid_lookups where tries > 0 and wanted_at <= now() + interval '61 seconds'";
    eventually("WAHA to be asked", async || stack.app.count(soon).await == 1).await;
    writes(&stack, &phone, HIDDEN, "START", Value::Null).await;
    newest(&stack, "START").await;
    send(&stack, &phone, HIDDEN, "bulk", "skip").await.expect(202);
}

/// Somebody with a username writes, and hides the number.
async fn hidden_writes(stack: &TestStack, phone: &Phone, username: &str, id: &str, text: &str) {
    let payload = json!({
        "id": format!("false_{HIDDEN}_{id}"), "timestamp": 1_790_000_000, "from": HIDDEN, "fromMe": false, "body": text,
        "hasMedia": false, "_data": {"key": {"remoteJid": HIDDEN, "remoteJidUsername": username}, "pushName": "Sari"},
    });
    let body = json!({"session": phone.waha_name, "event": "message.any", "payload": payload});
    tell(stack, "emit", &body).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u1_a_person_without_a_number_is_answered_saved_suppressed_and_in_campaigns() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    hidden_writes(&stack, &phone, "sari.w", "AAAA", "hello").await;
    let conversation = newest(&stack, "hello").await;
    assert_eq!(
        (&conversation["phone"], &conversation["username"], &conversation["name"], &conversation["chat_id"]),
        (&Value::Null, &json!("sari.w"), &json!("Sari"), &json!(HIDDEN))
    );
    let answer = send(&stack, &phone, "@Sari.W", "transactional", "skip").await.expect(202);
    let answer = stack.message(answer["id"].as_str().unwrap(), |m| m["state"] == "delivered").await;
    assert_eq!(answer["chat_id"], HIDDEN);
    send(&stack, &phone, "@nobody.here", "transactional", "skip").await.problem(422, "invalid_field");

    let saved =
        stack.acme.post("/api/v1/contacts", json!({"phone": HIDDEN, "name": "Sari", "tags": ["vip"]})).await;
    let saved = saved.expect(201);
    assert_eq!(
        (&saved["phone"], &saved["lid"], &saved["username"]),
        (&Value::Null, &json!(HIDDEN), &json!("sari.w"))
    );

    // In a campaign to who is known; a stranger's LID is no chat.
    let path = campaign(&stack, &phone).await;
    let people = json!({"contacts": [{"phone": "@sari.w"}, {"phone": "999999999999999@lid"}]});
    let report = stack.acme.post(&format!("{path}/recipients"), people).await.expect(200);
    assert_eq!((&report["accepted"], &report["by_code"]["no_chat"]), (&json!(1), &json!(1)));
    stack.acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    let list =
        stack.until(&format!("{path}/recipients"), |list| list["items"][0]["state"] == "delivered").await;
    assert_eq!((&list["items"][0]["phone"], &list["items"][0]["chat_id"]), (&Value::Null, &json!(HIDDEN)));

    stack.acme.post("/api/v1/suppressions", json!({"phone": "@sari.w"})).await.expect(201);
    send(&stack, &phone, HIDDEN, "transactional", "skip").await.problem(409, "recipient_suppressed");
    stack.acme.delete(&format!("/api/v1/suppressions/{HIDDEN}")).await.expect(204);

    // Another organization knows nothing of it.
    let globex = stack.app.register("globex").await;
    assert_eq!(globex.get("/api/v1/contacts").await.expect(200)["items"], json!([]));
    let id = saved["id"].as_str().unwrap();
    assert_eq!(globex.get(&format!("/api/v1/contacts/{id}/identities")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_that_are_one_are_joined_and_can_be_parted() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    let acme = &stack.acme;
    hidden_writes(&stack, &phone, "sari.w", "AAAA", "under the LID").await;
    newest(&stack, "under the LID").await;
    writes(&stack, &phone, "6281222222222", "under the number", Value::Null).await;
    newest(&stack, "under the number").await;
    acme.post("/api/v1/contacts", json!({"phone": HIDDEN, "name": "Sari?", "tags": ["a"]})).await.expect(201);
    let known = json!({"phone": "+6281222222222", "name": "Sari", "tags": ["b"]});
    let known = acme.post("/api/v1/contacts", known).await.expect(201);
    let path = format!("/api/v1/contacts/{}/identities", known["id"].as_str().unwrap());

    acme.post(&path, json!({"identity": "12"})).await.problem(422, "invalid_field");
    let joined = acme.post(&path, json!({"identity": HIDDEN})).await.expect(200);
    assert_eq!(
        (&joined["identities"][0]["identity"], &joined["identities"][0]["source"], &joined["username"]),
        (&json!(HIDDEN), &json!("member"), &json!("sari.w"))
    );
    let contacts = acme.get("/api/v1/contacts").await.expect(200);
    assert_eq!(contacts["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&contacts["items"][0]["name"], &contacts["items"][0]["tags"]),
        (&json!("Sari"), &json!(["a", "b"]))
    );
    let list = acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!((list["items"].as_array().map(Vec::len), &list["items"][0]["unread"]), (Some(1), &json!(2)));

    acme.delete(&format!("{path}/{HIDDEN}")).await.expect(204);
    let contacts = acme.get("/api/v1/contacts").await.expect(200);
    assert_eq!(contacts["items"].as_array().map(Vec::len), Some(2), "{contacts}");
    let list = acme.get(CONVERSATIONS).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2), "{list}");
    // What a member parted is not joined by itself.
    let payload = json!({
        "id": format!("false_{HIDDEN}_BBBB"), "timestamp": 1_900_000_001, "from": HIDDEN, "fromMe": false, "body": "again",
        "hasMedia": false, "_data": {"key": {"remoteJidAlt": "6281222222222@s.whatsapp.net"}},
    });
    tell(&stack, "emit", &json!({"session": phone.waha_name, "event": "message.any", "payload": payload}))
        .await;
    assert_eq!(newest(&stack, "again").await["chat_id"], HIDDEN);
    assert_eq!(stack.app.count("select count(*) from audit_events where action like 'person.%'").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_from_a_lid_tells_whose_it_is() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    let one = send(&stack, &phone, "+6281222222222", "transactional", "skip").await.expect(202);
    let sent = stack.message(one["id"].as_str().unwrap(), |m| m["state"] == "delivered").await;
    let bare = sent["whatsapp_id"].as_str().unwrap();
    let payload = json!({"id": format!("true_{HIDDEN}_{bare}"), "from": HIDDEN, "fromMe": true, "ack": 3, "ackName": "READ"});
    tell(&stack, "emit", &json!({"session": phone.waha_name, "event": "message.ack", "payload": payload}))
        .await;
    stack.message(one["id"].as_str().unwrap(), |m| m["state"] == "read").await;
    writes(&stack, &phone, HIDDEN, "STOP", Value::Null).await;
    assert_eq!(newest(&stack, "STOP").await["phone"], "+6281222222222");
    send(&stack, &phone, "+6281222222222", "bulk", "skip").await.problem(409, "recipient_suppressed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_number_is_nobodys() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(reachable());
    let phone = stack.phone("Toko").await;
    let own = stack.session(&phone.id, |session| session["phone"].is_string()).await;
    let own = own["phone"].as_str().unwrap().trim_start_matches('+').to_owned();
    let payload = json!({
        "id": format!("false_{HIDDEN}_AAAA"), "timestamp": 1_790_000_000, "from": HIDDEN, "fromMe": false, "body": "hello",
        "hasMedia": false, "_data": {"key": {"remoteJidAlt": format!("{own}@s.whatsapp.net")}},
    });
    tell(&stack, "emit", &json!({"session": phone.waha_name, "event": "message.any", "payload": payload}))
        .await;
    let conversation = newest(&stack, "hello").await;
    assert_eq!(conversation["chat_id"], HIDDEN);
    assert_eq!(stack.app.count("select count(*) from identities").await, 0);
}
