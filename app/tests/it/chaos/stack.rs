//! Private services, a simulator, the roles, and four paired senders.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use wahana_embedded::{Options, Services};
use wahana_testkit::eventually;
use wahana_testkit::invariants::Received;
use wahana_waha_sim::{Phones, SimConfig, SimHandle, SimServer};

use crate::chaos::client::Client;
use crate::chaos::roles::Role;

/// Senders of every campaign.
const SENDERS: usize = 4;
/// How long a worker may be silent.
pub(crate) const LEASE: Duration = Duration::from_secs(10);
/// How long a process may take to end when it is asked to.
pub(crate) const DRAIN: Duration = Duration::from_secs(8);

/// Everything, running. Ends with the test, whichever way it ends.
pub(crate) struct TestStack {
    pub(crate) services: Services,
    pub(crate) sim: SimHandle,
    pub(crate) client: Client,
    pub(crate) pool: PgPool,
    pub(crate) api: Role,
    pub(crate) scheduler: Role,
    pub(crate) workers: [Role; 2],
    /// The senders' ids.
    pub(crate) senders: Vec<String>,
    _logs: TempDir,
}

impl TestStack {
    /// Starts all of it; `phones` are the people who are written to.
    pub(crate) async fn start(phones: Phones) -> Self {
        Self::start_on(SimConfig { phones, ..SimConfig::default() }).await
    }

    /// The same on another WAHA.
    pub(crate) async fn start_on(sim: SimConfig) -> Self {
        Self::start_with(sim, &[]).await
    }

    /// The same with more settings.
    pub(crate) async fn start_with(sim: SimConfig, more: &[(&'static str, String)]) -> Self {
        let services = Services::start(Options::throwaway()).await.expect("private Postgres and Redis");
        let sim = SimServer::start(SimConfig { time_scale: 0.02, ..sim }).await.expect("a simulator");
        let logs = tempfile::tempdir().expect("a folder for logs");
        let pool = PgPool::connect_lazy(&services.database_url).expect("an address of Postgres");
        let mut env = env(&services, &sim);
        env.extend_from_slice(more);
        Role::start("migrate", "migrate", &env, logs.path()).end_well().await;
        let api = Role::start("api", "api", &env, logs.path());
        env.push(("WAHANA__WAHA__WEBHOOK_URL", api.url()));
        let start = |name, command| Role::start(name, command, &env, logs.path());
        let scheduler = start("scheduler", "scheduler");
        let workers = [start("worker-1", "worker"), start("worker-2", "worker")];
        let client = Client::register(api.url()).await;
        let mut stack =
            Self { services, sim, client, pool, api, scheduler, workers, senders: Vec::new(), _logs: logs };
        stack.pair().await;
        stack
    }

    async fn pair(&mut self) {
        let policy = json!({"gap_min_ms": 15, "gap_max_ms": 25, "daily_cap": null, "hourly_cap": null, "quiet_hours": null});
        for n in 1..=SENDERS {
            let session = self
                .client
                .post("/api/v1/sessions", json!({"name": format!("Phone {n}"), "policy": policy}))
                .await;
            self.senders.push(session["id"].as_str().expect("an id").to_owned());
        }
        for (n, id) in self.senders.iter().enumerate() {
            let path = format!("/api/v1/sessions/{id}");
            self.client.until(&path, |session| session["status"] == "scan_qr_code").await;
            assert!(
                self.sim.scan(&self.waha_name(id).await, &format!("62811000000{n}"), "Toko"),
                "no QR code to scan"
            );
        }
        for id in &self.senders {
            self.client
                .until(&format!("/api/v1/sessions/{id}"), |session| session["status"] == "working")
                .await;
        }
    }

    /// The name of this sender at WAHA.
    pub(crate) async fn waha_name(&self, sender: &str) -> String {
        let id: wahana_domain::SessionId = sender.parse().expect("an id of a session");
        sqlx::query_scalar("select waha_name from sessions where id = $1")
            .bind(id.0)
            .fetch_one(&self.pool)
            .await
            .expect("the session")
    }

    /// What WhatsApp got so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        let record = |r: wahana_waha_sim::SendRecord| Received {
            chat: r.chat_id.into(),
            waha_id: r.message_id.into(),
        };
        self.sim.sends().into_iter().map(record).collect()
    }

    /// Waits until WhatsApp got this many messages.
    pub(crate) async fn until_sent(&self, messages: u64) {
        eventually(&format!("{messages} messages"), async || {
            let sent = self.sim.sent();
            if sent >= messages { Ok(()) } else { Err(sent) }
        })
        .await;
    }

    /// Running sends are finished before sending stops; that takes time on a busy machine.
    pub(crate) async fn until_none_is_under_way(&self) {
        eventually("the end of the sends that are under way", async || {
            let under_way = self.texts("select id::text from messages where state = 'sending'").await;
            if under_way.is_empty() { Ok(()) } else { Err(under_way) }
        })
        .await;
    }

    /// Texts from SQL over all rows.
    pub(crate) async fn texts(&self, query: &'static str) -> Vec<String> {
        sqlx::query_scalar(query).fetch_all(&self.pool).await.expect("Postgres")
    }

    /// One command to Redis, as `redis-cli` would send it.
    pub(crate) async fn redis(&self, command: &str) -> String {
        let path = self
            .services
            .redis_url
            .strip_prefix("redis+unix://")
            .expect("a socket")
            .split('?')
            .next()
            .unwrap_or_default();
        let mut socket = UnixStream::connect(path).await.expect("Redis");
        socket.write_all(format!("{command}\r\n").as_bytes()).await.expect("Redis listens");
        let mut answer = vec![0; 256];
        let length = socket.read(&mut answer).await.expect("Redis answers");
        String::from_utf8_lossy(&answer[..length]).trim().to_owned()
    }

    fn roles(&mut self) -> impl Iterator<Item = &mut Role> {
        let [first, second] = &mut self.workers;
        [&mut self.api, &mut self.scheduler, first, second].into_iter()
    }

    /// Runs a command of the binary to its end: what it said, or what it complained about.
    pub(crate) async fn wahana(&self, args: &[&str]) -> Result<String, String> {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_wahana"));
        command
            .args(args)
            .envs(env(&self.services, &self.sim))
            .env("WAHANA__HTTP__BIND", "127.0.0.1:0")
            .env_remove("WAHANA_CONFIG")
            .kill_on_drop(true);
        let output = command.output().await.expect("the wahana binary");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(said(&output.stdout)) } else { Err(said(&output.stderr)) }
    }

    /// `kill -9` for every role.
    pub(crate) async fn kill_all(&mut self) {
        for role in self.roles() {
            role.kill().await;
        }
    }

    /// Starts every role again.
    pub(crate) fn restart_all(&mut self) {
        self.roles().for_each(Role::restart);
    }

    /// No process may have ended by itself.
    pub(crate) fn assert_all_live(&mut self) {
        let dead: Vec<String> =
            self.roles().filter_map(|role| (!role.lives()).then(|| role.tail())).collect();
        assert!(dead.is_empty(), "ended by itself:\n{}", dead.join("\n"));
    }
}

/// People with WhatsApp whose phones are on.
pub(crate) fn reachable() -> Phones {
    Phones { unknown: 0.0, off: 0.0, never: 0.0, ..Phones::default() }
}

fn env(services: &Services, sim: &SimHandle) -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", services.database_url.clone()),
        ("REDIS_URL", services.redis_url.clone()),
        ("WAHA_URL", sim.url()),
        ("WAHANA__SECURITY__MASTER_KEY", "a master key for chaos, long enough".into()),
        ("WAHANA__SECURITY__JWT_SECRET", "a token secret for chaos, long enough".into()),
        ("WAHANA__WORKERS__LEASE_SECONDS", LEASE.as_secs().to_string()),
        ("WAHANA__WAHA__REQUEST_TIMEOUT_SECONDS", "3".into()),
        ("WAHANA__WAHA__LATE_SEND_SECONDS", "6".into()),
        ("WAHANA__WAHA__SETTLE_SECONDS", "2".into()),
        ("WAHANA__SCHEDULER__RECONCILE_SECONDS", "5".into()),
        // Refusals are faults here, not the sign of a restricted account.
        ("WAHANA__REJECTIONS__IN_A_ROW", "0".into()),
        ("WAHANA__REJECTIONS__REFUSED", "0".into()),
        ("WAHANA__HTTP__DRAIN_SECONDS", DRAIN.as_secs().to_string()),
        ("WAHANA__HTTP__UNREADY_SECONDS", "2".into()),
        ("WAHANA__DATABASE__ACQUIRE_TIMEOUT_SECONDS", "2".into()),
        ("WAHANA__FLEET__DEAD_AFTER_SECONDS", "6".into()),
        ("WAHANA__FLEET__DEAD_NODE_FENCE_SECONDS", "1".into()),
        ("WAHANA__FLEET__POOL_PATIENCE_SECONDS", "1".into()),
        ("WAHANA__LOG__FORMAT", "pretty".into()),
        ("WAHANA__LOG__FILTER", "info".into()),
        ("NO_COLOR", "1".into()),
    ]
}

/// A field of an answer, as text.
pub(crate) fn text(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap_or_else(|| panic!("no {field} in {answer}")).to_owned()
}
