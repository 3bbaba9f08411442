//! The dashboard's login: its refresh token lives in a cookie; and the devices that are logged in.

use chrono::{DateTime, TimeDelta};
use reqwest::Method;
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Reply, TestApp, TestOptions};

const REFRESH: &str = "/api/v1/auth/refresh";

/// A request of the dashboard; `cookie` is the value of the refresh cookie.
async fn ask(app: &TestApp, path: &str, cookie: Option<&str>, body: Option<Value>) -> Reply {
    let request = app.anonymous().request(Method::POST, path).header("X-Wahana-Client", "dashboard");
    let request = match cookie {
        Some(token) => request.header("cookie", format!("other=1; wahana_refresh={token}")),
        None => request,
    };
    Reply::to(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

/// The token inside the answer's cookie.
fn cookie(reply: &Reply) -> String {
    let text = reply.header("set-cookie");
    text.strip_prefix("wahana_refresh=").unwrap_or_default().split(';').next().unwrap_or_default().to_owned()
}

async fn login(app: &TestApp) -> Reply {
    let acme = app.register("acme").await;
    let body = json!({"email": acme.email, "password": acme.password});
    ask(app, "/api/v1/auth/login", None, Some(body)).await
}

#[tokio::test]
async fn the_dashboards_refresh_token_is_where_no_script_reads_it() {
    let app = TestApp::start().await;
    let first = login(&app).await;
    let set = first.header("set-cookie").to_owned();
    assert!(set.starts_with("wahana_refresh=wrt_"), "{set}");
    for part in ["; Path=/api/v1/auth", "; HttpOnly", "; SameSite=Strict", "; Max-Age=2592000"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    assert!(!first.text.contains("wrt_") && first.body["refresh_token"].is_null(), "{}", first.text);

    let second = ask(&app, REFRESH, Some(&cookie(&first)), None).await;
    assert!(cookie(&second).starts_with("wrt_") && cookie(&second) != cookie(&first));
    let token = second.expect(200)["access_token"].as_str().unwrap().to_owned();
    app.client(&token).get("/api/v1/user/profile").await.expect(200);

    // The account of a new sign-up.
    let body = json!({"email": "b@b.example", "password": "kuda terbang", "name": "B", "organization": "B",
                      "language": "id", "time_zone": "Asia/Makassar"});
    ask(&app, "/api/v1/auth/register", None, Some(body)).await.expect(202);
    let body = json!({"email": "b@b.example", "password": "kuda terbang"});
    let made = ask(&app, "/api/v1/auth/login", None, Some(body)).await;
    assert!(cookie(&made).starts_with("wrt_"));
    let token = made.expect(200)["access_token"].as_str().unwrap().to_owned();
    let profile = app.client(&token).get("/api/v1/user/profile").await.expect(200);
    assert_eq!(
        (&profile["organization"]["language"], &profile["organization"]["time_zone"]),
        (&json!("id"), &json!("Asia/Makassar"))
    );
}

#[tokio::test]
async fn no_other_site_can_use_the_cookie() {
    let app = TestApp::start().await;
    let token = cookie(&login(&app).await);
    let with = |name: &'static str, value: &str| {
        let request = app.anonymous().request(Method::POST, REFRESH).header(name, value);
        request.header("cookie", format!("wahana_refresh={token}"))
    };
    // A form of another site can send the cookie, but not the header.
    Reply::to(with("x-other", "dashboard")).await.problem(422, "missing_field");
    let foreign = with("X-Wahana-Client", "dashboard").header("origin", "https://evil.example");
    Reply::to(foreign).await.problem(403, "cross_origin");
    let own = with("X-Wahana-Client", "dashboard").header("origin", &app.url);
    Reply::to(own).await.expect(200);
    ask(&app, REFRESH, None, None).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn two_tabs_may_refresh_at_once_but_a_stolen_cookie_is_noticed() {
    let clock = Clock::manual(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let first = cookie(&login(&app).await);
    let tabs = futures::future::join_all((0..4).map(|_| ask(&app, REFRESH, Some(&first), None))).await;
    assert!(tabs.iter().all(|tab| tab.status == 200), "{tabs:?}");
    // Whichever cookie the browser kept last goes on working.
    for tab in &tabs {
        ask(&app, REFRESH, Some(&cookie(tab)), None).await.expect(200);
    }
    clock.advance(TimeDelta::minutes(1));
    ask(&app, REFRESH, Some(&first), None).await.problem(401, "refresh_token_reused");
    ask(&app, REFRESH, Some(&cookie(&tabs[0])), None).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn logging_out_takes_the_cookie_away() {
    let app = TestApp::start().await;
    let first = login(&app).await;
    let client = app.client(first.body["access_token"].as_str().unwrap());
    let request = client.request(Method::POST, "/api/v1/auth/logout").header("X-Wahana-Client", "dashboard");
    let out = Reply::to(request).await;
    assert!(out.header("set-cookie").starts_with("wahana_refresh=; Path=/api/v1/auth; Max-Age=0"));
    out.expect(204);
    ask(&app, REFRESH, Some(&cookie(&first)), None).await.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn devices_are_seen_and_logged_out() {
    const DEVICES: &str = "/api/v1/user/devices";
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let globex = app.register("globex").await;
    let body = json!({"email": acme.email, "password": acme.password});
    let mut others = Vec::new();
    for agent in ["phone", "tablet", "lost laptop"] {
        let request = app.anonymous().request(Method::POST, "/api/v1/auth/login").header("user-agent", agent);
        let token =
            Reply::to(request.json(&body)).await.expect(200)["access_token"].as_str().unwrap().to_owned();
        others.push(app.client(&token));
    }
    let list = acme.get(DEVICES).await.expect(200)["items"].as_array().unwrap().clone();
    assert_eq!(list.len(), 4);
    let current: Vec<_> = list.iter().filter(|device| device["current"] == true).collect();
    assert_eq!(current.len(), 1);
    assert!(list.iter().all(|device| device["address"] == "127.0.0.1"), "{list:?}");
    let lost = list.iter().find(|device| device["user_agent"] == "lost laptop").expect("it is in the list");
    let lost = format!("{DEVICES}/{}", lost["id"].as_str().unwrap());

    globex.delete(&lost).await.problem(404, "not_found");
    acme.delete(&lost).await.expect(204);
    acme.delete(&lost).await.problem(404, "not_found");
    others[2].get(DEVICES).await.problem(401, "unauthenticated");
    others[1].get(DEVICES).await.expect(200);

    acme.delete(DEVICES).await.expect(204);
    others[0].get(DEVICES).await.problem(401, "unauthenticated");
    let left = acme.get(DEVICES).await.expect(200);
    assert_eq!((left["items"].as_array().unwrap().len(), &left["items"][0]["current"]), (1, &json!(true)));
    assert_eq!(globex.get(DEVICES).await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn people_and_organizations_choose_how_they_see_things() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let profile = acme.get("/api/v1/user/profile").await.expect(200);
    let user = &profile["user"];
    assert_eq!(
        (&user["operator"], &user["language"], &user["time_zone"], &user["theme"]),
        (&json!(true), &Value::Null, &Value::Null, &json!("system")),
        "the first user operates the installation"
    );
    assert_eq!(
        app.register("globex").await.get("/api/v1/user/profile").await.expect(200)["user"]["operator"],
        false
    );

    let path = "/api/v1/user/profile";
    let chosen = json!({"language": "id", "time_zone": "Asia/Jayapura", "theme": "dark"});
    let user = acme.put(path, chosen).await.expect(200);
    assert_eq!(
        (&user["name"], &user["language"], &user["time_zone"], &user["theme"]),
        (&json!("Owner"), &json!("id"), &json!("Asia/Jayapura"), &json!("dark"))
    );
    let user = acme.put(path, json!({"language": null})).await.expect(200);
    assert_eq!((&user["language"], &user["time_zone"]), (&Value::Null, &json!("Asia/Jayapura")));
    for (field, value) in [("language", "fr"), ("time_zone", "Mars/Base"), ("theme", "pink")] {
        assert_eq!(acme.put(path, json!({field: value})).await.problem(422, "invalid_field")["field"], field);
    }

    let path = "/api/v1/organization";
    let changed = acme.patch(path, json!({"accent_color": "#0a7cff", "language": "id"})).await.expect(200);
    assert_eq!((&changed["accent_color"], &changed["language"]), (&json!("#0a7cff"), &json!("id")));
    assert_eq!(
        acme.patch(path, json!({"accent_color": null})).await.expect(200)["accent_color"],
        Value::Null
    );
    for bad in ["blue", "#FFF", "#0a7cff;}"] {
        let problem = acme.patch(path, json!({"accent_color": bad})).await.problem(422, "invalid_field");
        assert_eq!(problem["field"], "accent_color");
    }
}
