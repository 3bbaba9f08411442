//! Jobs that gave up over HTTP: listed, and put back to work.

use serde_json::json;
use wahana_testkit::TestApp;

#[tokio::test]
async fn a_dead_letter_is_listed_and_replayed_once() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let body =
        json!({"session_id": session, "to": "+6281234567890", "content": {"type": "text", "text": "hi"}});
    let message = acme.post("/api/v1/messages", body).await.expect(202)["id"].as_str().unwrap().to_owned();
    app.sql(
        "update jobs
         set state = 'dead', attempt = 6, error_code = 'connection_closed', error_detail = 'Connection Closed'",
    )
    .await;
    app.sql("update messages set state = 'sending'").await;
    app.sql("update messages set state = 'failed', error_code = 'connection_closed', settled_at = now()")
        .await;

    let page = acme.get("/api/v1/dead-letters?code=connection_closed").await.expect(200);
    let letter = &page["items"][0];
    assert_eq!((letter["code"].as_str(), letter["attempts"].as_i64()), (Some("connection_closed"), Some(6)));
    assert_eq!(letter["payload"]["message"], message.as_str());
    assert_eq!(acme.get("/api/v1/dead-letters?code=other").await.expect(200)["items"], json!([]));

    let other = app.register("other").await;
    assert_eq!(other.get("/api/v1/dead-letters").await.expect(200)["items"], json!([]));
    let theirs = json!({"job_ids": [letter["id"]]});
    assert_eq!(other.post("/api/v1/dead-letters/replay", theirs.clone()).await.expect(200)["replayed"], 0);

    assert_eq!(acme.post("/api/v1/dead-letters/replay", theirs.clone()).await.expect(200)["replayed"], 1);
    assert_eq!(acme.post("/api/v1/dead-letters/replay", theirs).await.expect(200)["replayed"], 0);
    assert_eq!(
        app.texts(
            "select m.state || ' ' || j.state || ' ' || j.attempt from messages m join jobs j using (id)"
        )
        .await,
        ["queued pending 0"]
    );
}

#[tokio::test]
async fn a_replay_says_which() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let problem = acme.post("/api/v1/dead-letters/replay", json!({})).await.problem(422, "invalid_field");
    assert_eq!(problem["field"], "job_ids");
}
