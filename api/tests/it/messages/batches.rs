//! Many messages at once: counted, taken back, tried again.

use serde_json::{Value, json};
use wahana_testkit::{Tenant, TestApp};

struct Setting {
    app: TestApp,
    acme: Tenant,
    session: String,
}

async fn arrange() -> Setting {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    Setting { app, acme, session }
}

impl Setting {
    async fn send(&self, to: &str, text: &str) -> String {
        let content = json!({"type": "text", "text": text});
        let body = json!({"session_id": self.session, "to": to, "content": content});
        let made = self.acme.post("/api/v1/messages", body).await.expect(202);
        made["id"].as_str().expect("an id").to_owned()
    }

    async fn ask(&self, what: &str, body: Value) -> Value {
        self.acme.post(&format!("/api/v1/messages/{what}"), body).await.expect(200)
    }
}

#[tokio::test]
async fn what_waits_is_counted_and_then_taken_back() {
    let setting = arrange().await;
    let first = setting.send("+6281234567890", "your code is 1").await;
    setting.send("+6281234567890", "good morning").await;
    setting.send("+6281234567891", "your code is 2").await;
    let wanted = json!({"session_id": setting.session, "text": "CODE", "preview": true});
    assert_eq!(setting.ask("cancel", wanted).await, json!({"changed": 0, "left": 2}));
    assert_eq!(setting.app.count("select count(*) from messages where state = 'cancelled'").await, 0);

    let both = json!({"message_ids": [first], "phone": "+6281234567891"});
    assert_eq!(setting.ask("cancel", both).await, json!({"changed": 0, "left": 0}), "every field has to fit");
    let wanted = json!({"session_id": setting.session, "text": "CODE"});
    assert_eq!(setting.ask("cancel", wanted.clone()).await, json!({"changed": 2, "left": 0}));
    assert_eq!(setting.ask("cancel", wanted).await, json!({"changed": 0, "left": 0}));
    assert_eq!(
        setting.app.texts("select content ->> 'text' from messages where state <> 'cancelled'").await,
        ["good morning"]
    );
    assert_eq!(
        setting.app.count("select count(*) from jobs where kind = 'send_message'").await,
        1,
        "their jobs are gone, too"
    );
    let audit = setting.acme.get("/api/v1/audit-events?action=messages.cancel").await.expect(200);
    assert_eq!(audit["items"][0]["detail"]["changed"], 2);
    assert!(!audit.to_string().contains("CODE"), "words do not belong there");
}

#[tokio::test]
async fn what_failed_is_tried_again_if_it_can_be() {
    let setting = arrange().await;
    for n in 0..3 {
        setting.send(&format!("+628123456789{n}"), "hello").await;
    }
    // The last one failed after it was sent: it has no dead letter.
    setting
        .app
        .sql("update messages set state = 'failed', error_code = 'engine_error', settled_at = now()")
        .await;
    setting.app.sql("update jobs set state = 'dead', error_code = 'engine_error'").await;
    setting
        .app
        .sql("delete from jobs j using messages m where m.id = j.id and m.phone = '6281234567892'")
        .await;
    let wanted = json!({"code": "engine_error", "preview": true});
    assert_eq!(setting.ask("retry", wanted).await, json!({"changed": 0, "left": 2}));
    assert_eq!(setting.ask("retry", json!({"code": "engine_error"})).await, json!({"changed": 2, "left": 0}));
    let states = "select state::text from messages order by phone";
    assert_eq!(setting.app.texts(states).await, ["queued", "queued", "failed"]);
    assert_eq!(setting.app.count("select count(*) from jobs where state = 'pending'").await, 2);
}

#[tokio::test]
async fn one_has_to_say_which() {
    let setting = arrange().await;
    for what in ["cancel", "retry"] {
        let path = format!("/api/v1/messages/{what}");
        let problem = setting.acme.post(&path, json!({"preview": true})).await.problem(422, "invalid_field");
        assert_eq!(problem["field"], "message_ids");
        let broad = json!({"text": "hello", "state": "queued"});
        assert_eq!(setting.acme.post(&path, broad).await.problem(422, "too_broad")["field"], "text");
    }
}

#[tokio::test]
async fn others_messages_are_never_reached() {
    let setting = arrange().await;
    let id = setting.send("+6281234567890", "hello").await;
    let globex = setting.app.register("globex").await;
    let wanted = json!({"message_ids": [id]});
    let reply = globex.post("/api/v1/messages/cancel", wanted).await.expect(200);
    assert_eq!(reply, json!({"changed": 0, "left": 0}));
    assert_eq!(setting.app.count("select count(*) from messages where state = 'queued'").await, 1);
}
