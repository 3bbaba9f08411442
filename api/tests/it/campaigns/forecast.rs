//! Forecasts over HTTP, deadlines at launch, and what a lane says of itself.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Client, TestApp, TestOptions};

const NOW: &str = "2026-11-23T03:00:00Z";

struct Setting {
    app: TestApp,
    owner: Client,
    session: String,
}

/// A working session that sends 100 messages a day, one each 10 s.
async fn arrange() -> Setting {
    let clock = Clock::manual(NOW.parse().expect("a time"));
    let app = TestApp::with(TestOptions { clock, ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let policy = json!({"gap_min_ms": 10_000, "gap_max_ms": 10_000, "daily_cap": 100, "hi_share_percent": 0, "time_zone": "UTC"});
    acme.patch(&format!("/api/v1/sessions/{session}"), json!({ "policy": policy })).await.expect(200);
    app.sql("update sessions set status = 'working'").await;
    Setting { owner: acme.client.clone(), app, session }
}

impl Setting {
    async fn campaign(&self, people: u32, pace: Value) -> String {
        let text = json!({"type": "text", "text": "hello"});
        let body = json!({"name": "x", "content": text, "session_ids": [self.session], "pace": pace});
        let made = self.owner.post("/api/v1/campaigns", body).await.expect(201);
        let path = format!("/api/v1/campaigns/{}", made["id"].as_str().expect("an id"));
        let contacts: Vec<Value> =
            (0..people).map(|n| json!({"phone": format!("+62812345{n:05}")})).collect();
        self.owner.post(&format!("{path}/recipients"), json!({ "contacts": contacts })).await.expect(200);
        path
    }
}

#[tokio::test]
async fn a_draft_knows_its_days_and_what_binds_them() {
    let setting = arrange().await;
    let path = setting.campaign(250, json!({})).await;
    let told = setting.owner.get(&format!("{path}/forecast")).await.expect(200);
    assert_eq!(
        told["days"],
        json!([
            {"date": "2026-11-23", "messages": 100, "binding": "daily_cap"},
            {"date": "2026-11-24", "messages": 100, "binding": "daily_cap"},
            {"date": "2026-11-25", "messages": 50, "binding": "turn"},
        ])
    );
    let finish: DateTime<Utc> = told["finish"].as_str().unwrap().parse().unwrap();
    let wanted: DateTime<Utc> = "2026-11-25T00:08:20Z".parse().unwrap();
    assert!((finish - wanted).abs() < TimeDelta::minutes(2), "{finish}");
    assert_eq!((&told["messages"], &told["finishes_before_deadline"]), (&json!(250), &Value::Null));

    setting.app.sql("update sessions set status = 'failed'").await;
    let told = setting.owner.get(&format!("{path}/forecast")).await.expect(200);
    assert_eq!((&told["finish"], &told["stuck"]), (&Value::Null, &json!("session_not_working")));
}

#[tokio::test]
async fn a_deadline_that_cannot_be_kept_is_told_before_the_launch() {
    let setting = arrange().await;
    let path = setting.campaign(250, json!({"finish_by": "2026-11-24T12:00:00Z"})).await;
    let told = setting.owner.get(&format!("{path}/forecast")).await.expect(200);
    assert_eq!(told["finishes_before_deadline"], false);
    let refused =
        setting.owner.post(&format!("{path}/start"), json!({})).await.problem(409, "deadline_missed");
    assert_eq!(refused["field"], "pace.finish_by");
    assert!(refused["detail"].as_str().unwrap().contains("daily_cap"), "{refused}");
    let started = setting.owner.post(&format!("{path}/start?accept_late=true"), json!({})).await.expect(200);
    assert_eq!(started["state"], "running");

    let path = setting.campaign(50, json!({"finish_by": "2026-11-26T12:00:00Z"})).await;
    assert_eq!(setting.owner.post(&format!("{path}/start"), json!({})).await.expect(200)["state"], "running");
}

#[tokio::test]
async fn a_pace_that_contradicts_itself_names_its_field() {
    let setting = arrange().await;
    let text = json!({"type": "text", "text": "hello"});
    for (pace, field) in [
        (json!({"messages_per_hour": 0}), "pace.messages_per_hour"),
        (json!({"send_window": {"from": "08:00", "to": "08:00"}}), "pace.send_window"),
        (json!({"finish_by": NOW}), "pace.finish_by"),
    ] {
        let body = json!({"name": "x", "content": text, "session_ids": [setting.session], "pace": pace});
        let problem = setting.owner.post("/api/v1/campaigns", body).await.problem(422, "invalid_field");
        assert_eq!(problem["field"], field);
    }
}

#[tokio::test]
async fn a_lane_says_what_it_waits_for() {
    let setting = arrange().await;
    setting
        .app
        .sql(
            "insert into session_usage (session_id, organization_id, quarter, sent, bulk, new_chats)
             select id, organization_id, '2026-11-23T02:45:00Z', 40, 30, 20
             from sessions",
        )
        .await;
    let path = format!("/api/v1/sessions/{}/lane", setting.session);
    let lane = setting.owner.get(&path).await.expect(200);
    assert_eq!((&lane["bulk"]["left"], &lane["bulk"]["waiting"]), (&json!(70), &Value::Null));
    assert_eq!((&lane["sent_24h"], &lane["new_chats_24h"]), (&json!(40), &json!(20)));
    setting.app.sql("update session_usage set bulk = 100").await;
    let lane = setting.owner.get(&path).await.expect(200);
    assert_eq!(
        lane["bulk"]["waiting"],
        json!({"for": "daily_cap", "until": "2026-11-24T00:00:00Z", "code": null})
    );
    assert_eq!(lane["transactional"]["waiting"], Value::Null, "somebody waits for them");
}
