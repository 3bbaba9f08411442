//! What is wrong with a request is told in one shape, whatever it is; and nothing else is told.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use wahana_testkit::{Reply, TestApp};

const LOGIN: &str = "/api/v1/auth/login";

async fn send(app: &TestApp, body: impl Into<reqwest::Body>) -> Reply {
    Reply::to(
        app.anonymous().request(Method::POST, LOGIN).header(CONTENT_TYPE, "application/json").body(body),
    )
    .await
}

#[tokio::test]
async fn bad_bodies() {
    let app = TestApp::start().await;
    let deep = "[".repeat(10_000);
    for body in ["", "{", "{\"email\":", "\u{0}", "nul", "{} {}", "{\"email\":\"\\ud800\"}", &deep] {
        let reply = send(&app, body.to_owned()).await;
        assert!(
            matches!(reply.status, 400 | 422),
            "{}: {}",
            body.chars().take(30).collect::<String>(),
            reply.text
        );
    }
    send(&app, vec![0xff, 0xfe, b'{']).await.problem(400, "invalid_json");
    for (body, code, field) in [
        ("{}", "missing_field", Some("email")),
        ("[]", "invalid_field", None),
        ("null", "invalid_field", None),
        (r#"{"email":1,"password":"x"}"#, "invalid_field", Some("email")),
        (r#"{"email":"a","email":"b","password":"x"}"#, "invalid_field", Some("email")),
        (r#"{"email":"a","password":"x","x":1}"#, "unknown_field", Some("x")),
        (r#"{"email":"a\u0000","password":"x"}"#, "invalid_field", None),
    ] {
        let problem = send(&app, body).await.problem(422, code);
        assert_eq!(problem["field"].as_str(), field, "{body}: {problem}");
    }
}

#[tokio::test]
async fn a_body_of_another_kind() {
    let app = TestApp::start().await;
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"]
    {
        let request = app.anonymous().request(Method::POST, LOGIN).header(CONTENT_TYPE, kind).body("{}");
        Reply::to(request).await.problem(415, "unsupported_media_type");
    }
    let none = app.anonymous().request(Method::POST, LOGIN).body("{}");
    Reply::to(none).await.problem(415, "unsupported_media_type");
    let charset = app
        .anonymous()
        .request(Method::POST, LOGIN)
        .header(CONTENT_TYPE, "Application/JSON; charset=utf-8")
        .body("{}");
    Reply::to(charset).await.problem(422, "missing_field");
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let mut options = wahana_testkit::TestOptions::default();
    options.api.json_max_bytes = 1000;
    let app = TestApp::with(options).await;
    let body = |size: usize| json!({"email": "x".repeat(size), "password": "x"}).to_string();
    send(&app, body(900)).await.problem(401, "wrong_credentials");
    send(&app, body(1000)).await.problem(413, "too_large");
    // Without a length in advance.
    let chunks = futures::stream::iter((0..100).map(|_| Ok::<_, std::io::Error>(vec![b' '; 100])));
    send(&app, reqwest::Body::wrap_stream(chunks)).await.problem(413, "too_large");
}

#[tokio::test]
async fn addresses_and_methods_that_are_not() {
    let app = TestApp::start().await;
    let home = app.anonymous().get("/").await;
    assert!(home.header("content-type").starts_with("text/html"), "a browser finds a page");
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/user/profile",
        "/api/v1/nothing",
        "/api/v1/user/profile/",
        "/../etc/passwd",
        "/%00",
    ] {
        app.anonymous().get(path).await.problem(404, "no_such_route");
    }
    let wrong = app.anonymous().get(LOGIN).await;
    assert_eq!(wrong.header("allow"), "POST");
    wrong.problem(405, "method_not_allowed");
    let odd = app.anonymous().request(Method::from_bytes(b"BREW").unwrap(), LOGIN);
    Reply::to(odd).await.problem(405, "method_not_allowed");
}

#[tokio::test]
async fn ids_that_are_none() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let other_kind = acme.organization_id.clone();
    for id in [
        "x",
        "1",
        "key_",
        "key_%00",
        "%ff",
        "key_01h455vb4pex5vsknk084sn02q",
        other_kind.as_str(),
        &"x".repeat(5000),
    ] {
        let reply = acme.delete(&format!("/api/v1/user/api-keys/{id}")).await;
        assert!(
            matches!(
                (reply.status, reply.body["code"].as_str()),
                (404, Some("not_found")) | (422, Some("invalid_field"))
            ),
            "{id}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn the_request_id_is_the_clients_own_if_it_is_sane() {
    let app = TestApp::start().await;
    let ask =
        |id: &'static str| app.anonymous().request(Method::GET, "/api/v1/nothing").header("X-Request-Id", id);
    let own = Reply::to(ask("shop-42.a_b")).await.problem(404, "no_such_route");
    assert_eq!(own["request_id"], "shop-42.a_b");
    for strange in ["a b", "<script>", ""] {
        let reply = Reply::to(ask(strange)).await.problem(404, "no_such_route");
        assert!(reply["request_id"].as_str().unwrap().starts_with("req_"), "{reply}");
    }
    assert!(app.anonymous().get("/healthz").await.header("x-request-id").starts_with("req_"));
}

#[tokio::test]
async fn browsers_are_told_to_be_careful() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let reply = acme.get("/api/v1/user/profile").await;
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    let page = app.anonymous().get("/api/docs/").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'") && !policy.contains("script-src"), "{policy}");
    // The page must work under that policy: scripts by address only.
    assert!(page.text.contains("<script src=") && !page.text.contains("<script>"), "{}", page.text);
}

#[tokio::test]
async fn without_a_database_it_is_our_fault_and_worth_trying_again() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    app.anonymous().get("/readyz").await.expect(200);
    app.store.close().await;
    let reply = app.anonymous().post(LOGIN, json!({"email": acme.email, "password": acme.password})).await;
    assert_eq!(reply.header("retry-after"), "2");
    reply.problem(503, "unavailable");
    app.anonymous().get("/readyz").await.problem(503, "unavailable");
    assert_eq!(app.anonymous().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn metrics_are_text() {
    let app = TestApp::start().await;
    let reply = app.anonymous().get("/metrics").await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/plain; version=0.0.4; charset=utf-8")
    );
}

#[tokio::test]
async fn a_wrong_field_names_the_rule_that_it_breaks() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (path, body, field, rule, params) in [
        (
            "sessions",
            json!({"name": "x".repeat(101)}),
            "name",
            "too_long",
            json!({"max": 100, "actual": 101}),
        ),
        ("sessions", json!({"name": " "}), "name", "blank", json!({})),
        ("sessions", json!({}), "name", "required", json!({})),
        (
            "sessions",
            json!({"name": "s", "policy": {"gap_min_ms": 90_000}}),
            "policy.gap_min_ms",
            "longer_than",
            json!({"other": "gap_max_ms"}),
        ),
        (
            "sessions",
            json!({"name": "s", "policy": {"time_zone": "Mars/Olympus"}}),
            "policy.time_zone",
            "bad_time_zone",
            json!({}),
        ),
        ("contacts", json!({"phone": "call me"}), "phone", "bad_phone", json!({})),
        (
            "contacts/check",
            json!({"session_id": "msg_1", "phones": []}),
            "session_id",
            "bad_id",
            json!({"example": "ses_..."}),
        ),
        (
            "messages",
            json!({"to": "1", "content": {"type": "text", "text": "x"}}),
            "session_id",
            "required_one_of",
            json!({"fields": ["session_id", "pool_id"]}),
        ),
    ] {
        let problem = acme.post(&format!("/api/v1/{path}"), body.clone()).await.expect(422);
        let told = (&problem["field"], &problem["rule"], &problem["params"]);
        assert_eq!(told, (&json!(field), &json!(rule), &params), "{body}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
    }
    let two = json!({"name": "", "description": "x".repeat(1001)});
    let problem = acme.post("/api/v1/sessions", two).await.problem(422, "invalid_field");
    let told: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|e| (&e["field"], &e["rule"], &e["code"])).collect();
    let wrong = json!("invalid_field");
    let wanted =
        [(&json!("name"), &json!("blank"), &wrong), (&json!("description"), &json!("too_long"), &wrong)];
    assert_eq!(told, wanted);
    assert_eq!(problem["errors"][1]["params"], json!({"max": 1000, "actual": 1001}));
    // What is no mistake in a value has no rule.
    let gone = acme.get("/api/v1/sessions/ses_01h455vb4pex5vsknk084sn02q").await.problem(404, "not_found");
    assert!(gone.get("rule").is_none() && gone.get("params").is_none(), "{gone}");
}
