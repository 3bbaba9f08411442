//! Jobs over HTTP: found by what is known of them, told as a story, retried and taken back.

use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp};

const TO: &str = "+6281234567890";

async fn send(app: &TestApp, tenant: &Tenant) -> String {
    let session = app.session(tenant, "main").await.id.to_string();
    let body = json!({"session_id": session, "to": TO, "content": {"type": "text", "text": "hi"}});
    let request =
        tenant.request(reqwest::Method::POST, "/api/v1/messages").header("x-request-id", "my-request-7");
    let made = Reply::to(request.json(&body)).await.expect(202);
    made["id"].as_str().expect("an id").to_owned()
}

fn job_id(message: &str) -> String {
    message.replace("msg_", "job_")
}

fn steps(timeline: &Value) -> Vec<&str> {
    let items = timeline["items"].as_array().expect("items");
    items.iter().map(|step| step["step"].as_str().expect("a step")).collect()
}

async fn die(app: &TestApp) {
    app.sql(
        "update jobs
         set state = 'dead', attempt = 6, error_code = 'connection_closed'
         where kind = 'send_message'",
    )
    .await;
    app.sql("update messages set state = 'sending'").await;
    app.sql("update messages set state = 'failed', error_code = 'connection_closed', settled_at = now()")
        .await;
}

#[tokio::test]
async fn a_job_is_found_by_whatever_is_known_of_it_and_by_nobody_else() {
    let app = TestApp::start().await;
    let (operator, acme, other) =
        (app.register("operator").await, app.register("acme").await, app.register("other").await);
    let message = send(&app, &acme).await;
    let found = async |client: &Tenant, query: &str| {
        let page = client.get(&format!("/api/v1/{query}")).await.expect(200);
        page["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|job| job["message_id"] == message.as_str())
            .count()
    };
    let digits = TO.trim_start_matches('+');
    let searches = [
        "kind=send_message".to_owned(),
        format!("recipient={digits}"),
        format!("id={message}"),
        format!("id={}", job_id(&message)),
        "state=pending&kind=send_message".to_owned(),
    ];
    for search in &searches {
        assert_eq!(found(&acme, &format!("jobs?{search}")).await, 1, "{search}");
        assert_eq!(found(&operator, &format!("operator/jobs?{search}")).await, 1, "{search}");
        assert_eq!(found(&other, &format!("jobs?{search}")).await, 0, "{search}");
    }
    let of = format!("operator/jobs?organization={}", acme.organization_id);
    assert_eq!(found(&operator, &of).await, 1);
    assert_eq!(found(&acme, "jobs?error=connection_closed").await, 0);
    die(&app).await;
    assert_eq!(found(&acme, "jobs?error=connection_closed&state=dead").await, 1);
    // The job of a finished send is gone; the send is still found, once.
    app.sql("delete from jobs where kind = 'send_message'").await;
    assert_eq!(found(&acme, "jobs?state=failed").await, 1);
    assert_eq!(found(&acme, "jobs?kind=sync_session").await, 0);
    acme.get("/api/v1/jobs?id=usr_1").await.problem(422, "invalid_field");
}

#[tokio::test]
async fn the_story_begins_with_the_request_and_names_every_act() {
    let app = TestApp::start().await;
    let (operator, acme) = (app.register("operator").await, app.register("acme").await);
    let message = send(&app, &acme).await;
    let path = format!("/api/v1/jobs/{}/timeline", job_id(&message));
    let story = acme.get(&path).await.expect(200);
    assert_eq!(steps(&story), ["accepted", "job_recorded", "due"]);
    assert_eq!(story["items"][0]["detail"], "request my-request-7");

    die(&app).await;
    let job = format!("/api/v1/operator/jobs/{}", job_id(&message));
    let story = operator.post(&format!("{job}/retry"), json!({})).await.expect(200);
    assert!(steps(&story).contains(&"dead_letters.replay"), "{story}");
    app.sql(
        "insert into attempts (
             job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code
         )
         select id, organization_id, kind, 1, 'me', now(), now(), 'retry', 'timeout'
         from jobs
         where kind = 'send_message'",
    )
    .await;
    let cancelled = operator.post(&format!("{job}/cancel"), json!({})).await.expect(200);
    let told = steps(&cancelled);
    for step in ["attempt_began", "attempt_ended", "message.cancel", "cancelled"] {
        assert!(told.contains(&step), "no {step} in {told:?}");
    }
    assert_eq!(app.texts("select state::text from messages").await, ["cancelled"]);
    operator.post(&format!("{job}/retry"), json!({})).await.problem(404, "not_found");
    let acts = acme.get("/api/v1/audit-events?action=message.cancel").await.expect(200);
    assert_eq!(acts["items"][0]["actor_kind"], "operator");
}

#[tokio::test]
async fn a_running_job_is_left_alone() {
    let app = TestApp::start().await;
    let operator = app.register("operator").await;
    let job = job_id(&send(&app, &operator).await);
    app.sql("update jobs set state = 'running', owner = 'me', lease_until = now() + interval '1 minute'")
        .await;
    for act in ["retry", "cancel"] {
        let path = format!("/api/v1/operator/jobs/{job}/{act}");
        operator.post(&path, json!({})).await.problem(409, "wrong_state");
    }
}

#[tokio::test]
async fn dead_letters_are_counted_before_they_are_replayed() {
    let app = TestApp::start().await;
    let (operator, acme) = (app.register("operator").await, app.register("acme").await);
    send(&app, &acme).await;
    die(&app).await;
    let groups = json!([{"kind": "send_message", "code": "connection_closed", "jobs": 1}]);
    let seen = acme.get("/api/v1/dead-letters/groups").await.expect(200);
    assert_eq!(seen["items"][0]["jobs"], groups[0]["jobs"]);
    assert_eq!(operator.get("/api/v1/dead-letters/groups").await.expect(200)["items"], json!([]));
    let replay = async |body: Value| {
        let body = operator.post("/api/v1/operator/dead-letters/replay", body).await.expect(200);
        (body["replayed"].as_u64(), body["left"].as_u64())
    };
    let preview = json!({"code": "connection_closed", "preview": true});
    assert_eq!(replay(preview).await, (Some(0), Some(1)));
    assert_eq!(app.texts("select state::text from messages").await, ["failed"]);
    let before = json!({"kind": "send_message", "until": "2020-01-01T00:00:00Z"});
    assert_eq!(replay(before).await, (Some(0), Some(0)));
    assert_eq!(replay(json!({"kind": "send_message"})).await, (Some(1), Some(0)));
    assert_eq!(app.texts("select state::text from messages").await, ["queued"]);
}
