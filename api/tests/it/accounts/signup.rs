//! Signing up, logging in, staying logged in, logging out; the profile and the organization.

use std::time::Instant;

use serde_json::{Value, json};
use wahana_testkit::{Reply, TestApp, TestOptions};

async fn login(app: &TestApp, email: &str, password: &str) -> Reply {
    app.anonymous().post("/api/v1/auth/login", json!({"email": email, "password": password})).await
}

async fn refresh(app: &TestApp, token: &Value) -> Reply {
    app.anonymous().post("/api/v1/auth/refresh", json!({"refresh_token": token})).await
}

#[tokio::test]
async fn a_new_account_can_log_in_under_both_addresses() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for prefix in ["/api", "/api/v1"] {
        let body = json!({"email": " OWNER@acme.Example", "password": acme.password});
        let tokens = app.anonymous().post(&format!("{prefix}/auth/login"), body).await.expect(200);
        assert_eq!(
            (&tokens["token_type"], &tokens["expires_in"], &tokens["role"]),
            (&json!("Bearer"), &json!(900), &json!("owner"))
        );
        let profile = app
            .client(tokens["access_token"].as_str().unwrap())
            .get(&format!("{prefix}/user/profile"))
            .await
            .expect(200);
        assert_eq!(
            (&profile["user"]["email"], &profile["organization"]["name"]),
            (&json!("owner@acme.example"), &json!("acme"))
        );
        assert_eq!(profile["organization"]["id"], acme.organization_id);
    }
}

#[tokio::test]
async fn sign_up_refuses_what_it_should() {
    let app = TestApp::start().await;
    app.register("acme").await;
    let good =
        json!({"email": "x@acme.example", "password": "kuda terbang", "name": "X", "organization": "X"});
    for (field, value, status, code) in [
        ("email", json!("nobody"), 422, "invalid_field"),
        ("email", json!("a\u{0}@b.co"), 422, "invalid_field"),
        ("name", json!(" "), 422, "invalid_field"),
        ("name", json!("x".repeat(201)), 422, "invalid_field"),
        ("organization", json!(""), 422, "invalid_field"),
        ("password", json!("short"), 422, "weak_password"),
        ("password", json!("Password123"), 422, "weak_password"),
        ("password", json!("x@acme.example"), 422, "weak_password"),
        ("password", json!(12_345_678), 422, "invalid_field"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let problem = app.anonymous().post("/api/v1/auth/register", body).await.problem(status, code);
        if !problem["detail"].as_str().unwrap().contains("NUL") {
            assert_eq!(problem["field"], field);
        }
    }
}

#[tokio::test]
async fn sign_up_can_be_closed() {
    let mut options = TestOptions::default();
    options.api.open_signup = false;
    let app = TestApp::with(options).await;
    let body =
        json!({"email": "x@acme.example", "password": "kuda terbang", "name": "X", "organization": "X"});
    app.anonymous().post("/api/v1/auth/register", body).await.problem(403, "signup_closed");
}

#[tokio::test]
async fn a_stranger_does_not_learn_whether_an_address_is_known() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let mut wrong = login(&app, &acme.email, "wrong password").await.problem(401, "wrong_credentials");
    let mut unknown =
        login(&app, "nobody@acme.example", "wrong password").await.problem(401, "wrong_credentials");
    for problem in [&mut wrong, &mut unknown] {
        problem["request_id"] = Value::Null;
    }
    assert_eq!(wrong, unknown);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let mut options = TestOptions::default();
    options.api.attempts_per_minute = 6.try_into().unwrap();
    let app = TestApp::with(options).await;
    let (begun, mut heard) = (Instant::now(), 0);
    let slowed = loop {
        let answer = login(&app, "a@acme.example", "wrong password").await;
        if answer.status != 401 {
            break answer;
        }
        heard += 1;
    };
    // Six at once, and one more every ten seconds, should the machine take that long.
    assert!((6..=6 + begun.elapsed().as_secs() / 10).contains(&heard), "{heard} guesses");
    assert!(slowed.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=61).contains(&seconds)));
    slowed.problem(429, "rate_limited");
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_copy_logs_the_device_out() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let other = login(&app, &acme.email, &acme.password).await.expect(200);
    let first = json!(acme.refresh_token);
    let second = refresh(&app, &first).await.expect(200);
    assert_ne!(second["refresh_token"], first);
    let client = app.client(second["access_token"].as_str().unwrap());
    client.get("/api/v1/user/profile").await.expect(200);

    refresh(&app, &first).await.problem(401, "refresh_token_reused");
    refresh(&app, &second["refresh_token"]).await.problem(401, "invalid_refresh_token");
    client.get("/api/v1/user/profile").await.problem(401, "unauthenticated");
    refresh(&app, &other["refresh_token"]).await.expect(200);
    refresh(&app, &json!("wrt_unknown")).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn of_many_at_once_with_one_refresh_token_at_most_one_gets_in() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let token = json!(acme.refresh_token);
    let replies = futures::future::join_all((0..10).map(|_| refresh(&app, &token))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert!(replies.iter().all(|reply| matches!(reply.status, 200 | 401)));
}

#[tokio::test]
async fn a_clock_that_is_behind_does_not_let_a_used_token_in() {
    let clock = wahana_domain::Clock::manual(chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let token = json!(acme.refresh_token);
    refresh(&app, &token).await.expect(200);
    clock.advance(chrono::TimeDelta::milliseconds(-5));
    refresh(&app, &token).await.problem(401, "refresh_token_reused");
}

#[tokio::test]
async fn logging_out_ends_both_tokens() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    acme.post("/api/v1/auth/logout", json!(null)).await.expect(204);
    acme.get("/api/v1/user/profile").await.problem(401, "unauthenticated");
    refresh(&app, &json!(acme.refresh_token)).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn an_access_token_ends() {
    let clock = wahana_domain::Clock::manual(chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    clock.advance(chrono::TimeDelta::minutes(14));
    acme.get("/api/v1/user/profile").await.expect(200);
    clock.advance(chrono::TimeDelta::minutes(1));
    acme.get("/api/v1/user/profile").await.problem(401, "token_expired");
    clock.advance(chrono::TimeDelta::days(30));
    refresh(&app, &json!(acme.refresh_token)).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn a_new_password_logs_the_other_devices_out() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let other = login(&app, &acme.email, &acme.password).await.expect(200);
    let change = |current: &str, new: &str| json!({"current_password": current, "new_password": new});
    let path = "/api/v1/user/change-password";
    assert_eq!(
        acme.post(path, change("wrong", "kucing terbang")).await.problem(422, "invalid_field")["field"],
        "current_password"
    );
    assert_eq!(
        acme.post(path, change(&acme.password, "short")).await.problem(422, "weak_password")["field"],
        "new_password"
    );
    acme.post(path, change(&acme.password, "kucing terbang")).await.expect(204);

    acme.get("/api/v1/user/profile").await.expect(200);
    app.client(other["access_token"].as_str().unwrap())
        .get("/api/v1/user/profile")
        .await
        .problem(401, "unauthenticated");
    refresh(&app, &other["refresh_token"]).await.problem(401, "invalid_refresh_token");
    login(&app, &acme.email, &acme.password).await.problem(401, "wrong_credentials");
    login(&app, &acme.email, "kucing terbang").await.expect(200);
}

#[tokio::test]
async fn profile_and_organization_change() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    assert_eq!(acme.put("/api/v1/user/profile", json!({"name": "Ayu"})).await.expect(200)["name"], "Ayu");
    let changed = acme
        .patch("/api/v1/organization", json!({"time_zone": "Asia/Makassar", "default_country": "MY"}))
        .await
        .expect(200);
    assert_eq!(
        (&changed["name"], &changed["time_zone"], &changed["default_country"]),
        (&json!("acme"), &json!("Asia/Makassar"), &json!("MY"))
    );
    assert_eq!(acme.get("/api/v1/organization").await.expect(200), changed);

    let bad = json!({"name": "", "time_zone": "Asia/Nowhere", "default_country": "id"});
    let problem = acme.patch("/api/v1/organization", bad).await.problem(422, "invalid_field");
    let fields: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["name", "time_zone", "default_country"]);
}

#[tokio::test]
async fn only_an_owner_changes_the_organization_and_a_demotion_counts_at_once() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    app.sql("update memberships set role = 'member'").await;
    // Another device, because the role of this one may be remembered for some seconds.
    let tokens = login(&app, &acme.email, &acme.password).await.expect(200);
    let member = app.client(tokens["access_token"].as_str().unwrap());
    member.patch("/api/v1/organization", json!({"name": "x"})).await.problem(403, "owner_required");
    member.get("/api/v1/user/api-keys").await.problem(403, "missing_scope");
    member.get("/api/v1/organization").await.expect(200);
}
