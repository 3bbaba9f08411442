//! The log of requests: what was asked, by whom, how it ended and what it made.

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Tenant, TestApp};

const LOG: &str = "/api/v1/request-log";

/// The rows at this address, once there are so many.
async fn rows(tenant: &Tenant, query: &str, wanted: usize) -> Vec<Value> {
    let path = format!("{LOG}?limit=200{query}");
    let page = tenant.until(&path, |page| page["items"].as_array().unwrap().len() >= wanted).await;
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), wanted, "{page}");
    items.clone()
}

#[tokio::test]
async fn a_request_is_told_with_what_it_made() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let session = app.session(&acme, "main").await.id.to_string();
    let key = app.client(&acme.key);
    let text = json!({"type": "text", "text": "a secret text"});
    let body = json!({"session_id": session, "to": "+6281234567890", "content": text});
    let request = key.request(Method::POST, "/api/v1/messages?x=secret").header("x-request-id", "order-17");
    // Not through the contract: the document knows no such parameter.
    let response = request.json(&body).send().await.unwrap();
    assert_eq!(response.status(), 202);
    let message: Value = response.json().await.unwrap();
    key.post("/api/v1/messages", json!({})).await.problem(422, "missing_field");

    let found = rows(&acme, "&request_id=order-17", 1).await;
    let row = &found[0];
    assert_eq!((&row["method"], &row["status"]), (&json!("POST"), &json!(202)), "{row}");
    assert_eq!((&row["route"], &row["path"]), (&json!("/api/v1/messages"), &json!("/api/v1/messages")));
    assert_eq!((&row["caller"], &row["user_id"]), (&json!("test"), &Value::Null));
    assert!(!row.to_string().contains("secret"), "{row}");
    let detail = acme.get(&format!("{LOG}/order-17")).await.expect(200);
    assert_eq!(detail["messages"], json!([message["id"]]));

    let bad = rows(&acme, "&status=4xx", 1).await;
    assert_eq!((&bad[0]["error_code"], &bad[0]["status"]), (&json!("missing_field"), &json!(422)));
    let key_id = row["api_key_id"].as_str().unwrap();
    rows(&acme, &format!("&api_key_id={key_id}"), 2).await;
    rows(&acme, &format!("&api_key_id={key_id}&error_code=missing_field"), 1).await;
    rows(&acme, "&path=/api/v1/messages&method=POST", 2).await;
    let counted = acme.get("/api/v1/overview").await.expect(200)["requests_last_hour"].clone();
    assert!(counted["requests"].as_i64() >= Some(3), "{counted}");
    assert_eq!(counted["client_errors"], 1);

    globex.get(&format!("{LOG}/order-17")).await.problem(404, "not_found");
    assert!(!globex.get(LOG).await.text.contains("order-17"));
}

#[tokio::test]
async fn what_members_look_at_is_no_line_but_what_they_do_is() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    acme.get("/api/v1/sessions").await.expect(200);
    acme.get("/api/v1/sessions/ses_01h455vb4pex5vsknk084sn02q").await.problem(404, "not_found");
    let body = json!({"phone": "+6281234567890"});
    acme.post("/api/v1/suppressions", body).await.expect(201);
    let found = rows(&acme, "&path=/api/v1/s", 2).await;
    assert_eq!(
        (&found[0]["route"], &found[0]["caller"]),
        (&json!("/api/v1/suppressions"), &json!(acme.email))
    );
    assert_eq!(found[1]["error_code"], "not_found");
    let made = acme.get(&format!("{LOG}/{}", found[0]["request_id"].as_str().unwrap())).await.expect(200);
    assert_eq!(made["acts"][0]["target"], "6281234567890", "{made}");
}

#[tokio::test]
async fn old_ones_are_forgotten() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    rows(&acme, "", 1).await;
    app.store.system().request_log().forget().await.unwrap();
    rows(&acme, "", 1).await;
    app.sql("update request_log set id = '01900000-0000-7000-8000-000000000000'").await;
    app.sql("update request_counts set minute = now() - interval '8 days'").await;
    app.store.system().request_log().forget().await.unwrap();
    assert_eq!(
        app.count("select (select count(*) from request_log) + (select count(*) from request_counts)").await,
        0
    );
}
