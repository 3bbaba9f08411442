//! Opt-outs by reply over HTTP, and how a reply takes them back.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::messages::ReceivedMessage;
use wahana_domain::opt_out::reply_intent;
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
        let seen = SeenMessage {
            waha_id: format!("{text} {minute}"),
            from_me: false,
            chat_id: chat.to_owned(),
            phone: digits.and_then(Phone::from_whatsapp),
            intent: reply_intent(text),
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

    let audit = acme.get("/api/v1/audit-events?action=suppression.lift").await.expect(200);
    let proof = &audit["items"][0];
    assert_eq!((&proof["action"], &proof["target"]), (&json!("suppression.lift"), &json!(PERSON)), "{audit}");
    assert_eq!(proof["detail"]["words"], "Langganan lagi ya kak");
    assert_eq!(proof["detail"]["message"], "Langganan lagi ya kak 20");
    let at: DateTime<Utc> = proof["detail"]["at"].as_str().expect("a time").parse().expect("a time");
    assert_eq!(at, chat.start + TimeDelta::minutes(20));
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
