//! Opt-outs by reply over HTTP, and how a reply takes them back.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::messages::ReceivedMessage;
use wahana_domain::opt_out::request;
use wahana_domain::{OrganizationId, Phone, SessionId};
use wahana_store::inbox::inbound_work::SeenMessage;
use wahana_testkit::{Tenant, TestApp};

const V1: &str = "/api/v1/suppressions";
const PERSON: &str = "6281222222222";
const LID: &str = "123456789012345@lid";

struct Chat<'a> {
    app: &'a TestApp,
    organization: OrganizationId,
    session: SessionId,
    /// When the first message was written.
    start: DateTime<Utc>,
}

impl<'a> Chat<'a> {
    async fn of(app: &'a TestApp, tenant: &Tenant) -> Self {
        let session = app.session(tenant, "shop").await.id;
        let start = app.store.clock().now() - TimeDelta::hours(1);
        Self { app, organization: tenant.organization_id.parse().expect("an id"), session, start }
    }

    /// The person writes this at that minute; the number is told unless the chat is a LID.
    async fn writes(&self, chat: &str, minute: i64, text: &str) {
        let digits = chat.strip_suffix("@c.us");
        let words = self.app.store.system().consents().own_words(self.organization).await.expect("words");
        let seen = SeenMessage {
            waha_id: format!("{text} {minute}"),
            from_me: false,
            chat_id: chat.to_owned(),
            phone: digits.and_then(Phone::from_whatsapp),
            request: request(text, &words),
            username: None,
            name: None,
            content: ReceivedMessage::text(text),
            at: self.start + TimeDelta::minutes(minute),
        };
        let inbox = self.app.store.system();
        inbox.inbox().store_seen(self.organization, self.session, &[seen]).await.expect("stored");
    }
}

async fn reasons(tenant: &Tenant) -> Vec<Value> {
    let list = tenant.get(V1).await.expect(200);
    list["items"].as_array().expect("a list").iter().map(|item| item["reason"].clone()).collect()
}

#[tokio::test]
async fn b26_start_takes_stop_back_and_leaves_proof() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    let person = format!("{PERSON}@c.us");
    chat.writes(&person, 0, "START").await;
    chat.writes(&person, 10, "tolong jangan kirim lagi").await;
    assert_eq!(reasons(&acme).await, ["opt_out"]);
    // An older START that comes late says nothing of the newer STOP, and neither does a sentence with the word.
    chat.writes(&person, 5, "START").await;
    chat.writes(&person, 11, "kapan mulai?").await;
    assert_eq!(reasons(&acme).await, ["opt_out"]);
    chat.writes(&person, 20, "Langganan lagi ya kak").await;
    assert_eq!(reasons(&acme).await, [""; 0]);
    // WAHA tells the old STOP again.
    chat.writes(&person, 10, "tolong jangan kirim lagi").await;
    assert_eq!(reasons(&acme).await, [""; 0]);

    let proof = acme.get(&format!("/api/v1/consents/{PERSON}")).await.expect(200);
    let kinds: Vec<_> =
        proof["events"].as_array().expect("a list").iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["opt_in", "opt_out", "opt_in"], "{proof}");
    let last = &proof["events"][0];
    assert_eq!((&last["words"], &last["source"]), (&json!("Langganan lagi ya kak"), &json!("message")));
    assert_eq!(last["whatsapp_id"], "Langganan lagi ya kak 20");
    let at: DateTime<Utc> = last["at"].as_str().expect("a time").parse().expect("a time");
    assert_eq!(at.timestamp_micros(), (chat.start + TimeDelta::minutes(20)).timestamp_micros());
    assert_eq!(proof["consent"]["source"], "message", "who asks to be written to again agrees");
}

#[tokio::test]
async fn b26_what_a_member_suppressed_stays() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    for reason in ["opt_out", "manual"] {
        acme.post(V1, json!({"phone": format!("+{PERSON}"), "reason": reason, "detail": "by mail"}))
            .await
            .expect(201);
        chat.writes(&format!("{PERSON}@c.us"), 50, "START").await;
        assert_eq!(reasons(&acme).await, [reason]);
    }
}

#[tokio::test]
async fn b26_under_a_lid_the_last_word_counts() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    chat.writes(LID, 0, "STOP").await;
    assert_eq!(reasons(&acme).await, ["opt_out"], "at once, without a number");
    chat.writes(LID, 1, "START").await;
    assert!(reasons(&acme).await.is_empty());
    chat.writes(LID, 2, "STOP").await;
    let phone = Phone::from_whatsapp(PERSON).expect("a number");
    app.store.system().lids().record(chat.organization, chat.session, LID, &phone).await.expect("recorded");
    assert_eq!(reasons(&acme).await, ["opt_out"]);
    chat.writes(LID, 3, "START").await;
    assert!(reasons(&acme).await.is_empty());
}

/// The consent settings with these changes.
async fn decide(acme: &Tenant, changes: Value) {
    let mut settings = json!({"opt_out_scope": "all", "opt_out_confirmation": null, "opt_in_confirmation": null,
        "bulk_needs_consent": false, "words": []});
    settings.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
    acme.put("/api/v1/consent-settings", settings).await.expect(200);
}

async fn scopes(acme: &Tenant) -> Vec<Value> {
    let list = acme.get(V1).await.expect(200);
    list["items"].as_array().expect("a list").iter().map(|item| item["scope"].clone()).collect()
}

#[tokio::test]
async fn an_organization_has_words_and_a_scope_of_its_own() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    let person = format!("{PERSON}@c.us");
    let words = json!([
        {"words": "Stop  PROMO!", "intent": "opt_out", "scope": "marketing"},
        {"words": "kembali", "intent": "opt_in", "scope": "all"},
    ]);
    decide(&acme, json!({"opt_out_scope": "marketing", "words": words})).await;
    let kept = acme.get("/api/v1/consent-settings").await.expect(200);
    assert_eq!(kept["words"][1]["words"], "stop promo", "{kept}");
    chat.writes(&person, 1, "please stop promo, thanks").await;
    assert_eq!(scopes(&acme).await, ["marketing"]);
    chat.writes(&person, 2, "kembali ya kak").await;
    assert!(scopes(&acme).await.is_empty());
    chat.writes(&person, 3, "STOP").await;
    assert_eq!(scopes(&acme).await, ["marketing"], "what the organization decided");
    chat.writes(&person, 4, "STOP ALL").await;
    assert_eq!(scopes(&acme).await, ["all"]);
    chat.writes(&person, 5, "stop promo").await;
    assert_eq!(scopes(&acme).await, ["all"], "the wider one stays");

    // Another organization has none of these words.
    let globex = app.register("globex").await;
    let other = Chat::of(&app, &globex).await;
    other.writes(&person, 6, "kembali").await;
    assert_eq!(globex.get("/api/v1/consent-settings").await.expect(200)["words"], json!([]));
}

#[tokio::test]
async fn who_wants_no_marketing_still_gets_information() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    decide(&acme, json!({"opt_out_scope": "marketing"})).await;
    chat.writes(&format!("{PERSON}@c.us"), 1, "STOP").await;
    for (kind, accepted) in [("marketing", 0), ("information", 1)] {
        let body = json!({"name": kind, "kind": kind, "content": {"type": "text", "text": "hi"}, "session_ids": [chat.session]});
        let made = acme.post("/api/v1/campaigns", body).await.expect(201);
        assert_eq!(made["kind"], kind);
        let path = format!("/api/v1/campaigns/{}/recipients", made["id"].as_str().expect("an id"));
        let people = json!({"contacts": [{"phone": format!("+{PERSON}")}]});
        let report = acme.post(&path, people).await.expect(200);
        assert_eq!(
            (&report["accepted"], &report["suppressed"]),
            (&json!(accepted), &json!(1 - accepted)),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn opt_outs_are_confirmed_once() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let chat = Chat::of(&app, &acme).await;
    let confirmations =
        json!({"opt_out_confirmation": "You get no more offers.", "opt_in_confirmation": "Welcome back!"});
    decide(&acme, confirmations).await;
    for (minute, text) in [(1, "STOP"), (2, "STOP!"), (3, "START"), (4, "STOP")] {
        chat.writes(&format!("{PERSON}@c.us"), minute, text).await;
    }
    let sent = acme.get("/api/v1/messages?direction=outbound").await.expect(200);
    let texts: Vec<_> =
        sent["items"].as_array().expect("a list").iter().map(|m| &m["content"]["text"]).collect();
    assert_eq!(texts, ["You get no more offers."], "two machines do not go on answering each other");
    assert_eq!(sent["items"][0]["class"], "transactional");
    assert_eq!(app.count("select count(*) from jobs where kind = 'send_message'").await, 1);
    let proof = acme.get(&format!("/api/v1/consents/{PERSON}")).await.expect(200);
    assert!(proof["events"][3]["confirmed_at"].is_string(), "{proof}");
}

#[tokio::test]
async fn bulk_only_with_consent_if_the_organization_wants_that() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await.id;
    let send = async |class: &str, to: &str| {
        let body = json!({"session_id": session, "to": to, "content": {"type": "text", "text": "hi"}, "class": class});
        acme.post("/api/v1/messages", body).await
    };
    send("bulk", "+6281222222222").await.expect(202);
    decide(&acme, json!({"bulk_needs_consent": true})).await;
    send("bulk", "+6281222222222").await.problem(409, "consent_missing");
    send("transactional", "+6281222222222").await.expect(202);
    send("bulk", "120363000000000001@g.us").await.expect(202);
    let given = json!({"phone": "0812-2222-2222", "source": "form", "detail": "newsletter", "given_at": "2026-01-02T03:04:05Z"});
    let record = acme.post("/api/v1/consents", given).await.expect(201);
    assert_eq!(record["consent"]["given_at"], "2026-01-02T03:04:05Z");
    send("bulk", "+6281222222222").await.expect(202);

    // A campaign counts those who did not agree, and an import can say that all did.
    let body = json!({"name": "c", "content": {"type": "text", "text": "hi"}, "session_ids": [session]});
    let made = acme.post("/api/v1/campaigns", body).await.expect(201);
    let path = format!("/api/v1/campaigns/{}", made["id"].as_str().expect("an id"));
    let people = json!({"contacts": [{"phone": "+6281222222222"}, {"phone": "+6281233333333"}]});
    acme.post(&format!("{path}/recipients"), people).await.expect(200);
    let left_out = async || acme.get(&format!("{path}/dry-run")).await.expect(200)["left_out"].clone();
    assert_eq!(
        (&left_out().await[0]["code"], &left_out().await[0]["people"]),
        (&json!("no_consent"), &json!(1))
    );
    let contact = json!({"phone": "+6281233333333", "consent": {"source": "import", "detail": "shop.csv"}});
    acme.post("/api/v1/contacts", contact).await.expect(201);
    assert_eq!(left_out().await, json!([]));

    acme.delete("/api/v1/consents/6281222222222").await.expect(204);
    send("bulk", "+6281222222222").await.problem(409, "consent_missing");
    acme.post(
        "/api/v1/consents",
        json!({"phone": "+6281244444444", "source": "form", "given_at": "2099-01-01T00:00:00Z"}),
    )
    .await
    .problem(422, "invalid_field");
    let events = acme.get("/api/v1/consents/6281222222222").await.expect(200);
    assert_eq!((&events["consent"], &events["events"][0]["kind"]), (&Value::Null, &json!("withdrawal")));
}
