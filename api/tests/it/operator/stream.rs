//! The stream of hints: a change is told, to those whose change it is.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use reqwest::Method;
use serde_json::json;
use wahana_testkit::{Reply, Tenant, TestApp};

const PATH: &str = "/api/v1/stream";

/// What a stream has told so far.
struct Told {
    stream: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    text: String,
}

impl Told {
    /// Follows from now on.
    async fn to(tenant: &Tenant) -> Self {
        let response = Reply::stream(tenant.request(Method::GET, PATH)).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut told = Self { stream: Box::pin(response.bytes_stream()), text: String::new() };
        told.hears("event: ready").await;
        told
    }

    /// Waits until this is told, and forgets what was told until then.
    async fn hears(&mut self, wanted: &str) {
        self.waits(wanted).await;
        self.text.clear();
    }

    async fn waits(&mut self, wanted: &str) {
        let heard = async {
            while !self.text.contains(wanted) {
                let chunk = self.stream.next().await.expect("more to come").unwrap();
                self.text.push_str(&String::from_utf8_lossy(&chunk));
            }
        };
        let heard = tokio::time::timeout(Duration::from_secs(30), heard).await;
        assert!(heard.is_ok(), "no {wanted} in {}", self.text);
    }
}

async fn send(tenant: &Tenant, session: &str) -> String {
    let text = json!({"type": "text", "text": "hi"});
    let body = json!({"session_id": session, "to": "+6281234567890", "content": text});
    tenant.post("/api/v1/messages", body).await.expect(202)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_change_is_told() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let mut told = Told::to(&acme).await;
    let hint = |kind: &str, id: &str| format!("{{\"kind\":\"{kind}\",\"id\":\"{id}\"}}");

    app.sql("update sessions set status = 'working'").await;
    told.hears(&hint("session", &session)).await;
    let message = send(&acme, &session).await;
    told.hears(&hint("message", &message)).await;
    app.sql("update messages set state = 'sent'").await;
    told.hears(&hint("message", &message)).await;
    let text = json!({"type": "text", "text": "hi"});
    let draft = json!({"name": "sale", "content": text, "session_ids": [session]});
    let campaign = acme.post("/api/v1/campaigns", draft).await.expect(201)["id"].clone();
    told.hears(&hint("campaign", campaign.as_str().unwrap())).await;
    app.sql(
        "insert into campaign_progress (campaign_id, organization_id, state, shard, n)
         select id, organization_id, 'sent', 0, 5
         from campaigns",
    )
    .await;
    told.hears(&hint("campaign", campaign.as_str().unwrap())).await;
    app.sql(
        "insert into conversations (id, organization_id, session_id, chat_id, last_message_id, created_at)
         select gen_random_uuid(), organization_id, id, 'a@c.us', id, now()
         from sessions",
    )
    .await;
    told.hears("\"kind\":\"conversation\"").await;
    app.sql("update jobs set state = 'dead' where kind = 'send_message'").await;
    told.hears("{\"kind\":\"job\"}").await;
    app.sql("update sessions set deleted_at = now()").await;
    told.hears("{\"kind\":\"session\"}").await;
}

#[tokio::test]
async fn others_hear_nothing_of_it_and_a_burst_is_one_hint() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let session = app.session(&acme, "main").await.id.to_string();
    let own = app.session(&globex, "own").await.id.to_string();
    let (mut told, mut other) = (Told::to(&acme).await, Told::to(&globex).await);
    for _ in 0..40 {
        send(&acme, &session).await;
    }
    told.hears("{\"kind\":\"message\"}").await;
    let own = send(&globex, &own).await;
    other.waits(&own).await;
    assert_eq!(other.text.matches("event: hint").count(), 1, "{}", other.text);
}

#[tokio::test]
async fn nobody_looks_when_nobody_listens_and_the_next_one_hears_again() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    app.session(&acme, "main").await;
    drop(Told::to(&acme).await);
    let mut told = Told::to(&acme).await;
    app.sql("update sessions set status = 'working'").await;
    told.hears("\"kind\":\"session\"").await;
    app.client(&acme.key).get(PATH).await.problem(403, "user_required");
    app.anonymous().get(PATH).await.problem(401, "unauthenticated");
}
