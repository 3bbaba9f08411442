//! Installation status.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use wahana_domain::Clock;
use wahana_domain::jobs::WorkerRole;
use wahana_store::jobs::workers::Worker;
use wahana_testkit::{TestApp, TestOptions};

struct Setting {
    app: TestApp,
    clock: Clock,
}

impl Setting {
    async fn new() -> Self {
        let clock = Clock::manual("2026-11-23T10:00:00Z".parse().unwrap());
        let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
        Self { app, clock }
    }

    async fn beat(&self, role: WorkerRole, owner: &str, redis_error: Option<&str>) {
        let now = self.clock.now();
        let process = Worker {
            owner: owner.to_owned(),
            role: role.into(),
            host: "a".to_owned(),
            version: "1".to_owned(),
            started_at: now,
            seen_at: now,
            draining: false,
            converts: Vec::new(),
            slots: BTreeMap::new().into(),
            redis_error: redis_error.map(str::to_owned),
            redis_since: now,
        };
        self.app.store.system().workers().beat(&process).await.unwrap();
    }

    /// What each part shows after this time, as `part: state reason`.
    async fn after(&self, seconds: i64) -> Vec<String> {
        self.clock.advance(TimeDelta::seconds(seconds));
        let told = self.app.anonymous().get("/api/v1/status").await.expect(200);
        let line = |part: &serde_json::Value| {
            let word = |field: &str| part[field].as_str().unwrap_or_default().to_owned();
            format!("{}: {} {}", word("part"), word("state"), word("reason")).trim_end().to_owned()
        };
        told["parts"].as_array().unwrap().iter().map(line).collect()
    }
}

#[tokio::test]
async fn states_follow_what_processes_say() {
    let setting = Setting::new().await;
    assert_eq!(
        setting.after(3).await,
        [
            "api: ok",
            "database: ok",
            "redis: unknown nobody_to_ask",
            "scheduler: down none",
            "workers: down none",
            "nodes: down none",
        ]
    );
    setting.app.node().await;
    setting.app.sql("update nodes set health = 'healthy'").await;
    setting.beat(WorkerRole::Scheduler, "s", None).await;
    setting.beat(WorkerRole::Worker, "w", None).await;
    let well = ["api: ok", "database: ok", "redis: ok", "scheduler: ok", "workers: ok", "nodes: ok"];
    assert_eq!(setting.after(3).await, well);

    setting.beat(WorkerRole::Scheduler, "s", Some("gone")).await;
    setting.app.sql("update nodes set health = 'dead'").await;
    let told = setting.after(3).await;
    assert_eq!((&*told[2], &*told[5]), ("redis: degraded some_not_answering", "nodes: down not_answering"));
    setting.beat(WorkerRole::Worker, "w", Some("gone")).await;
    assert_eq!(setting.after(3).await[2], "redis: down not_answering");

    let silent = setting.after(20).await;
    assert_eq!((&*silent[3], &*silent[4]), ("scheduler: degraded silent", "workers: degraded silent"));
    setting.beat(WorkerRole::Scheduler, "s", None).await;
    let later = setting.after(60).await;
    assert_eq!((&*later[3], &*later[4]), ("scheduler: degraded silent", "workers: down none"));
}

#[tokio::test]
async fn it_is_told_since_when() {
    let setting = Setting::new().await;
    let redis = async || {
        setting.clock.advance(TimeDelta::seconds(3));
        let told = setting.app.anonymous().get("/api/v1/status").await.expect(200);
        told["parts"][2]["since"].as_str().unwrap().to_owned()
    };
    setting.beat(WorkerRole::Worker, "w", None).await;
    assert_eq!(redis().await, "2026-11-23T10:00:00Z");
    setting.beat(WorkerRole::Worker, "w", None).await;
    assert_eq!(redis().await, "2026-11-23T10:00:00Z", "still since then");
    setting.beat(WorkerRole::Worker, "w", Some("gone")).await;
    assert_eq!(redis().await, "2026-11-23T10:00:06Z", "away since then");
}

#[tokio::test]
async fn without_the_database_it_says_so() {
    let setting = Setting::new().await;
    setting.app.store.close().await;
    let told = setting.after(3).await;
    assert_eq!((&*told[0], &*told[1]), ("api: ok", "database: down not_answering"));
    assert!(told[2..].iter().all(|part| part.ends_with("unknown nobody_to_ask")), "{told:?}");
}
