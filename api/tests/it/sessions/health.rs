//! The health of a session in every answer that shows sessions: whatever is wrong, it can be read, and has a `since`.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use wahana_domain::health::Trouble;
use wahana_domain::sessions::{ParkReason, SessionStatus};
use wahana_domain::{Clock, SessionId};
use wahana_store::sessions::signals::Restriction;
use wahana_testkit::{Reply, Tenant, TestApp, TestOptions};

const V1: &str = "/api/v1";

struct Setting {
    clock: Clock,
    app: TestApp,
    operator: Tenant,
    session: SessionId,
    /// Routes that show the session.
    paths: Vec<String>,
}

/// A connected session in a sender pool, of an organization whose owner is the operator, too.
async fn arrange() -> Setting {
    let clock = Clock::manual("2026-12-01T03:00:00Z".parse().expect("a time"));
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let operator = app.register("operator").await;
    let session = app.session(&operator, "main").await.id;
    let pool = json!({"name": "sales", "members": [{"session_id": session.to_string()}]});
    let pool = operator.post(&format!("{V1}/sender-pools"), pool).await.expect(201);
    let node = operator.get(&format!("{V1}/operator/nodes")).await.expect(200)["items"][0]["id"].clone();
    let one = format!("{V1}/sessions/{session}");
    let mut paths = vec![format!("{V1}/sessions"), one.clone()];
    for rest in ["events", "lane", "statistics", "impact", "messages", "contacts", "pairing-links"] {
        paths.push(format!("{one}/{rest}"));
    }
    paths.push(format!("{V1}/sender-pools/{}/status", pool["id"].as_str().expect("an id")));
    paths.push(format!("{V1}/overview"));
    paths.push(format!("{V1}/operator/overview"));
    paths.push(format!("{V1}/operator/nodes/{}/sessions", node.as_str().expect("an id")));
    Setting { clock, app, operator, session, paths }
}

impl Setting {
    /// Everything about the session reads. Returns its reason and since when.
    async fn read(&self, what: &str) -> (Option<String>, DateTime<Utc>) {
        for path in &self.paths {
            let reply: Reply = self.operator.get(path).await;
            assert_eq!(reply.status, 200, "{what}: {path}: {}", reply.text);
        }
        let one = self.operator.get(&self.paths[1]).await.expect(200);
        let listed = self.operator.get(&self.paths[0]).await.expect(200);
        assert_eq!(listed["items"][0]["health"], one["health"], "{what}");
        let since = one["health"]["since"].as_str().unwrap_or_else(|| panic!("{what}: {one}"));
        (one["health"]["reason"].as_str().map(str::to_owned), since.parse().expect("a time"))
    }

    async fn well(&self) {
        self.app
            .sql(
                "update sessions
                 set status = 'working', trouble = null, trouble_since = null, needs_human_since = null,
                     parked_until = null, bulk_parked_until = null, rate_limited_at = null",
            )
            .await;
    }
}

#[tokio::test]
async fn a_parked_session_reads_and_says_since_when() {
    let setting = arrange().await;
    let system = setting.app.store.system();
    for reason in ParkReason::ALL.iter().copied() {
        setting.well().await;
        setting.clock.advance(TimeDelta::seconds(10));
        let began = setting.clock.now();
        system
            .sessions()
            .park_lane(setting.session, began + TimeDelta::seconds(30), reason)
            .await
            .expect("parked");
        let told = setting.read(reason.as_str()).await;
        assert_eq!(told, (Some(reason.as_str().to_owned()), began));
        // The park goes on: it is as old as its beginning.
        setting.clock.advance(TimeDelta::seconds(20));
        let end = setting.clock.now() + TimeDelta::seconds(30);
        system.sessions().park_lane(setting.session, end, reason).await.expect("parked");
        assert_eq!(setting.read(reason.as_str()).await.1, began);
        // A park that ended and another one later are two.
        setting.clock.advance(TimeDelta::seconds(60));
        let again = setting.clock.now();
        system
            .sessions()
            .park_lane(setting.session, again + TimeDelta::seconds(30), reason)
            .await
            .expect("parked");
        assert_eq!(setting.read(reason.as_str()).await.1, again);
    }
}

#[tokio::test]
async fn a_session_whose_bulk_line_is_parked_reads() {
    let setting = arrange().await;
    let system = setting.app.store.system();
    for code in ParkReason::ALL.iter().copied() {
        setting.well().await;
        let until = Some(setting.clock.now() + TimeDelta::hours(1));
        let restriction = Restriction { code, until, detail: "told by a test".into() };
        system.sessions().restrict(setting.session, &restriction).await.expect("restricted");
        let told = setting.read(code.as_str()).await;
        assert_eq!(told, (Some(code.as_str().to_owned()), setting.clock.now()));
    }
    // Rows that an older version wrote have no beginning.
    setting.app.sql("update sessions set bulk_parked_since = null").await;
    setting.read("a restriction without a beginning").await;
}

#[tokio::test]
async fn a_session_in_trouble_reads() {
    let setting = arrange().await;
    for trouble in Trouble::ALL {
        for status in SessionStatus::ALL {
            let name = format!("{} while {}", trouble.as_str(), status.as_str());
            setting.operator.patch(&setting.paths[1], json!({ "name": name })).await.expect(200);
            setting
                .app
                .sql(
                    "update sessions
                     set trouble = split_part(name, ' while ', 1),
                         status = split_part(name, ' while ', 2)::session_status",
                )
                .await;
            setting.read(&name).await;
        }
    }
}
