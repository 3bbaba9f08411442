//! A session whose device was removed on the phone: when that counts as known, and what a restart then does.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::SessionId;
use wahana_domain::sessions::SessionStatus;
use wahana_store::inbox::inbound_work::StatusNews;
use wahana_testkit::{Tenant, TestApp};

struct Setting {
    app: TestApp,
    acme: Tenant,
    session: SessionId,
    /// WAHA's time of the last status.
    at: DateTime<Utc>,
}

/// A session that was paired an hour ago.
async fn arrange() -> Setting {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id;
    let at = app.store.clock().now() - TimeDelta::hours(1);
    let mut setting = Setting { app, acme, session, at };
    setting.told(0, SessionStatus::Working).await;
    setting
}

impl Setting {
    /// WAHA reports a status, so many seconds after the one before.
    async fn told(&mut self, seconds: i64, status: SessionStatus) {
        self.at += TimeDelta::seconds(seconds);
        let phone = (status == SessionStatus::Working).then(|| "628110000001".to_owned());
        let news = StatusNews { status, event_ms: self.at.timestamp_millis(), phone, push_name: None };
        self.app.store.system().inbox().apply_status(self.session, &news).await.expect("applied");
    }

    /// A restart that fails so many seconds after STARTING.
    async fn fails_after(&mut self, seconds: i64) {
        self.told(5, SessionStatus::Stopped).await;
        self.told(1, SessionStatus::Starting).await;
        self.told(seconds, SessionStatus::Failed).await;
    }

    async fn health(&self) -> Value {
        let shown = self.acme.get(&format!("/api/v1/sessions/{}", self.session)).await.expect(200);
        json!([shown["health"]["state"], shown["health"]["reason"]])
    }

    /// What the command has done at WAHA.
    async fn job_of(&self, command: &str) -> Vec<String> {
        self.app.sql("delete from jobs").await;
        let path = format!("/api/v1/sessions/{}/{command}", self.session);
        self.acme.post(&path, json!({})).await.expect(202);
        self.app.texts("select kind from jobs").await
    }
}

#[tokio::test]
async fn two_failures_at_once_after_a_restart_mean_logged_out() {
    let mut setting = arrange().await;
    setting.told(1, SessionStatus::Failed).await;
    setting.fails_after(1).await;
    assert_eq!(setting.health().await, json!(["failed", "failed"]));
    assert_eq!(setting.job_of("restart").await, ["restart_session"]);
    setting.fails_after(1).await;
    assert_eq!(setting.health().await, json!(["needs_scan", "logged_out"]));
    let events = setting.acme.get(&format!("/api/v1/sessions/{}/events", setting.session)).await.expect(200);
    assert_eq!(events["items"][0]["code"], "logged_out");
    // A restart with the refused pairing would change nothing: it is removed.
    assert_eq!(setting.job_of("restart").await, ["logout_session"]);
    assert_eq!(setting.job_of("start").await, ["logout_session"]);
    assert_eq!(setting.job_of("stop").await, ["sync_session"]);
    setting.job_of("start").await;
    setting.told(1, SessionStatus::Starting).await;
    assert_eq!(setting.health().await, json!(["needs_scan", "logged_out"]));
    setting.told(1, SessionStatus::ScanQrCode).await;
    assert_eq!(setting.health().await, json!(["needs_scan", "scan_qr_code"]));
    assert_eq!(setting.job_of("restart").await, ["restart_session"]);
    setting.told(9, SessionStatus::Working).await;
    assert_eq!(setting.health().await, json!(["healthy", null]));
}

#[tokio::test]
async fn a_dead_network_is_no_logout() {
    let mut setting = arrange().await;
    for _ in 0..4 {
        setting.fails_after(119).await;
    }
    assert_eq!(setting.health().await, json!(["failed", "failed"]));
    // Nor do failures count that are not in a row.
    for _ in 0..3 {
        setting.fails_after(1).await;
        setting.fails_after(119).await;
    }
    setting.fails_after(1).await;
    setting.told(5, SessionStatus::Starting).await;
    setting.told(1, SessionStatus::Working).await;
    setting.fails_after(1).await;
    assert_eq!(setting.health().await, json!(["failed", "failed"]));
}

#[tokio::test]
async fn a_session_that_was_never_paired_is_not_logged_out() {
    let mut setting = arrange().await;
    setting.app.sql("update sessions set phone = null").await;
    for _ in 0..3 {
        setting.fails_after(1).await;
    }
    assert_eq!(setting.health().await, json!(["failed", "failed"]));
}
