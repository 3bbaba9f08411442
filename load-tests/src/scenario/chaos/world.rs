//! The system under test: private Postgres and Redis, a simulated WAHA, several processes of each role, and a
//! proxy on every link between them. The simulator runs in this process, because it represents WhatsApp,
//! which loses nothing.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use sqlx::PgPool;
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::time::Instant;
use wahana_embedded::{Options, Services};
use wahana_waha_sim::{Faults, Phones, SimConfig, SimHandle, SimServer, Version};

use super::net::{Proxy, Upstream};
use super::plan::Server;
use super::process::Process;
use super::roles::{LEASE, ROLES, name};
use crate::role::{JWT_SECRET, MASTER_KEY, free_address};

/// Clock skew of each, in milliseconds, if libfaketime is installed.
const SKEW_MS: [i64; 7] = [0, 1_700, -1_400, 900, 0, -1_900, 2_000];
/// Time limit of a shutdown after SIGTERM.
pub(super) const DRAIN: Duration = Duration::from_secs(5);
/// Speed-up of WAHA and WhatsApp.
const TIME_SCALE: f64 = 0.02;
/// How long a kernel keeps a connection that was forgotten on the way; Linux takes up to 15 minutes.
const FORGOTTEN: Duration = Duration::from_secs(120);
/// The same for the queue's connections, which request less (`crates/queue/src/connection.rs`); a proxy hides
/// that.
const FORGOTTEN_BY_REDIS: Duration = Duration::from_secs(15);
const READY_WITHIN: Duration = Duration::from_secs(60);

/// The proxies of one process.
struct Links {
    postgres: Proxy,
    redis: Proxy,
}

/// The running system.
pub(super) struct World {
    pub(super) services: Services,
    pub(super) sim: SimHandle,
    /// Connections that bypass the proxies, for checks.
    pub(super) pool: PgPool,
    pub(super) processes: Vec<Mutex<Process>>,
    /// Serializes the faults of a server, also if it takes longer to start than planned.
    pub(super) postgres: Mutex<()>,
    pub(super) redis: Mutex<()>,
    /// Whether clocks differ.
    pub(super) skewed: bool,
    links: Vec<Links>,
    waha: Proxy,
    webhooks: Proxy,
    customers: Proxy,
    logs: PathBuf,
    _folder: TempDir,
}

impl World {
    /// Starts it. `logs` keeps the logs of the roles beyond the run.
    pub(super) async fn start(seed: u64, logs: Option<&Path>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let logs = logs.unwrap_or(folder.path()).to_owned();
        std::fs::create_dir_all(&logs)?;
        let services = Services::start(Options::throwaway()).await?;
        let sim = SimServer::start(waha(seed)).await?;
        let waha = Proxy::start(Upstream::Tcp(vec![sim.address()]), FORGOTTEN).await?;
        let addresses = ROLES.iter().map(|_| free_address()).collect::<anyhow::Result<Vec<_>>>()?;
        let apis: Vec<SocketAddr> =
            ROLES.iter().zip(&addresses).filter(|(role, _)| **role == "api").map(|(_, a)| *a).collect();
        let mut links = Vec::new();
        for _ in ROLES {
            links.push(Links {
                postgres: Proxy::start(Upstream::Unix(postgres_socket(&services)?), FORGOTTEN).await?,
                redis: Proxy::start(Upstream::Unix(redis_socket(&services)?), FORGOTTEN_BY_REDIS).await?,
            });
        }
        let pool = PgPool::connect_lazy(&services.database_url)?;
        let mut world = Self {
            sim,
            pool,
            processes: Vec::new(),
            postgres: Mutex::default(),
            redis: Mutex::default(),
            skewed: libfaketime().is_some(),
            links,
            waha,
            webhooks: Proxy::start(Upstream::Tcp(apis.clone()), FORGOTTEN).await?,
            customers: Proxy::start(Upstream::Tcp(apis), FORGOTTEN).await?,
            logs,
            services,
            _folder: folder,
        };
        world.migrate().await?;
        for (n, address) in addresses.into_iter().enumerate() {
            let process = Process::start(name(n), ROLES[n], address, world.environment(n), &world.logs)?;
            world.processes.push(Mutex::new(process));
        }
        world.until_ready().await?;
        Ok(world)
    }

    async fn migrate(&self) -> anyhow::Result<()> {
        let mut migrate =
            Process::start("migrate".into(), "migrate", free_address()?, self.environment(0), &self.logs)?;
        migrate.ends(READY_WITHIN).await
    }

    fn environment(&self, n: usize) -> Vec<(String, String)> {
        let Links { postgres, redis } = &self.links[n];
        let mut environment = vec![
            ("DATABASE_URL", format!("postgres://wahana@{}/wahana?sslmode=disable", postgres.address)),
            ("REDIS_URL", format!("redis://{}", redis.address)),
            ("WAHA_URL", format!("http://{}", self.waha.address)),
            ("WAHANA__WAHA__WEBHOOK_URL", format!("http://{}", self.webhooks.address)),
            ("WAHANA__WAHA__REQUEST_TIMEOUT_SECONDS", "3".into()),
            ("WAHANA__WAHA__LATE_SEND_SECONDS", "6".into()),
            ("WAHANA__WAHA__SETTLE_SECONDS", "2".into()),
            ("WAHANA__WAHA__CONNECT_TIMEOUT_SECONDS", "2".into()),
            ("WAHANA__SECURITY__MASTER_KEY", MASTER_KEY.into()),
            ("WAHANA__SECURITY__JWT_SECRET", JWT_SECRET.into()),
            ("WAHANA__WORKERS__LEASE_SECONDS", LEASE.as_secs().to_string()),
            ("WAHANA__SCHEDULER__RECONCILE_SECONDS", "3".into()),
            ("WAHANA__HTTP__DRAIN_SECONDS", DRAIN.as_secs().to_string()),
            ("WAHANA__HTTP__UNREADY_SECONDS", "1".into()),
            ("WAHANA__LOG__FORMAT", "pretty".into()),
            ("WAHANA__LOG__FILTER", "info".into()),
            ("NO_COLOR", "1".into()),
        ];
        if let Some(library) = libfaketime().filter(|_| SKEW_MS[n] != 0) {
            environment.push(("LD_PRELOAD", library.display().to_string()));
            environment.push(("FAKETIME", format!("{:+.3}s", SKEW_MS[n] as f64 / 1000.0)));
            // Timers and timeouts use the monotonic clock, which cannot be set.
            environment.push(("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()));
            environment.push(("FAKETIME_DONT_RESET", "1".into()));
        }
        environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The address of the API for customers.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.customers.address)
    }

    /// The proxies between this process (or all) and a server.
    pub(super) fn proxies(&self, process: Option<usize>, server: Server) -> Vec<&Proxy> {
        match server {
            Server::Waha => vec![&self.waha],
            Server::Webhooks => vec![&self.webhooks],
            Server::Customers => vec![&self.customers],
            Server::Postgres => self.links_of(process).map(|links| &links.postgres).collect(),
            Server::Redis => self.links_of(process).map(|links| &links.redis).collect(),
        }
    }

    fn links_of(&self, process: Option<usize>) -> impl Iterator<Item = &Links> {
        self.links.iter().enumerate().filter(move |(n, _)| process.is_none_or(|p| p == *n)).map(|(_, l)| l)
    }

    async fn until_ready(&self) -> anyhow::Result<()> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(2)).build()?;
        let (started, url) = (Instant::now(), format!("{}/readyz", self.url()));
        while !http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
            for process in &self.processes {
                if let Some(how) = process.lock().await.ended() {
                    bail!("{how}");
                }
            }
            if started.elapsed() > READY_WITHIN {
                bail!("the API does not answer");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Ends everything.
    pub(super) async fn stop(self) {
        for process in &self.processes {
            process.lock().await.kill().await;
        }
        self.pool.close().await;
        self.sim.stop().await;
        self.services.stop().await;
    }
}

/// The permanent faults of WAHA: webhooks arrive twice and out of order.
pub(super) fn usual_faults() -> Faults {
    Faults { webhook_duplicate: 0.1, webhook_disorder: 0.3, webhook_disorder_ms: 20_000, ..Faults::default() }
}

fn waha(seed: u64) -> SimConfig {
    SimConfig {
        seed,
        // One of the two accepts ids chosen by us, the other does not.
        version: if seed.is_multiple_of(2) { Version::V2026_4 } else { Version::V2026_7 },
        time_scale: TIME_SCALE,
        auto_scan: Some(Duration::from_millis(200)),
        faults: usual_faults(),
        phones: Phones { unknown: 0.0, off: 0.0, never: 0.0, reply: 0.0, ..Phones::default() },
        ..SimConfig::default()
    }
}

/// The library that changes a process' clock, from the package libfaketime.
fn libfaketime() -> Option<PathBuf> {
    let names = ["x86_64-linux-gnu/faketime", "aarch64-linux-gnu/faketime", "faketime"];
    let mut paths = names.iter().map(|name| Path::new("/usr/lib").join(name).join("libfaketime.so.1"));
    paths.find(|path| path.is_file())
}

fn postgres_socket(services: &Services) -> anyhow::Result<PathBuf> {
    let options: sqlx::postgres::PgConnectOptions = services.database_url.parse()?;
    let folder = options.get_socket().context("the private Postgres has a socket")?;
    Ok(folder.join(format!(".s.PGSQL.{}", options.get_port())))
}

fn redis_socket(services: &Services) -> anyhow::Result<PathBuf> {
    let path = services.redis_url.strip_prefix("redis+unix://").context("the private Redis has a socket")?;
    Ok(path.split('?').next().unwrap_or(path).into())
}
