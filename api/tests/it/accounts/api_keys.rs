//! API keys: made, used, limited, ended.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_domain::access::Scope;
use wahana_testkit::{Reply, TestApp, TestOptions, eventually_is};

const KEYS: &str = "/api/v1/user/api-keys";

fn new(scopes: &[&str]) -> Value {
    json!({"name": "shop", "scopes": scopes})
}

#[tokio::test]
async fn a_key_is_shown_once_and_stored_as_a_hash() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let made = acme.post(KEYS, new(&["messages:send", "messages:send", "keys:manage"])).await.expect(201);
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("wah_") && key.len() == 42, "{key}");
    assert_eq!(made["api_key"]["scopes"], json!(["messages:send", "keys:manage"]));
    assert!(key.starts_with(made["api_key"]["prefix"].as_str().unwrap()));

    let list = app.client(key).get(KEYS).await;
    assert!(!list.text.contains(key), "the list shows no key");
    assert_eq!(list.expect(200)["items"].as_array().unwrap().len(), 2);
    let known = app
        .count(
            r"select count(*)
              from api_keys
              where encode(key_hash, 'escape') like 'wah_%' or prefix like 'wah\_%' and length(prefix) > 12",
        )
        .await;
    assert_eq!(known, 0);
}

#[tokio::test]
async fn a_key_works_in_either_header_until_it_is_revoked() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let key = acme.key_with(&[Scope::KeysManage]).await;
    let by_header =
        |key: String| app.anonymous().request(reqwest::Method::GET, KEYS).header("X-Api-Key", key);
    Reply::to(by_header(key.clone())).await.expect(200);
    let list = app.client(&key).get(KEYS).await.expect(200);
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(list["items"][0]["prefix"], key[..12]);

    acme.delete(&format!("{KEYS}/{id}")).await.expect(204);
    Reply::to(by_header(key.clone())).await.problem(401, "unauthenticated");
    acme.delete(&format!("{KEYS}/{id}")).await.problem(404, "not_found");
}

#[tokio::test]
async fn junk_is_no_key() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let wrong_end = format!("{}A", &acme.key[..41]);
    let wrong_end = if wrong_end == acme.key { format!("{}B", &acme.key[..41]) } else { wrong_end };
    for junk in ["wah_", "wah_x", "x", &wrong_end, &acme.key.to_uppercase()] {
        app.client(junk).get(KEYS).await.problem(401, "unauthenticated");
    }
    let basic = app.anonymous().request(reqwest::Method::GET, KEYS).basic_auth("a", Some("b"));
    let answer = Reply::to(basic).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"wahana\"");
    answer.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_key_gives_no_more_than_it_has() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let key = app.client(&acme.key_with(&[Scope::KeysManage, Scope::MessagesRead]).await);
    key.post(KEYS, new(&["messages:read"])).await.expect(201);
    let problem =
        key.post(KEYS, new(&["messages:read", "messages:send"])).await.problem(403, "missing_scope");
    assert_eq!(problem["field"], "scopes");
    let without = app.client(&acme.key_with(&[Scope::MessagesRead]).await);
    let problem = without.get(KEYS).await.problem(403, "missing_scope");
    assert!(problem["detail"].as_str().unwrap().contains("keys:manage"), "{problem}");
    without.get("/api/v1/user/profile").await.problem(403, "user_required");
}

#[tokio::test]
async fn a_key_ends_when_it_should() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let with_end = |end: DateTime<Utc>| json!({"name": "x", "scopes": ["keys:manage"], "expires_at": end});
    let past = acme
        .post(KEYS, with_end(app.store.clock().now() - TimeDelta::minutes(1)))
        .await
        .problem(422, "invalid_field");
    assert_eq!(past["field"], "expires_at");
    let made = acme.post(KEYS, with_end(app.store.clock().now() + TimeDelta::seconds(1))).await.expect(201);
    let client = app.client(made["key"].as_str().unwrap());
    client.get(KEYS).await.expect(200);
    eventually_is("the end of the key", 401, async || client.get(KEYS).await.status).await;
}

#[tokio::test]
async fn a_rotated_key_works_beside_its_successor_for_a_while() {
    let clock = Clock::manual(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let made = acme.post(KEYS, new(&["keys:manage", "messages:read"])).await.expect(201);
    let (old, id) = (made["key"].as_str().unwrap(), made["api_key"]["id"].as_str().unwrap());
    let path = format!("{KEYS}/{id}/rotate");
    assert_eq!(
        acme.post(&path, json!({"overlap_seconds": 2_592_001})).await.expect(422)["field"],
        "overlap_seconds"
    );

    let next = acme.post(&path, json!({"overlap_seconds": 600})).await.expect(201);
    assert_eq!(
        (&next["api_key"]["name"], &next["api_key"]["scopes"], &next["api_key"]["expires_at"]),
        (&json!("shop"), &json!(["keys:manage", "messages:read"]), &Value::Null)
    );
    let (old, new) = (app.client(old), app.client(next["key"].as_str().unwrap()));
    let list = old.get(KEYS).await.expect(200);
    let listed = list["items"].as_array().unwrap().iter().find(|key| key["id"] == id);
    assert_eq!(listed.unwrap()["replaced_by"], next["api_key"]["id"], "{list}");
    new.get(KEYS).await.expect(200);
    acme.post(&path, json!({})).await.problem(409, "wrong_state");

    clock.advance(TimeDelta::minutes(10));
    old.get(KEYS).await.problem(401, "unauthenticated");
    new.get(KEYS).await.expect(200);

    // At once.
    let path = format!("{KEYS}/{}/rotate", next["api_key"]["id"].as_str().unwrap());
    acme.post(&path, json!({"overlap_seconds": 0})).await.expect(201);
    new.get(KEYS).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_small_key_cannot_rotate_a_great_one() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let great = acme.get(KEYS).await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    let small = app.client(&acme.key_with(&[Scope::KeysManage]).await);
    small.post(&format!("{KEYS}/{great}/rotate"), json!({})).await.problem(403, "missing_scope");
    app.client(&acme.key).get(KEYS).await.expect(200);
    let renamed = small.patch(&format!("{KEYS}/{great}"), json!({"name": "till"})).await.expect(200);
    assert_eq!(renamed["name"], "till");
}

#[tokio::test]
async fn bodies_are_checked() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (body, code, field) in [
        (json!({"scopes": []}), "missing_field", "name"),
        (json!({"name": "", "scopes": []}), "invalid_field", "name"),
        (json!({"name": "x"}), "missing_field", "scopes"),
        (json!({"name": "x", "scopes": ["everything"]}), "invalid_field", "scopes[0]"),
        (json!({"name": "x", "scopes": [], "expires_at": "tomorrow"}), "invalid_field", "expires_at"),
        (json!({"name": "x", "scopes": [], "admin": true}), "unknown_field", "admin"),
    ] {
        let problem = acme.post(KEYS, body).await.problem(422, code);
        assert_eq!(problem["field"], field, "{problem}");
    }
}

#[tokio::test]
async fn use_is_noted_but_not_at_every_request() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let key = app.client(&acme.key);
    key.get(KEYS).await.expect(200);
    assert_eq!(app.count("select count(*) from api_keys where last_used_at is not null").await, 1);
    // Half a minute ago is recent enough, more than a minute is not; the 1 s memory of keys must pass in between.
    for (age, renewed) in [
        ("update api_keys set last_used_at = now() - interval '30 seconds'", 0),
        ("update api_keys set last_used_at = now() - interval '90 seconds'", 1),
    ] {
        app.sql(age).await;
        tokio::time::sleep(Duration::from_millis(1100)).await;
        key.get(KEYS).await.expect(200);
        assert_eq!(
            app.count("select count(*) from api_keys where last_used_at > now() - interval '20 seconds'")
                .await,
            renewed
        );
    }
}

#[tokio::test]
async fn lists_come_in_pages() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for _ in 0..4 {
        acme.post(KEYS, new(&[])).await.expect(201);
    }
    let mut seen = Vec::new();
    let mut path = format!("{KEYS}?limit=2");
    loop {
        let page = acme.get(&path).await.expect(200);
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{KEYS}?limit=2&cursor={cursor}");
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (5, &sorted), "newest first, none twice");
    for (query, field) in
        [("limit=0", "limit"), ("limit=999", "limit"), ("cursor=!", "cursor"), ("page=1", "page")]
    {
        assert_eq!(acme.get(&format!("{KEYS}?{query}")).await.expect(422)["field"], field);
    }
}

#[tokio::test]
async fn one_key_cannot_flood() {
    let mut options = TestOptions::default();
    options.api.requests_per_second = 5.try_into().unwrap();
    let app = TestApp::with(options).await;
    let acme = app.register("acme").await;
    let key = app.client(&acme.key);
    let replies = futures::future::join_all((0..40).map(|_| key.get(KEYS))).await;
    assert!(replies.iter().any(|reply| reply.status == 200));
    let limited = replies.into_iter().find(|reply| reply.status != 200).expect("some are refused");
    assert_eq!(limited.header("retry-after"), "1");
    limited.problem(429, "rate_limited");
    acme.get(KEYS).await.expect(200);
}
