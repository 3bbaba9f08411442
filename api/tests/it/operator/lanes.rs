//! The lanes of all organizations, as operators see them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Tenant, TestApp, TestOptions};

const LANES: &str = "/api/v1/operator/lanes";

async fn send(tenant: &Tenant, session: &str, class: &str) {
    let text = json!({"type": "text", "text": "hi"});
    let body = json!({"session_id": session, "to": "+6281234567890", "content": text, "class": class});
    tenant.post("/api/v1/messages", body).await.expect(202);
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|lane| lane["session_name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn who_waits_longest_comes_first_with_what_for() {
    // 10:00 in Jakarta.
    let clock = Clock::manual("2026-11-23T03:00:00Z".parse().unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let (operator, globex) = (app.register("acme").await, app.register("globex").await);
    let old = app.session(&operator, "old").await.id.to_string();
    let young = app.session(&globex, "young").await.id.to_string();
    app.session(&globex, "empty").await;
    send(&operator, &old, "transactional").await;
    clock.advance(TimeDelta::seconds(60));
    send(&globex, &young, "bulk").await;
    send(&globex, &young, "bulk").await;
    app.sql("update sessions set status = 'working' where name = 'young'").await;
    app.sql(
        "update jobs
         set state = 'released', released_at = run_at
         where id = (select min(id::text)::uuid from jobs where class = 'bulk')",
    )
    .await;

    let all = operator.get(LANES).await.expect(200);
    assert_eq!(names(&all), ["old", "young"], "{all}");
    assert_eq!(
        (&all["items"][0]["oldest_at"], &all["items"][0]["runnable"]),
        (&json!("2026-11-23T03:00:00Z"), &json!(1))
    );
    assert_eq!(all["items"][0]["waiting"]["for"], "session_not_working");
    let second = &all["items"][1];
    assert_eq!(
        (&second["runnable"], &second["released"], &second["running"]),
        (&json!(2), &json!(1), &json!(0))
    );
    assert_eq!((&second["organization_name"], &second["waiting"]), (&json!("globex"), &Value::Null));
    assert_eq!(all["by_reason"], json!({"nothing": 1, "session_not_working": 1}));

    for (query, wanted) in [
        (format!("organization_id={}", globex.organization_id), "young"),
        (format!("session_id={old}"), "old"),
        ("waiting_for=nothing".to_owned(), "young"),
        ("min_age_seconds=30".to_owned(), "old"),
    ] {
        let page = operator.get(&format!("{LANES}?{query}")).await.expect(200);
        assert_eq!(names(&page), [wanted], "{query}: {page}");
    }
    let first = operator.get(&format!("{LANES}?limit=1")).await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = operator.get(&format!("{LANES}?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(
        (names(&first), names(&next), &next["next_cursor"]),
        (vec!["old"], vec!["young"], &Value::Null)
    );
    globex.get(LANES).await.problem(403, "operator_required");
}

#[tokio::test]
async fn what_is_for_later_and_a_campaign_s_people_count() {
    let clock = Clock::manual("2026-11-23T03:00:00Z".parse().unwrap());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let operator = app.register("acme").await;
    let session = app.session(&operator, "main").await.id.to_string();
    app.sql("update sessions set status = 'working'").await;
    let text = json!({"type": "text", "text": "hi"});
    let body = json!({"session_id": session, "to": "+6281234567890", "content": text, "send_at": "2026-11-23T05:00:00Z"});
    operator.post("/api/v1/messages", body).await.expect(202);
    let lane = operator.get(LANES).await.expect(200)["items"][0].clone();
    assert_eq!((&lane["runnable"], &lane["later"], &lane["oldest_at"]), (&json!(0), &json!(1), &Value::Null));
    assert_eq!(lane["waiting"], json!({"for": "send_at", "until": "2026-11-23T05:00:00Z", "code": null}));

    let body = json!({"name": "sale", "content": text, "session_ids": [session]});
    let path = operator.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/campaigns/{path}");
    let people = json!({"contacts": [{"phone": "+6281234567891"}]});
    operator.post(&format!("{path}/recipients"), people).await.expect(200);
    operator.post(&format!("{path}/start"), json!({})).await.expect(200);
    let lane = operator.get(LANES).await.expect(200)["items"][0].clone();
    assert_eq!(lane["waiting"], Value::Null, "its people wait for nothing: {lane}");
}
