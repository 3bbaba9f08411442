//! Numbers are checked before strangers are written to.

use serde_json::json;
use wahana_waha_sim::{PhoneRule, Phones, SimConfig};

use crate::signals::stack::{Phone, TestStack, reachable};

const NOBODY: &str = "+6281211111111";
const SOMEBODY: &str = "+6281222222222";

/// WhatsApp knows all numbers but one.
fn all_but_nobody() -> Phones {
    let nobody = PhoneRule { number: NOBODY[1..].into(), exists: Some(false), ..PhoneRule::default() };
    Phones { rules: vec![nobody], ..reachable() }
}

async fn send(stack: &TestStack, phone: &Phone, to: &str, mode: &str) -> String {
    let content = json!({"type": "text", "text": mode});
    let body =
        json!({"session_id": phone.id, "to": to, "content": content, "class": "bulk", "check_number": mode});
    let sent = stack.acme.post("/api/v1/messages", body).await.expect(202);
    sent["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_is_answered_bit_by_bit_and_remembered() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(all_but_nobody());
    let phone = stack.phone("Phone").await;
    let body = json!({"session_id": phone.id, "phones": [SOMEBODY, NOBODY, "0812-2222-2222"]});
    let batch = stack.acme.post("/api/v1/contacts/check", body.clone()).await.expect(202);
    assert_eq!(batch["waiting"], 3);
    let path = format!("/api/v1/contacts/check/{}", batch["id"].as_str().unwrap());
    let done = stack.until(&path, |batch| batch["waiting"] == 0).await;
    let found: Vec<_> =
        done["items"].as_array().unwrap().iter().map(|item| item["on_whatsapp"].as_bool()).collect();
    assert_eq!(found, [Some(true), Some(false), Some(true)]);
    assert_eq!(done["items"][0]["chat_id"], "6281222222222@c.us");

    // Known: answered at once, and WhatsApp is not asked again.
    let again = stack.acme.post("/api/v1/contacts/check", body).await.expect(202);
    assert_eq!(again["waiting"], 0);
    assert_eq!(stack.app.count("select count(*) from jobs where kind = 'check_numbers'").await, 0);
    let minutes = "select extract(minute from expires_at - checked_at)::bigint from number_checks where not on_whatsapp";
    assert_eq!(stack.app.count(minutes).await, 10, "a no is forgotten soon");
    // Another organization has answers of its own.
    let globex = stack.app.register("globex").await;
    assert_eq!(globex.get(&path).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_whatsapp_is_not_written_to_and_nobody_else_waits_for_ever() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(all_but_nobody());
    let phone = stack.phone("Phone").await;
    let [to_nobody, to_somebody] =
        [send(&stack, &phone, NOBODY, "require").await, send(&stack, &phone, SOMEBODY, "require").await];
    let failed = stack.message(&to_nobody, |m| m["state"] == "failed").await;
    assert_eq!(failed["error"]["code"], "not_on_whatsapp");
    stack.message(&to_somebody, |m| m["state"] == "delivered" || m["state"] == "read").await;
    assert_eq!(stack.texts(), ["require"]);

    // What is known counts for those that do not wait for a check, too; who asks for none sends anyway.
    let known = send(&stack, &phone, NOBODY, "prefer").await;
    stack.message(&known, |m| m["error"]["code"] == "not_on_whatsapp").await;
    let unknown = send(&stack, &phone, "+6281233333333", "prefer").await;
    stack.message(&unknown, |m| m["state"] == "delivered" || m["state"] == "read").await;
    assert_eq!(stack.texts(), ["require", "prefer"]);
    assert_eq!(stack.app.count("select count(*) from jobs where kind = 'send_message'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_that_requires_checks_skips_whom_it_cannot_reach() {
    let stack = TestStack::start(SimConfig::default()).await;
    stack.sim.set_phones(all_but_nobody());
    let phone = stack.phone("Phone").await;
    let content = json!({"type": "text", "text": "hello"});
    let body =
        json!({"name": "Checked", "content": content, "session_ids": [phone.id], "check_number": "require"});
    let made = stack.acme.post("/api/v1/campaigns", body).await.expect(201);
    assert_eq!(made["check_number"], "require");
    let path = format!("/api/v1/campaigns/{}", made["id"].as_str().unwrap());
    let people = json!({"contacts": [{"phone": NOBODY}, {"phone": SOMEBODY}, {"phone": "+6281233333333"}]});
    stack.acme.post(&format!("{path}/recipients"), people).await.expect(200);
    stack.acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    stack.until(&path, |campaign| campaign["state"] == "finished").await;
    assert_eq!(stack.texts(), ["hello", "hello"]);
    let states = stack.app.texts(
        "select state::text || ' ' || coalesce(error_code, '') from messages where phone = '6281211111111'").await;
    assert_eq!(states, ["failed not_on_whatsapp"]);
}
