//! All parts in one process, and paired sessions on a simulator.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::{CancellationToken, DropGuard};
use wahana_domain::rejections::RejectionLimits;
use wahana_egress::Egress;
use wahana_fleet::Fleet;
use wahana_media::Converters;
use wahana_queue::Queue;
use wahana_scheduler::{Scheduler, SchedulerOptions, Supervision};
use wahana_store::fleet::nodes::NewNode;
use wahana_testkit::{Tenant, TestApp};
use wahana_waha_sim::{Phones, SimConfig, SimHandle, SimServer};
use wahana_workers::{DoubtOptions, NumberChecks, WorkerOptions, Workers, owner_name};

/// Everything, running. Ends with the test.
pub(crate) struct TestStack {
    pub(crate) sim: SimHandle,
    pub(crate) acme: Tenant,
    pub(crate) app: TestApp,
    _running: DropGuard,
}

/// A paired session.
pub(crate) struct Phone {
    /// Its id.
    pub(crate) id: String,
    /// Its name at WAHA.
    pub(crate) waha_name: String,
}

impl TestStack {
    pub(crate) async fn start(sim: SimConfig) -> Self {
        Self::start_with(sim, Converters::find(), false).await
    }

    /// The same with these programs, and with files from this machine if `allow_private`.
    pub(crate) async fn start_with(sim: SimConfig, converters: Converters, allow_private: bool) -> Self {
        let sim = SimConfig { time_scale: 0.02, phones: reachable(), ..sim };
        let sim = SimServer::start(sim).await.expect("a simulator");
        let app = TestApp::start().await;
        let acme = app.register("acme").await;
        let node = NewNode {
            name: "sim".into(),
            base_url: sim.url(),
            api_key: String::new().into(),
            engine: None,
            capacity: 100,
        };
        app.store.system().nodes().upsert(node).await.expect("a node");
        let shutdown = CancellationToken::new();
        run(&app, converters, allow_private, &shutdown).await;
        Self { sim, acme, app, _running: shutdown.drop_guard() }
    }

    /// A new session, paired and WORKING, that waits a moment between two messages.
    pub(crate) async fn phone(&self, name: &str) -> Phone {
        let policy = json!({"gap_min_ms": 400, "gap_max_ms": 400, "daily_cap": null, "hourly_cap": null, "quiet_hours": null});
        let made =
            self.acme.post("/api/v1/sessions", json!({"name": name, "policy": policy})).await.expect(201);
        let id = made["id"].as_str().expect("an id").to_owned();
        let session: wahana_domain::SessionId = id.parse().expect("an id");
        let waha_name: String =
            self.app.store.system().sessions().work(session).await.expect("read").expect("it").waha_name;
        self.session(&id, |session| session["status"] == "scan_qr_code").await;
        assert!(self.sim.scan(&waha_name, "628110000001", "Toko"), "no QR code to scan");
        self.session(&id, |session| session["status"] == "working").await;
        Phone { id, waha_name }
    }

    /// Sends `text` to a person and returns the message's id.
    pub(crate) async fn send(&self, phone: &Phone, to: &str, class: &str, text: &str) -> String {
        let body = json!({"to": to, "text": text, "class": class});
        let sent =
            self.acme.post(&format!("/api/v1/sessions/{}/send-text", phone.id), body).await.expect(202);
        sent["id"].as_str().expect("an id").to_owned()
    }

    /// The session, once it is as wanted.
    pub(crate) async fn session(&self, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.until(&format!("/api/v1/sessions/{id}"), wanted).await
    }

    /// The message, once it is as wanted.
    pub(crate) async fn message(&self, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.until(&format!("/api/v1/messages/{id}"), wanted).await
    }

    /// An answer, once it is as wanted.
    pub(crate) async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.acme.until(path, wanted).await
    }

    /// The codes in a session's timeline, oldest first.
    pub(crate) async fn codes(&self, phone: &Phone) -> Vec<String> {
        let events = self.acme.get(&format!("/api/v1/sessions/{}/events", phone.id)).await.expect(200);
        let codes = events["items"].as_array().into_iter().flatten().rev();
        codes.filter_map(|event| event["code"].as_str().map(str::to_owned)).collect()
    }

    /// The texts that WhatsApp got, in order.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.sim.sends().into_iter().map(|sent| sent.text.into()).collect()
    }
}

/// People with WhatsApp whose phones are on and who do not answer.
pub(crate) fn reachable() -> Phones {
    Phones { unknown: 0.0, off: 0.0, never: 0.0, slow: 0.0, reply: 0.0, ..Phones::default() }
}

/// The scheduler and two workers, on a corner of Redis that nobody else has.
async fn run(app: &TestApp, converters: Converters, allow_private: bool, shutdown: &CancellationToken) {
    let redis = std::env::var("REDIS_URL").expect("REDIS_URL is not set; run the tests with `./wahana test`");
    let queue = Queue::connect(&redis, &format!("test-{:016x}", rand::random::<u64>())).await.expect("Redis");
    let fleet = Fleet::new(app.store.clone(), wahana_waha::Options::default());
    let options = SchedulerOptions {
        tick: Duration::from_millis(100),
        roster_every: Duration::from_secs(1),
        node_dead_after: Duration::from_secs(1),
        supervision: Supervision {
            every: Duration::from_millis(100),
            restarts_per_node: 2,
            ..Supervision::default()
        },
        ..SchedulerOptions::default()
    };
    let scheduler = Scheduler::new(app.store.clone(), queue.clone(), fleet.clone(), options);
    tokio::spawn(scheduler.run(shutdown.clone()));
    for _ in 0..2 {
        let options = WorkerOptions {
            owner: owner_name(),
            host: "test".into(),
            lane_concurrency: 8,
            plain_concurrency: 4,
            lease: Duration::from_secs(20),
            number_checks: NumberChecks { gap: Duration::from_millis(50), ..NumberChecks::default() },
            doubt: DoubtOptions { late_send: Duration::from_secs(8), settle: Duration::from_secs(1) },
            rejections: RejectionLimits::default(),
            webhook_url: app.url.parse().expect("a URL"),
            drain: Duration::from_secs(1),
            poll: Duration::from_millis(50),
        };
        let egress = Egress::new(wahana_egress::Options { allow_private }).expect("a client");
        let converters = converters.clone();
        let workers = Workers {
            store: app.store.clone(),
            queue: queue.clone(),
            fleet: fleet.clone(),
            egress,
            converters,
            options,
        };
        tokio::spawn(workers.run(shutdown.clone()));
    }
}
