//! Holds and concurrency over HTTP.

use serde_json::json;
use wahana_testkit::TestApp;

#[tokio::test]
async fn an_operator_holds_a_tenant_back_and_the_tenant_is_told() {
    let app = TestApp::start().await;
    let (operator, acme) = (app.register("operator").await, app.register("acme").await);
    let session = app.session(&acme, "main").await.id.to_string();
    app.sql("update sessions set status = 'working'").await;
    let body =
        json!({"session_id": session, "to": "+6281234567890", "content": {"type": "text", "text": "hi"}});
    let message = acme.post("/api/v1/messages", body).await.expect(202);
    let path = format!("/api/v1/messages/{}", message["id"].as_str().expect("an id"));
    assert_eq!(acme.get(&path).await.expect(200)["waiting"]["for"], "turn");

    let pause = json!({"target": acme.organization_id, "reason": "unpaid"});
    let controls = operator.post("/api/v1/operator/pause", pause.clone()).await.expect(200);
    let row = &controls["items"][0];
    assert_eq!(
        (&row["target"], &row["reason"], &row["set_by"]),
        (&json!(acme.organization_id), &json!("unpaid"), &json!(operator.email))
    );
    assert_eq!(acme.get(&path).await.expect(200)["waiting"]["for"], "paused");
    let event = &acme.get("/api/v1/audit-events?action=hold.pause").await.expect(200)["items"][0];
    assert_eq!((&event["actor_kind"], &event["detail"]), (&json!("operator"), &json!({"reason": "unpaid"})));

    assert_eq!(operator.post("/api/v1/operator/resume", pause).await.expect(200)["items"], json!([]));
    assert_eq!(acme.get(&path).await.expect(200)["waiting"]["for"], "turn");
}

#[tokio::test]
async fn what_cannot_be_held_is_refused_with_what_can() {
    let app = TestApp::start().await;
    let operator = app.register("operator").await;
    for target in ["everything", "", "usr_01h455vb4pex5vsknk084sn02q"] {
        let problem = operator
            .post("/api/v1/operator/pause", json!({"target": target}))
            .await
            .problem(422, "invalid_field");
        assert_eq!(problem["field"], "target");
    }
    for target in ["org", "nod", "ses", "cam"] {
        let target = json!({"target": format!("{target}_01h455vb4pex5vsknk084sn02q")});
        operator.post("/api/v1/operator/pause", target).await.problem(404, "not_found");
    }
    for body in [json!({"queue": "x", "slots": 1}), json!({"queue": "lanes", "slots": 1001})] {
        operator.put("/api/v1/operator/concurrency", body).await.problem(422, "invalid_field");
    }
    let set = json!({"queue": "lanes", "slots": 200});
    let controls = operator.put("/api/v1/operator/concurrency", set).await.expect(200);
    assert_eq!(controls["items"][0]["slots"], 200);
    let reset = json!({"queue": "lanes", "slots": null});
    assert_eq!(operator.put("/api/v1/operator/concurrency", reset).await.expect(200)["items"], json!([]));
}
