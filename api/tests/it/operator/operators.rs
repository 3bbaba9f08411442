//! Operators and the audit log over HTTP.

use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp};

fn actions(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["action"].as_str().unwrap()).collect()
}

async fn campaign(app: &TestApp, tenant: &Tenant) -> String {
    let session = app.session(tenant, "main").await.id.to_string();
    let body = json!({"name": "c", "content": {"type": "text", "text": "hi"}, "session_ids": [session]});
    tenant.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_account_operates_and_nobody_else_until_told() {
    let app = TestApp::start().await;
    let (first, second) = (app.register("first").await, app.register("second").await);
    first.get("/api/v1/operator/audit-events").await.expect(200);
    second.get("/api/v1/operator/audit-events").await.problem(403, "operator_required");
    app.client(&first.key).get("/api/v1/operator/audit-events").await.problem(403, "operator_required");

    assert!(app.store.system().operators().set(&second.email, true).await.unwrap());
    assert!(!app.store.system().operators().set("nobody@x.example", true).await.unwrap());
    // A new login, because who is behind a device is remembered for some seconds.
    let login = json!({"email": second.email, "password": second.password});
    let login = app.anonymous().post("/api/v1/auth/login", login).await.expect(200);
    let second = app.client(login["access_token"].as_str().unwrap());
    let page = second.get("/api/v1/operator/audit-events?action=operator.").await.expect(200);
    assert_eq!(actions(&page), ["operator.add"]);
    assert_eq!(page["items"][0]["organization_id"], Value::Null);
}

#[tokio::test]
async fn every_act_says_who_and_through_which_request() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let id = campaign(&app, &globex).await;
    let request = globex
        .request(reqwest::Method::POST, &format!("/api/v1/campaigns/{id}/cancel"))
        .header("x-request-id", "my-request-1");
    Reply::to(request).await.expect(200);
    app.client(&globex.key)
        .post("/api/v1/suppressions", json!({"phone": "+6281234567890"}))
        .await
        .expect(201);

    let own = globex.get("/api/v1/audit-events").await.expect(200);
    assert_eq!(
        actions(&own),
        [
            "suppression.add",
            "campaign.cancel",
            "campaign.create",
            "session.create",
            "api_key.create",
            "user.login",
            "organization.create"
        ]
    );
    let cancel = &own["items"][1];
    assert_eq!(cancel["target"], id.as_str());
    assert_eq!(
        (cancel["actor_kind"].as_str(), cancel["actor"].as_str()),
        (Some("user"), Some(&*globex.email))
    );
    assert_eq!((&cancel["request_id"], &cancel["address"]), (&json!("my-request-1"), &json!("127.0.0.1")));
    let (from, to) = (&cancel["detail"]["from"], &cancel["detail"]["to"]);
    assert_eq!((from, to), (&json!("draft"), &json!("cancelled")));
    assert_eq!(
        (own["items"][0]["actor_kind"].as_str(), own["items"][0]["actor"].as_str()),
        (Some("key"), Some("test"))
    );
    assert!(!own.to_string().contains(&globex.key), "no key in the log");

    let acmes = acme.get("/api/v1/audit-events").await.expect(200);
    assert_eq!(actions(&acmes), ["api_key.create", "user.login", "organization.create"]);
    let all =
        format!("/api/v1/operator/audit-events?organization={}&action=campaign.", globex.organization_id);
    assert_eq!(actions(&acme.get(&all).await.expect(200)), ["campaign.cancel", "campaign.create"]);
}

#[tokio::test]
async fn an_act_that_failed_is_not_on_record() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let id = campaign(&app, &acme).await;
    let before = app.count("select count(*) from audit_events").await;
    acme.post(&format!("/api/v1/campaigns/{id}/pause"), json!({})).await.problem(409, "wrong_state");
    assert_eq!(app.count("select count(*) from audit_events").await, before);
}
