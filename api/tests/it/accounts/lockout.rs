//! Trying passwords: strangers are slowed down, the owner gets in, and nobody learns who has an account.

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp, TestOptions, eventually_is};

async fn guarded() -> TestApp {
    let mut options = TestOptions::default();
    options.api.attempts_per_minute = 6.try_into().unwrap();
    options.api.trusted_proxies = 1;
    TestApp::with(options).await
}

async fn login_from(app: &TestApp, address: &str, body: Value) -> Reply {
    let request = app.anonymous().request(Method::POST, "/api/v1/auth/login").json(&body);
    Reply::to(request.header("x-forwarded-for", address)).await
}

fn with(account: &Tenant, password: &str) -> Value {
    json!({"email": account.email, "password": password})
}

#[tokio::test]
async fn f5_strangers_cannot_keep_the_owner_out() {
    let app = guarded().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let right = with(&acme, &acme.password);
    let known = login_from(&app, "203.0.113.5", right.clone()).await.expect(200);
    let token = known["device_token"].as_str().expect("a token of the device");
    let theirs = login_from(&app, "203.0.113.6", with(&globex, &globex.password)).await.expect(200);

    // From ever new networks, more than the account allows: even the right password is refused some time.
    let slowed = async |body: &Value, net: u8| {
        let mut refused = 0;
        for network in 0..30 {
            let guess = with(&acme, "wrong password");
            login_from(&app, &format!("198.{net}.{network}.9"), guess).await;
            let reply = login_from(&app, &format!("198.{net}.{network}.10"), body.clone()).await;
            refused += i32::from(reply.status == 429);
        }
        refused
    };
    assert!(slowed(&right, 51).await > 0, "strangers are slowed down");

    // From a network that logged in before, with another address of it.
    login_from(&app, "203.0.113.200", right.clone()).await.expect(200);
    // From anywhere, on a device that logged in before; a token of another account is none.
    let mut remembered = right.clone();
    remembered["device_token"] = json!(token);
    login_from(&app, "192.0.2.1", remembered.clone()).await.expect(200);
    let mut foreign = right.clone();
    foreign["device_token"] = theirs["device_token"].clone();
    assert!(slowed(&foreign, 18).await > 0, "a token of another account is none");
    // Other accounts are not slowed down by it.
    login_from(&app, "192.0.2.7", with(&globex, &globex.password)).await.expect(200);
    // A stolen token does not allow guessing either.
    remembered["password"] = json!("wrong password");
    let mut refused = 0;
    for _ in 0..30 {
        refused += i32::from(login_from(&app, "192.0.2.9", remembered.clone()).await.status == 429);
    }
    assert!(refused > 0, "guessing with a stolen token is slowed down");
}

#[tokio::test]
async fn f5_signing_up_does_not_tell_who_has_an_account() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let sign_up = async |email: &str| {
        let body = json!({"email": email, "password": "ombak besar", "name": "X", "organization": "Y"});
        app.anonymous().post("/api/v1/auth/register", body).await
    };
    let (known, new) = (sign_up(&acme.email).await, sign_up("new@acme.example").await);
    assert_eq!((known.status, new.status), (202, 202));
    let names = |reply: &Reply| {
        let mut body = reply.body.clone();
        body["email"] = json!("");
        (body, reply.text.len() as i64)
    };
    assert_eq!(names(&known).0, names(&new).0);
    assert_eq!(app.count("select count(*) from organizations").await, 2, "acme's and the new one");
    let login = async |email: &str, password: &str| {
        app.anonymous().post("/api/v1/auth/login", json!({"email": email, "password": password})).await
    };
    login(&acme.email, &acme.password).await.expect(200);
    login(&acme.email, "ombak besar").await.problem(401, "wrong_credentials");
    login("new@acme.example", "ombak besar").await.expect(200);
}

#[tokio::test]
async fn f16_logins_stand_in_the_audit_log() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    login_from(&app, "203.0.113.5", with(&acme, "wrong password")).await.problem(401, "wrong_credentials");
    login_from(&app, "203.0.113.5", json!({"email": "nobody@acme.example", "password": "x"})).await;
    let actions = async || {
        let events = acme.get("/api/v1/audit-events?limit=50").await.expect(200);
        let actions: Vec<String> = events["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["action"].as_str().unwrap().to_owned())
            .collect();
        actions
    };
    eventually_is("the failure is on record", true, async || {
        actions().await.contains(&"user.login_failed".to_owned())
    })
    .await;
    let seen = actions().await;
    assert_eq!(seen.iter().filter(|action| *action == "user.login_failed").count(), 1, "{seen:?}");
    assert!(
        seen.contains(&"user.login".to_owned()) && seen.contains(&"organization.create".to_owned()),
        "{seen:?}"
    );
    acme.post("/api/v1/auth/logout", json!(null)).await.expect(204);
    let logouts = "select count(*) from audit_events where action = 'user.logout' and actor like 'owner@%'";
    assert_eq!(app.count(logouts).await, 1);
}

#[tokio::test]
async fn f17_a_new_password_is_new_and_no_name() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    acme.patch("/api/v1/organization", json!({"name": "Toko Batik Sari"})).await.expect(200);
    for (new, rule) in [
        (acme.password.as_str(), "password_is_old"),
        ("Toko Batik Sari", "password_is_name"),
        ("tokobatiksari99", "password_is_name"),
        ("owner@acme.example", "password_is_email"),
    ] {
        let body = json!({"current_password": acme.password, "new_password": new});
        let problem = acme.post("/api/v1/user/change-password", body).await.problem(422, "weak_password");
        assert_eq!((&problem["rule"], &problem["field"]), (&json!(rule), &json!("new_password")), "{new}");
    }
    let sign_up =
        json!({"email": "x@y.example", "password": "Kedai Kopi", "name": "X", "organization": "Kedai Kopi"});
    app.anonymous().post("/api/v1/auth/register", sign_up).await.problem(422, "weak_password");
}
