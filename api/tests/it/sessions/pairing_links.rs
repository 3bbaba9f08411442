//! Pairing links: a session is paired by somebody without a login, who sees nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_store::fleet::nodes::NewNode;
use wahana_testkit::{Reply, TestApp, TestOptions};
use wahana_waha_sim::{SimConfig, SimServer};

const V1: &str = "/api/v1";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

#[tokio::test]
async fn a_link_opens_one_session_until_it_ends() {
    let clock = Clock::manual("2026-11-23T10:00:00Z".parse().unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "front desk").await.id.to_string();
    let links = format!("{V1}/sessions/{session}/pairing-links");
    let made = acme.post(&links, json!({"minutes": 10})).await.expect(201);
    assert_eq!(made["link"]["expires_at"], "2026-11-23T10:10:00Z");
    assert_eq!(made["link"]["created_by"], acme.email);
    let token = text(&made["token"]);
    let stored =
        app.texts("select encode(token_hash, 'escape') || pairing_links::text from pairing_links").await;
    assert!(!stored[0].contains(&token[4..]), "{stored:?}");
    let listed = acme.get(&links).await;
    assert!(!listed.text.contains(&token), "{}", listed.text);
    assert_eq!(listed.expect(200)["items"], json!([made["link"]]));

    let anybody = app.anonymous();
    let open = format!("{V1}/pairing/{token}");
    let wanted = json!({"name": "front desk", "status": "pending", "simple_status": "pairing", "expires_at": "2026-11-23T10:10:00Z"});
    assert_eq!(anybody.get(&open).await.expect(200), wanted);
    anybody.get(&format!("{open}/qr")).await.problem(409, "session_not_pairing");
    for path in ["pairing/wpl_x", &format!("pairing/{token}x"), &format!("pairing/{token}x/qr")] {
        anybody.get(&format!("{V1}/{path}")).await.problem(404, "not_found");
    }
    app.client(&token).get(&format!("{V1}/sessions")).await.problem(401, "unauthenticated");

    let second = acme.post(&links, json!({})).await.expect(201);
    let end = format!("{links}/{}", text(&second["link"]["id"]));
    acme.delete(&end).await.expect(204);
    acme.delete(&end).await.problem(404, "not_found");
    anybody.get(&format!("{V1}/pairing/{}", text(&second["token"]))).await.problem(404, "not_found");

    clock.advance(TimeDelta::minutes(10));
    anybody.get(&open).await.problem(404, "not_found");
    assert_eq!(acme.get(&links).await.expect(200)["items"], json!([]));
    let acts = acme.get(&format!("{V1}/audit-events?action=pairing_link.")).await.expect(200);
    assert_eq!(acts["items"].as_array().unwrap().len(), 3, "{acts}");
    clock.advance(TimeDelta::seconds(1));
    app.store.system().pairing_links().forget().await.unwrap();
    assert_eq!(app.count("select count(*) from pairing_links where revoked_at is null").await, 0);
}

#[tokio::test]
async fn a_deleted_session_ends_its_links_and_bad_wishes_are_refused() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let session = app.session(&acme, "main").await.id.to_string();
    let links = format!("{V1}/sessions/{session}/pairing-links");
    for minutes in [0, 61] {
        let problem = acme.post(&links, json!({ "minutes": minutes })).await.problem(422, "invalid_field");
        assert_eq!(problem["field"], "minutes");
    }
    globex.post(&links, json!({})).await.problem(404, "not_found");
    let made = acme.post(&links, json!({})).await.expect(201);
    let open = format!("{V1}/pairing/{}", text(&made["token"]));
    app.anonymous().get(&open).await.expect(200);
    acme.delete(&format!("{V1}/sessions/{session}")).await.expect(202);
    app.anonymous().get(&open).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_link_is_asked_only_so_often() {
    let mut options = TestOptions::default();
    options.api.attempts_per_minute = 5.try_into().unwrap();
    let app = TestApp::with(options).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let made = acme.post(&format!("{V1}/sessions/{session}/pairing-links"), json!({})).await.expect(201);
    let open = format!("{V1}/pairing/{}", text(&made["token"]));
    for _ in 0..5 {
        app.anonymous().get(&open).await.expect(200);
    }
    app.anonymous().get(&open).await.problem(429, "rate_limited");
}

#[tokio::test]
async fn a_phone_is_paired_by_a_link() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let config = SimConfig { webhooks: false, time_scale: 0.01, ..SimConfig::default() };
    let sim = SimServer::start(config).await.unwrap();
    let node = NewNode {
        name: "sim".into(),
        base_url: sim.url(),
        api_key: "any".to_owned().into(),
        engine: None,
        capacity: 9,
    };
    app.store.system().nodes().upsert(node).await.unwrap();
    let id = text(&acme.post(&format!("{V1}/sessions"), json!({"name": "main"})).await.expect(201)["id"]);
    let waha_name = id.replace("ses_", "w_");
    let create = reqwest::Client::builder().build().unwrap().post(format!("{}/api/sessions", sim.url()));
    let created = create.json(&json!({"name": waha_name, "start": true})).send().await.unwrap();
    assert!(created.status().is_success());
    app.sql(
        "update sessions
         set status = 'scan_qr_code', status_since = now(), status_event_ms = extract(epoch from now()) * 1000",
    )
    .await;

    let made = acme.post(&format!("{V1}/sessions/{id}/pairing-links"), json!({})).await.expect(201);
    let qr = format!("{V1}/pairing/{}/qr", text(&made["token"]));
    let picture = Reply::to(app.anonymous().request(Method::GET, &qr)).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let raw = app.anonymous().get(&format!("{qr}?format=raw")).await.expect(200);
    assert!(!text(&raw["value"]).is_empty());
    // The first code lasts 60 s, each further one 20 s.
    let left = |end: &str| end.parse::<DateTime<Utc>>().unwrap() - app.store.clock().now();
    for end in [&text(&raw["expires_at"]), picture.header("x-qr-expires-at")] {
        let left = left(end);
        assert!(left > TimeDelta::seconds(30) && left <= TimeDelta::seconds(60), "{left}");
    }
    app.sql("update sessions set status_since = now() - interval '60 seconds'").await;
    let next = app.anonymous().get(&format!("{qr}?format=raw")).await.expect(200);
    let next = left(&text(&next["expires_at"]));
    assert!(next > TimeDelta::zero() && next <= TimeDelta::seconds(20), "{next}");
    app.sql("update sessions set status_event_ms = 1").await;
    let old = app.anonymous().get(&format!("{qr}?format=raw")).await.expect(200);
    assert_eq!(old["expires_at"], Value::Null, "a code that lasted longer ends nobody knows when");
    sim.stop().await;
}

#[tokio::test]
async fn the_holder_of_a_link_restarts_a_session_whose_codes_ran_out() {
    let clock = Clock::manual("2026-12-01T03:00:00Z".parse().unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "front desk").await.id.to_string();
    let made = acme.post(&format!("{V1}/sessions/{session}/pairing-links"), json!({})).await.expect(201);
    let open = format!("{V1}/pairing/{}", text(&made["token"]));
    let anybody = app.anonymous();
    let restarts = async || app.count("select count(*) from jobs where kind = 'restart_session'").await;

    // Somebody is paired: how it failed is the supervisor's matter. Nor is one whose device was removed on the phone.
    app.sql("update sessions set status = 'failed'").await;
    anybody.get(&open).await.expect(200);
    app.sql("update sessions set needs_human_since = now(), trouble = 'logged_out'").await;
    anybody.get(&open).await.expect(200);
    app.sql("update sessions set trouble = null, desired = 'stopped'").await;
    anybody.get(&open).await.expect(200);
    assert_eq!(restarts().await, 0);

    app.sql("update sessions set desired = 'running'").await;
    for _ in 0..2 {
        assert_eq!(anybody.get(&open).await.expect(200)["status"], "failed");
    }
    assert_eq!(restarts().await, 1);
    let events = acme.get(&format!("{V1}/sessions/{session}/events")).await.expect(200);
    assert_eq!(events["items"][0]["code"], "restart");

    // The restart ran and did not help: another one comes two minutes later.
    app.sql("delete from jobs").await;
    clock.advance(TimeDelta::seconds(110));
    anybody.get(&open).await.expect(200);
    assert_eq!(restarts().await, 0);
    clock.advance(TimeDelta::seconds(11));
    anybody.get(&open).await.expect(200);
    assert_eq!(restarts().await, 1);
}
