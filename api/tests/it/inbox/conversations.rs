//! The inbox over HTTP: order, pages, search, what is unread, and that nothing comes twice.

use serde_json::{Value, json};
use wahana_domain::messages::ReceivedMessage;
use wahana_domain::{OrganizationId, Phone, SessionId};
use wahana_store::inbox::inbound_work::SeenMessage;
use wahana_testkit::{Tenant, TestApp};

const V1: &str = "/api/v1/conversations";

struct Inbox<'a> {
    app: &'a TestApp,
    organization: OrganizationId,
    session: SessionId,
}

impl<'a> Inbox<'a> {
    async fn of(app: &'a TestApp, tenant: &Tenant, session: &str) -> Self {
        let session = app.session(tenant, session).await.id;
        Self { app, organization: tenant.organization_id.parse().expect("an id"), session }
    }

    async fn writes(&self, digits: &str, text: &str, from_me: bool) {
        let seen = SeenMessage {
            waha_id: text.to_uppercase(),
            from_me,
            chat_id: format!("{digits}@c.us"),
            phone: Phone::from_whatsapp(digits),
            request: None,
            username: None,
            name: (!from_me).then(|| format!("Name of {digits}")),
            content: ReceivedMessage::text(text),
            at: self.app.store.clock().now(),
        };
        self.app
            .store
            .system()
            .inbox()
            .store_seen(self.organization, self.session, &[seen])
            .await
            .expect("stored");
    }
}

async fn previews(tenant: &Tenant, query: &str) -> Vec<String> {
    let list = tenant.get(&format!("{V1}?{query}")).await.expect(200);
    let items = list["items"].as_array().expect("a list").iter();
    items.map(|item| item["last_message"]["preview"].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn the_inbox_is_in_order_and_counts_what_nobody_saw() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let inbox = Inbox::of(&app, &acme, "shop").await;
    assert_eq!(acme.get(V1).await.expect(200), json!({"items": [], "next_cursor": null}));
    for (digits, text) in
        [("6281111111111", "a"), ("6281222222222", "b"), ("6281111111111", "c"), ("6281111111111", "c")]
    {
        inbox.writes(digits, text, false).await;
    }
    assert_eq!(previews(&acme, "").await, ["c", "b"], "who wrote last is first");
    let list = acme.get(V1).await.expect(200);
    assert_eq!(list["items"][0]["unread"], 2, "what WAHA tells twice counts once");
    assert_eq!(
        acme.get(&format!("{V1}/unread")).await.expect(200),
        json!({"conversations": 2, "messages": 3})
    );

    // What the phone itself answered, its owner has seen.
    inbox.writes("6281222222222", "d", true).await;
    assert_eq!(previews(&acme, "unread=true").await, ["c"]);
    assert_eq!(previews(&acme, "unread=false").await, ["d"]);
    let path = format!("{V1}/{}", list["items"][0]["id"].as_str().unwrap());
    for _ in 0..2 {
        assert_eq!(acme.post(&format!("{path}/read"), json!({})).await.status, 204);
    }
    assert_eq!(acme.get(&path).await.expect(200)["unread"], 0);
    assert_eq!(previews(&acme, "unread=true").await, Vec::<String>::new());
}

#[tokio::test]
async fn people_are_found_by_name_and_number_and_shown_as_the_address_book_says() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let (shop, office) = (Inbox::of(&app, &acme, "shop").await, Inbox::of(&app, &acme, "office").await);
    shop.writes("6281111111111", "one", false).await;
    office.writes("6281222222222", "two", false).await;
    acme.post("/api/v1/contacts", json!({"phone": "+6281222222222", "name": "Ibu Sri"})).await.expect(201);
    acme.post("/api/v1/suppressions", json!({"phone": "+6281222222222"})).await.expect(201);
    assert_eq!(previews(&acme, "search=ibu").await, ["two"]);
    assert_eq!(previews(&acme, "search=name%20of").await, ["one"], "the address book goes before WhatsApp");
    assert_eq!(previews(&acme, "search=0812-22").await, Vec::<String>::new());
    assert_eq!(previews(&acme, "search=812-222").await, ["two"]);
    assert_eq!(previews(&acme, &format!("session={}", shop.session)).await, ["one"]);
    let list = acme.get(&format!("{V1}?search=ibu")).await.expect(200);
    assert_eq!(list["items"][0]["suppressed"], "manual");
    assert!(list["items"][0]["contact_id"].as_str().is_some_and(|id| id.starts_with("con_")));
}

#[tokio::test]
async fn pages_do_not_jump() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let inbox = Inbox::of(&app, &acme, "shop").await;
    for n in 1..=5 {
        inbox.writes(&format!("62811111111{n}{n}"), &format!("m{n}"), false).await;
    }
    let first = acme.get(&format!("{V1}?limit=2")).await.expect(200);
    // One of the next page moves to the top meanwhile: it is not shown twice, and nobody is skipped.
    inbox.writes("6281111111122", "again", false).await;
    let mut seen = vec![];
    let mut page: Value = first;
    loop {
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["phone"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next_cursor"].as_str() else { break };
        page = acme.get(&format!("{V1}?limit=2&cursor={next}")).await.expect(200);
    }
    assert_eq!(seen, ["+6281111111155", "+6281111111144", "+6281111111133", "+6281111111111"]);

    let thread = acme.get(&format!("{V1}?search=81111111122")).await.expect(200);
    let path = format!("{V1}/{}/messages?limit=1", thread["items"][0]["id"].as_str().unwrap());
    let newest = acme.get(&path).await.expect(200);
    assert_eq!(newest["items"][0]["content"]["text"], "again");
    let older =
        acme.get(&format!("{path}&cursor={}", newest["next_cursor"].as_str().unwrap())).await.expect(200);
    assert_eq!(older["items"][0]["content"]["text"], "m2");
}

#[tokio::test]
async fn messages_are_found_by_what_is_known_of_them() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let inbox = Inbox::of(&app, &acme, "shop").await;
    inbox.writes("6281111111111", "Where is my Order?", false).await;
    inbox.writes("6281222222222", "thanks", false).await;
    let found = async |query: String| {
        let list = acme.get(&format!("/api/v1/messages?{query}")).await.expect(200);
        list["items"].as_array().unwrap().len()
    };
    let session = inbox.session;
    assert_eq!(found(format!("text=order&session={session}")).await, 1);
    assert_eq!(found("text=order&from=2020-01-01T00:00:00Z".into()).await, 1);
    assert_eq!(found("text=order&from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z".into()).await, 0);
    assert_eq!(found("class=bulk".into()).await, 0);
    assert_eq!(found("class=transactional&direction=inbound".into()).await, 2);
    assert_eq!(found("code=expired".into()).await, 0);
    acme.get("/api/v1/messages?text=order").await.problem(422, "too_broad");
    acme.get("/api/v1/messages?text=x").await.problem(422, "invalid_field");
}

#[tokio::test]
async fn an_answer_names_what_it_answers_by_any_of_its_ids() {
    let app = TestApp::start().await;
    let (acme, other) = (app.register("acme").await, app.register("other").await);
    let (inbox, theirs) = (Inbox::of(&app, &acme, "shop").await, Inbox::of(&app, &other, "shop").await);
    inbox.writes("6281111111111", "question", false).await;
    inbox.writes("6281222222222", "elsewhere", false).await;
    theirs.writes("6281111111111", "foreign", false).await;
    let answer = async |reply_to: &str| {
        let content = json!({"type": "text", "text": "yes", "reply_to": reply_to});
        let body = json!({"session_id": inbox.session, "to": "+6281111111111", "content": content});
        acme.post("/api/v1/messages", body).await
    };
    let id_of = async |tenant: &Tenant, digits: &str| {
        let list =
            tenant.get(&format!("/api/v1/messages?direction=inbound&phone=%2B{digits}")).await.expect(200);
        list["items"][0]["id"].as_str().expect("an id").to_owned()
    };

    let (ours, whole) = (id_of(&acme, "6281111111111").await, "false_6281111111111@c.us_QUESTION");
    for named in [ours.as_str(), "QUESTION", whole] {
        assert_eq!(answer(named).await.expect(202)["content"]["reply_to"], whole, "{named}");
    }
    // What was not sent yet cannot be answered; afterwards it can.
    let mine = answer("QUESTION").await.expect(202);
    let id = mine["id"].as_str().expect("an id");
    assert_eq!(answer(id).await.problem(422, "invalid_field")["field"], "content.reply_to");
    app.sql("update messages set state = 'sending' where direction = 'outbound'").await;
    app.sql("update messages set state = 'sent', sent_at = created_at where direction = 'outbound'").await;
    let sent = format!("true_6281111111111@c.us_{}", mine["whatsapp_id"].as_str().expect("an id"));
    assert_eq!(answer(id).await.expect(202)["content"]["reply_to"], sent);
    for wrong in [
        &id_of(&acme, "6281222222222").await,
        &id_of(&other, "6281111111111").await,
        "ELSEWHERE",
        "FOREIGN",
        "a_b",
        "",
    ] {
        assert_eq!(answer(wrong).await.problem(422, "invalid_field")["field"], "content.reply_to", "{wrong}");
    }
}
