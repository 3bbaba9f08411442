//! The system under test: private Postgres and Redis, the WAHA stub, and the roles of the `wahana` binary as
//! processes; with one organization, its API keys and its sessions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::bail;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::time::Instant;
use url::Url;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::Desired;
use wahana_domain::{Clock, SessionId};
use wahana_embedded::{Options, Services};
use wahana_store::sessions::NewSession;
use wahana_store::{Keyring, Plans, Store, StoreOptions};

use crate::account::Account;
use crate::child::Child;
use crate::cli::Common;
use crate::meter::{Meter, Watched};
use crate::role::{MASTER_KEY, Role, free_address};
use crate::rows::copy_sessions;
use crate::stub::Taken;

const READY_WITHIN: Duration = Duration::from_secs(60);

/// Configuration of a stack.
#[derive(Default)]
pub(crate) struct Wanted {
    /// WhatsApp sessions.
    pub(crate) sessions: u16,
    /// Whether the sessions work, and scheduler and worker run; else only the API runs and nothing is sent.
    pub(crate) sending: bool,
    /// API keys; each may make 1,000 requests per second.
    pub(crate) keys: usize,
    /// Whether Postgres counts its statements.
    pub(crate) statements: bool,
}

/// The running system.
pub(crate) struct Stack {
    pub(crate) store: Store,
    pub(crate) services: Services,
    /// The tenant that is measured.
    pub(crate) account: Account,
    pub(crate) api: Child,
    pub(crate) stub_url: Url,
    pub(crate) logs: PathBuf,
    http: reqwest::Client,
    url: Url,
    /// Scheduler and worker, if they run.
    sending: Vec<Child>,
    others: Vec<Child>,
    _folder: TempDir,
}

impl Stack {
    pub(crate) async fn start(common: &Common, wanted: Wanted) -> anyhow::Result<Self> {
        let folder = folder()?;
        let data = Options::keep(Some(folder.path().join("data")));
        let services = Services::start(if common.durable { data } else { Options::throwaway() }).await?;
        if wanted.statements {
            crate::statements::count(&services).await?;
        }
        let logs = folder.path().to_owned();
        let (stub, stub_url) = Child::start_own("stub", &[], &logs).await?;
        let stub_url: Url = stub_url.parse()?;
        let address = free_address()?;
        let role = Role { services: &services, stub: &stub_url, logs: &logs };
        role.start("migrate", free_address()?)?.finish().await?;
        let mut api = role.start("api", address)?;
        let pool = StoreOptions {
            url: services.database_url.clone(),
            max_connections: 4,
            acquire_timeout: Duration::from_secs(20),
            plans: Plans::PerValue,
        };
        let store = Store::new(&pool, Keyring::new(&SecretString::from(MASTER_KEY)), Clock::System)?;
        let url = Url::parse(&format!("http://{address}/api/v1/"))?;
        let http = reqwest::Client::builder().timeout(Duration::from_secs(900)).build()?;
        wait_for(&http, &url, &mut api).await?;
        let account = Account::register(&url, "Load", wanted.keys).await?;
        let mut stack = Self {
            store,
            account,
            api,
            stub_url,
            logs,
            http,
            url,
            sending: Vec::new(),
            others: vec![stub],
            services,
            _folder: folder,
        };
        stack.account.sessions = stack.make_sessions(&stack.account, &wanted).await?;
        if wanted.sending {
            stack.start_sending()?;
        }
        Ok(stack)
    }

    /// A tenant with sessions. No role that sends may run.
    pub(crate) async fn open_account(&self, name: &str, wanted: &Wanted) -> anyhow::Result<Account> {
        let mut account = Account::register(&self.url, name, wanted.keys).await?;
        account.sessions = self.make_sessions(&account, wanted).await?;
        Ok(account)
    }

    /// Sessions without pauses and caps. Their state is written as if they had been paired: pairing is not
    /// measured.
    async fn make_sessions(
        &self,
        account: &Account,
        wanted: &Wanted,
    ) -> anyhow::Result<Vec<(SessionId, String)>> {
        let (pool, tenant) = (self.store.pool(), self.store.tenant(account.organization));
        sqlx::query("update nodes set capacity = 1000000").execute(pool).await?;
        let new = NewSession {
            name: "Phone".into(),
            description: None,
            policy: policy(0, 0),
            follow_zone: false,
            desired: Desired::Running,
            placement: Default::default(),
        };
        let first =
            tenant.sessions().create(new).await?.map_err(|none| anyhow::anyhow!("no room: {none}"))?.id;
        // Not to be connected.
        sqlx::query("delete from jobs where kind <> 'send_message'").execute(pool).await?;
        if wanted.sending {
            sqlx::query("update sessions set status = 'working' where id = $1")
                .bind(first.0)
                .execute(pool)
                .await?;
        }
        let copies: Vec<_> = (1..wanted.sessions).map(|_| new_session()).collect();
        copy_sessions(pool, first, &copies).await?;
        let all: Vec<String> = sqlx::query_scalar("select waha_name from sessions").fetch_all(pool).await?;
        self.http.put(self.stub_url.join("/stub/sessions")?).json(&all).send().await?.error_for_status()?;
        Ok(sqlx::query_as::<_, (uuid::Uuid, String)>(
            "select id, waha_name from sessions where organization_id = $1 order by id",
        )
        .bind(account.organization.0)
        .fetch_all(pool)
        .await?
        .into_iter()
        .map(|(id, name)| (SessionId(id), name))
        .collect())
    }

    /// Another pause between two messages, in milliseconds, for these sessions.
    pub(crate) async fn set_gap(
        &self,
        sessions: &[SessionId],
        gap_min_ms: u32,
        gap_max_ms: u32,
    ) -> anyhow::Result<()> {
        let ids: Vec<uuid::Uuid> = sessions.iter().map(|id| id.0).collect();
        sqlx::query("update sessions set policy = $2 where id = any($1)")
            .bind(&ids)
            .bind(sqlx::types::Json(policy(gap_min_ms, gap_max_ms)))
            .execute(self.store.pool())
            .await?;
        Ok(())
    }

    /// Starts a scheduler and a worker.
    pub(crate) fn start_sending(&mut self) -> anyhow::Result<()> {
        let role = Role { services: &self.services, stub: &self.stub_url, logs: &self.logs };
        self.sending =
            vec![role.start("scheduler", free_address()?)?, role.start("worker", free_address()?)?];
        Ok(())
    }

    /// Stops them gracefully; afterwards nothing changes.
    pub(crate) async fn stop_sending(&mut self) {
        futures::future::join_all(self.sending.drain(..).map(Child::stop)).await;
    }

    /// Deletes all messages, campaigns and jobs, also at the stub and in Redis. No role that sends may run.
    pub(crate) async fn clear(&self) -> anyhow::Result<()> {
        sqlx::query("truncate messages, jobs, attempts, campaigns, campaign_progress cascade")
            .execute(self.store.pool())
            .await?;
        let mut redis =
            redis::Client::open(self.services.redis_url.as_str())?.get_multiplexed_async_connection().await?;
        redis::cmd("FLUSHALL").exec_async(&mut redis).await?;
        self.http.delete(self.stub_url.join("/stub/taken")?).send().await?.error_for_status()?;
        Ok(())
    }

    /// CPU of the roles, the servers, the stub, and of this process, which makes the load.
    pub(crate) fn meter(&self) -> Meter {
        let mut watched = self.watched();
        let process = |name, pid| Watched { name, pid, with_children: false };
        watched.extend(self.others.iter().map(|child| process(child.name(), child.pid())));
        watched.push(process("client", std::process::id()));
        Meter::start(&watched)
    }

    /// The roles and the servers.
    pub(crate) fn watched(&self) -> Vec<Watched> {
        let process = |name, pid| Watched { name, pid, with_children: false };
        let mut watched = vec![process("api", self.api.pid())];
        watched.extend(self.sending.iter().map(|child| process(child.name(), child.pid())));
        watched.push(Watched {
            name: "postgres",
            pid: self.services.postgres_pid().unwrap_or_default(),
            with_children: true,
        });
        watched.push(process("redis", self.services.redis_pid().unwrap_or_default()));
        watched
    }

    /// Measures this process too, and ends it with the stack.
    pub(crate) fn adopt(&mut self, child: Child) {
        self.others.push(child);
    }

    /// Number of texts that the stub received.
    pub(crate) async fn stub_count(&self) -> anyhow::Result<u64> {
        Ok(self.http.get(self.stub_url.join("/stub/count")?).send().await?.text().await?.parse()?)
    }

    /// All of them.
    pub(crate) async fn stub_taken(&self) -> anyhow::Result<Vec<Taken>> {
        Ok(self.http.get(self.stub_url.join("/stub/taken")?).send().await?.json().await?)
    }

    /// Those of these sessions, by their names at WAHA.
    pub(crate) async fn stub_taken_of(&self, names: &[&str]) -> anyhow::Result<Vec<Taken>> {
        let call = self.http.post(self.stub_url.join("/stub/taken")?).json(names);
        Ok(call.send().await?.json().await?)
    }

    /// Ends everything, the roles first.
    pub(crate) async fn stop(self) {
        let Self { api, sending, others, services, store, .. } = self;
        futures::future::join_all(sending.into_iter().chain(others).chain([api]).map(Child::stop)).await;
        store.close().await;
        services.stop().await;
    }
}

async fn wait_for(http: &reqwest::Client, url: &Url, api: &mut Child) -> anyhow::Result<()> {
    let started = Instant::now();
    let health = url.join("/healthz")?;
    while !http.get(health.clone()).send().await.is_ok_and(|answer| answer.status().is_success()) {
        api.still_runs()?;
        if started.elapsed() > READY_WITHIN {
            bail!("the API does not answer:\n{}", api.last_words());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// No caps, and this pause between two messages.
fn policy(gap_min_ms: u32, gap_max_ms: u32) -> PacingPolicy {
    PacingPolicy { gap_min_ms, gap_max_ms, daily_cap: None, hourly_cap: None, ..PacingPolicy::default() }
}

/// An id, and a name at WAHA like the product's.
fn new_session() -> (SessionId, String) {
    let id = SessionId::new(Clock::System.now(), rand::random());
    (id, format!("w_{}", id.to_string().trim_start_matches("ses_")))
}

/// A folder on a real disk, even if /tmp is in memory; for `--durable`.
fn folder() -> anyhow::Result<TempDir> {
    let base = Path::new("/var/tmp");
    let base = if base.is_dir() { base.to_owned() } else { std::env::temp_dir() };
    Ok(tempfile::Builder::new().prefix("wahana-load-").permissions(open_to_all()).tempdir_in(base)?)
}

/// If root starts us, the servers run as another user, who needs access.
fn open_to_all() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o755)
}
