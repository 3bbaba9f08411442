//! Limits on the way from Postgres to Redis, with a real scheduler and a clock that the test moves: whose night it is,
//! the rate of a campaign, chats begun, the rate of a plan. No worker runs, so what was released stays where it is.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio_util::sync::{CancellationToken, DropGuard};
use wahana_domain::Clock;
use wahana_fleet::Fleet;
use wahana_queue::Queue;
use wahana_scheduler::{Scheduler, SchedulerOptions};
use wahana_testkit::{Client, TestApp, TestOptions, eventually};

struct TestScheduler {
    app: TestApp,
    clock: Clock,
    owner: Client,
    session: String,
    _scheduler: DropGuard,
}

impl TestScheduler {
    /// One working session with this pace and no pauses, and a scheduler. It is 10:00 in Jakarta, 03:00 in London.
    async fn new(policy: Value) -> Self {
        let clock = Clock::manual("2026-11-23T03:00:00Z".parse().unwrap());
        let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
        let tenant = app.register("acme").await;
        let session = app.session(&tenant, "main").await.id.to_string();
        let owner = app.client(&tenant.key);
        works(&app, &owner, &session, policy).await;
        let url =
            std::env::var("REDIS_URL").expect("REDIS_URL is not set; run the tests with `./wahana test`");
        let queue = Queue::connect(&url, &format!("test-{session}")).await.unwrap();
        let options = SchedulerOptions {
            tick: Duration::from_millis(20),
            lane_window: 100,
            roster_every: Duration::from_secs(3_600),
            ..SchedulerOptions::default()
        };
        let fleet = Fleet::new(app.store.clone(), wahana_waha::Options::default());
        let shutdown = CancellationToken::new();
        tokio::spawn(Scheduler::new(app.store.clone(), queue, fleet, options).run(shutdown.clone()));
        Self { app, clock, owner, session, _scheduler: shutdown.drop_guard() }
    }

    async fn campaign(&self, pace: Value, phones: &[String]) -> String {
        let text = json!({"type": "text", "text": "hello"});
        let campaign = json!({"name": "x", "content": text, "session_ids": [self.session], "pace": pace});
        let made = self.owner.post("/api/v1/campaigns", campaign).await.expect(201);
        let path = format!("/api/v1/campaigns/{}", made["id"].as_str().unwrap());
        let contacts: Vec<Value> = phones.iter().map(|phone| json!({"phone": phone})).collect();
        self.owner.post(&format!("{path}/recipients"), json!({ "contacts": contacts })).await.expect(200);
        self.owner.post(&format!("{path}/start"), json!({})).await.expect(200);
        path
    }

    async fn send(&self, to: &str, class: &str) -> String {
        send(&self.owner, &self.session, to, class).await
    }

    async fn released(&self) -> i64 {
        self.app.count("select count(*) from jobs where state = 'released' and lane is not null").await
    }

    /// Waits until so many jobs are released, and some more to see that no further ones are.
    async fn settles_at(&self, wanted: i64) {
        eventually(&format!("{wanted} released jobs"), async || {
            let released = self.released().await;
            if released >= wanted { Ok(()) } else { Err(released) }
        })
        .await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(self.released().await, wanted);
    }

    /// What the answer at this path says of waiting, once it is this reason.
    async fn waits_for(&self, path: &str, reason: &str) -> Value {
        self.owner.until(path, |got| got["waiting"]["for"] == reason).await["waiting"].clone()
    }
}

/// Paired, with this pace and no pauses.
async fn works(app: &TestApp, owner: &Client, session: &str, mut policy: Value) {
    for (field, value) in [("gap_min_ms", json!(0)), ("gap_max_ms", json!(0)), ("daily_cap", Value::Null)] {
        policy[field] = value;
    }
    owner.patch(&format!("/api/v1/sessions/{session}"), json!({ "policy": policy })).await.expect(200);
    app.sql("update sessions set status = 'working'").await;
}

/// Posts a message; returns its path.
async fn send(owner: &Client, session: &str, to: &str, class: &str) -> String {
    let text = json!({"type": "text", "text": "hello"});
    let message = json!({"session_id": session, "to": to, "content": text, "class": class});
    let sent = owner.post("/api/v1/messages", message).await.expect(202);
    format!("/api/v1/messages/{}", sent["id"].as_str().unwrap())
}

fn indonesians(n: u32) -> impl Iterator<Item = String> {
    (0..n).map(|n| format!("+62812345{n:05}"))
}

fn britons(n: u32) -> impl Iterator<Item = String> {
    (0..n).map(|n| format!("+4479111{n:05}"))
}

#[tokio::test]
async fn those_whose_window_is_open_go_first_and_nobody_is_lost() {
    let window = json!({"send_window": {"from": "09:00", "to": "21:00", "zone": "recipient"}});
    let fixture = TestScheduler::new(window).await;
    let people: Vec<String> = indonesians(15).zip(britons(15)).flat_map(|(a, b)| [a, b]).collect();
    let campaign = fixture.campaign(json!({}), &people).await;
    fixture.settles_at(15).await;
    let abroad = fixture.app.count("select count(*) from messages where phone like '44%'").await;
    assert_eq!(abroad, 0, "nobody is woken up");
    let progress = fixture.owner.get(&format!("{campaign}/progress")).await.expect(200);
    assert_eq!((&progress["waiting"], &progress["by_state"]["queued"]), (&json!(15), &json!(15)));

    let cold = fixture.send("+447911199999", "bulk").await;
    let waiting = fixture.waits_for(&cold, "recipient_window").await;
    assert_eq!(waiting["until"], "2026-11-23T09:00:00Z");

    fixture.clock.advance(TimeDelta::hours(6));
    fixture.settles_at(31).await;
    let twice = "select count(*) - count(distinct phone) from messages where campaign_id is not null";
    assert_eq!(fixture.app.count(twice).await, 0);
}

#[tokio::test]
async fn a_campaign_keeps_its_own_rate() {
    let fixture = TestScheduler::new(json!({})).await;
    fixture.campaign(json!({"messages_per_hour": 60}), &indonesians(20).collect::<Vec<_>>()).await;
    fixture.settles_at(1).await;
    fixture.clock.advance(TimeDelta::seconds(61));
    fixture.settles_at(2).await;
    fixture.clock.advance(TimeDelta::hours(3));
    // What was missed is not made up for at once.
    fixture.settles_at(3).await;
}

#[tokio::test]
async fn a_day_begins_so_many_chats_and_no_more() {
    let fixture = TestScheduler::new(json!({"new_chats_per_day": 3})).await;
    fixture.campaign(json!({}), &indonesians(10).collect::<Vec<_>>()).await;
    fixture.settles_at(3).await;
    let limits = "select waiting_for from lane_limits where class = 'bulk'";
    assert_eq!(fixture.app.texts(limits).await, ["new_chat_cap"]);
}

#[tokio::test]
async fn the_rate_of_the_plan_holds_for_all_its_messages() {
    let fixture = TestScheduler::new(json!({})).await;
    fixture.app.sql("update plans set messages_per_minute = 30").await;
    let mut last = String::new();
    for phone in indonesians(10) {
        last = fixture.send(&phone, "transactional").await;
    }
    fixture.waits_for(&last, "plan_rate").await;
    assert!(fixture.released().await < 10, "one every two seconds");
    fixture.app.sql("update plans set messages_per_minute = null").await;
    fixture.send("+6281234599999", "transactional").await;
    fixture.settles_at(11).await;
}

#[tokio::test]
async fn the_limit_of_a_node_holds_for_all_who_share_it() {
    let fixture = TestScheduler::new(json!({})).await;
    let tenant = fixture.app.register("neighbour").await;
    let session = fixture.app.session(&tenant, "theirs").await.id.to_string();
    let neighbour = fixture.app.client(&tenant.key);
    works(&fixture.app, &neighbour, &session, json!({})).await;
    fixture.app.sql("update nodes set messages_per_minute = 30").await;
    let (mut ours, mut theirs) = (String::new(), String::new());
    for phone in indonesians(10) {
        ours = fixture.send(&phone, "transactional").await;
        theirs = send(&neighbour, &session, &phone, "transactional").await;
    }
    fixture.waits_for(&ours, "node_limit").await;
    assert!(fixture.released().await < 10, "one every two seconds, of both together");
    assert_eq!(neighbour.get(&theirs).await.expect(200)["waiting"]["for"], "node_limit");
    fixture.app.sql("update nodes set messages_per_minute = null").await;
    fixture.send("+6281234599999", "transactional").await;
    send(&neighbour, &session, "+6281234599999", "transactional").await;
    fixture.settles_at(22).await;
}
