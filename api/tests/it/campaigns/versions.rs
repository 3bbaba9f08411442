//! Campaigns by version over HTTP: ETag and If-Match, the version of a start, changes while paused.

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp};

const V1: &str = "/api/v1/campaigns";

async fn arrange() -> (TestApp, Tenant, String) {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let draft =
        json!({"name": "sale", "content": {"type": "text", "text": "Halo"}, "session_ids": [session]});
    let id = acme.post(V1, draft).await.expect(201)["id"].as_str().unwrap().to_owned();
    let people = json!({"contacts": [{"phone": "+6281234567890"}, {"phone": "+6281234567891"}]});
    acme.post(&format!("{V1}/{id}/recipients"), people).await.expect(200);
    (app, acme, format!("{V1}/{id}"))
}

async fn patch(acme: &Tenant, path: &str, tag: &str, body: Value) -> Reply {
    Reply::to(acme.request(Method::PATCH, path).header("If-Match", tag).json(&body)).await
}

#[tokio::test]
async fn b44_a_change_of_an_old_version_is_refused() {
    let (app, acme, path) = arrange().await;
    let tag = acme.get(&path).await.header("etag").to_owned();
    let changed = patch(&acme, &path, &tag, json!({"name": "mine"})).await;
    let next = changed.header("etag").to_owned();
    let changed = changed.expect(200);
    assert_eq!(
        (next, changed["changed_by"].as_str()),
        (format!("\"{}\"", changed["version"]), Some(&*acme.email))
    );

    let refused = patch(&acme, &path, &tag, json!({"name": "theirs"})).await.problem(412, "edited_meanwhile");
    assert!(refused["detail"].as_str().unwrap().contains(&acme.email), "{refused}");
    assert_eq!(acme.get(&path).await.expect(200)["name"], "mine");
    patch(&acme, &path, "3", json!({"name": "x"})).await.problem(422, "invalid_field");
    patch(&acme, &path, "*", json!({"name": "any"})).await.expect(200);
    acme.patch(&path, json!({"name": "without"})).await.expect(200);
    // Somebody added people meanwhile: that is a change, too.
    let tag = acme.get(&path).await.header("etag").to_owned();
    acme.post(&format!("{path}/recipients"), json!({"contacts": [{"phone": "+6281234567892"}]}))
        .await
        .expect(200);
    patch(&acme, &path, &tag, json!({"name": "x"})).await.problem(412, "edited_meanwhile");
    assert_eq!(app.count("select count(*) from campaigns where name = 'without'").await, 1);
}

#[tokio::test]
async fn what_starts_is_the_version_that_was_looked_at() {
    let (_app, acme, path) = arrange().await;
    let start = async |body: Value| acme.post(&format!("{path}/start"), body).await;
    let seen = acme.get(&format!("{path}/dry-run")).await.expect(200)["version"].clone();
    let preview = acme.get(&format!("{path}/preview")).await;
    assert_eq!(preview.header("etag"), format!("\"{seen}\""));
    acme.patch(&path, json!({"content": {"type": "text", "text": "Hi"}})).await.expect(200);

    let refused = start(json!({"version": seen})).await.problem(409, "campaign_changed");
    assert_eq!(refused["field"], "version");
    let tagged =
        acme.request(Method::POST, &format!("{path}/start")).header("If-Match", format!("\"{seen}\""));
    Reply::to(tagged).await.problem(409, "campaign_changed");
    start(json!({"versions": 1})).await.problem(422, "unknown_field");
    let now = acme.get(&format!("{path}/dry-run")).await.expect(200)["version"].clone();
    assert_eq!(start(json!({"version": now})).await.expect(200)["state"], "running");
    start(json!({"version": now})).await.problem(409, "wrong_state");
}

#[tokio::test]
async fn b29_a_paused_campaign_is_changed_and_resumed() {
    let (app, acme, path) = arrange().await;
    assert_eq!(acme.get(&format!("{path}/versions")).await.expect(200)["items"], json!([]));
    acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    let refused = acme.patch(&path, json!({"name": "x"})).await.problem(409, "wrong_state");
    assert!(refused["detail"].as_str().unwrap().ends_with("pause it first"), "{refused}");
    acme.post(&format!("{path}/pause"), json!({})).await.expect(200);

    let later = app.store.clock().now() + chrono::TimeDelta::days(1);
    let problem = acme.patch(&path, json!({"send_at": later})).await.problem(422, "invalid_field");
    assert_eq!(problem["field"], "send_at");
    let change = json!({"content": {"type": "text", "text": "Hi"}, "pace": {"messages_per_hour": 60}});
    let changed = acme.patch(&path, change).await.expect(200);
    assert_eq!(changed["state"], "paused");
    let versions = acme.get(&format!("{path}/versions")).await.expect(200);
    let texts: Vec<_> = versions["items"].as_array().unwrap().iter().map(|v| &v["content"]["text"]).collect();
    assert_eq!(texts, ["Halo", "Hi"]);
    assert_eq!(versions["items"][1]["changed"], json!(["content", "pace"]));
    acme.post(&format!("{path}/resume"), json!({"version": changed["version"]})).await.expect(200);
    let globex = app.register("globex").await;
    globex.get(&format!("{path}/versions")).await.problem(404, "not_found");
}
