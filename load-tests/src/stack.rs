//! What is measured: private Postgres and Redis, the WAHA stub, and the roles of the `wahana` binary beside ours, each
//! a process of its own; with one organization, its API keys and its sessions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::header;
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::Instant;
use url::Url;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::Desired;
use wahana_domain::{Clock, OrganizationId, SessionId};
use wahana_embedded::{Options, Services};
use wahana_store::sessions::NewSession;
use wahana_store::{Keyring, Store, StoreOptions};

use crate::child::Child;
use crate::cli::Common;
use crate::client::Target;
use crate::meter::{Meter, Watched};
use crate::role::{MASTER_KEY, Role, free_address};
use crate::stub::Taken;

const READY_WITHIN: Duration = Duration::from_secs(60);

/// Which stack a scenario wants.
pub(crate) struct Wanted {
    /// WhatsApp sessions.
    pub(crate) sessions: u16,
    /// Whether they work, and scheduler and worker run; else only the API runs and nothing is sent.
    pub(crate) sending: bool,
    /// API keys; each may make 1,000 requests per second.
    pub(crate) keys: usize,
}

/// Everything that runs.
pub(crate) struct Stack {
    pub(crate) store: Store,
    pub(crate) services: Services,
    /// The sessions with their names at WAHA.
    pub(crate) sessions: Vec<(SessionId, String)>,
    pub(crate) api: Child,
    pub(crate) stub_url: Url,
    pub(crate) logs: PathBuf,
    http: reqwest::Client,
    url: Url,
    keys: Vec<String>,
    others: Vec<Child>,
    _folder: TempDir,
}

impl Stack {
    pub(crate) async fn start(common: &Common, wanted: Wanted) -> anyhow::Result<Self> {
        let folder = folder()?;
        let data = Options::keep(Some(folder.path().join("data")));
        let services = Services::start(if common.durable { data } else { Options::throwaway() }).await?;
        let logs = folder.path().to_owned();
        let (stub, stub_url) = Child::start_own("stub", &[], &logs).await?;
        let stub_url: Url = stub_url.parse()?;
        let address = free_address()?;
        let role = Role { services: &services, stub: &stub_url, logs: &logs };
        role.start("migrate", free_address()?)?.finish().await?;
        let api = role.start("api", address)?;
        let pool = StoreOptions {
            url: services.database_url.clone(),
            max_connections: 4,
            acquire_timeout: Duration::from_secs(20),
        };
        let store = Store::new(&pool, Keyring::new(&SecretString::from(MASTER_KEY)), Clock::System)?;
        let url = Url::parse(&format!("http://{address}/api/v1/"))?;
        let mut stack = Self {
            store,
            sessions: Vec::new(),
            api,
            stub_url,
            logs: logs.clone(),
            http: reqwest::Client::builder().timeout(Duration::from_secs(900)).build()?,
            url,
            keys: Vec::new(),
            others: vec![stub],
            services,
            _folder: folder,
        };
        stack.wait_for_api().await?;
        let organization = stack.register(wanted.keys).await?;
        stack.make_sessions(organization, &wanted).await?;
        if wanted.sending {
            let role = Role { services: &stack.services, stub: &stack.stub_url, logs: &logs };
            let (scheduler, worker) =
                (role.start("scheduler", free_address()?)?, role.start("worker", free_address()?)?);
            stack.others.extend([scheduler, worker]);
        }
        Ok(stack)
    }

    async fn wait_for_api(&mut self) -> anyhow::Result<()> {
        let started = Instant::now();
        let health = self.url.join("/healthz")?;
        while !self.http.get(health.clone()).send().await.is_ok_and(|answer| answer.status().is_success()) {
            self.api.still_runs()?;
            if started.elapsed() > READY_WITHIN {
                bail!("the API does not answer:\n{}", self.api.last_words());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// An organization, and its keys.
    async fn register(&mut self, keys: usize) -> anyhow::Result<OrganizationId> {
        let owner = json!({"email": "load@example.com", "password": "kuda terbang tinggi", "name": "Load", "organization": "Load"});
        let account = self.post("auth/register", owner).await?;
        self.keys = vec![text(&account, "access_token")?];
        let scopes = json!(["messages:send", "messages:read", "campaigns:write", "campaigns:read"]);
        let mut made = Vec::new();
        for n in 0..keys.max(1) {
            let key =
                self.post("user/api-keys", json!({"name": format!("key {n}"), "scopes": scopes})).await?;
            made.push(text(&key, "key")?);
        }
        self.keys = made;
        Ok(text(&account, "organization_id")?.parse()?)
    }

    /// Sessions without pauses and caps. Their state is written as if they had been paired: pairing is not measured.
    async fn make_sessions(&mut self, organization: OrganizationId, wanted: &Wanted) -> anyhow::Result<()> {
        let policy = PacingPolicy {
            gap_min_ms: 0,
            gap_max_ms: 0,
            daily_cap: None,
            hourly_cap: None,
            ..PacingPolicy::default()
        };
        let tenant = self.store.tenant(organization);
        for n in 0..wanted.sessions {
            let new = NewSession {
                name: format!("Phone {n}"),
                description: None,
                policy: policy.clone(),
                desired: Desired::Running,
                placement: Default::default(),
            };
            tenant.create_session(new).await?.map_err(|none| anyhow::anyhow!("no room: {none}"))?;
        }
        sqlx::query("delete from jobs").execute(self.store.pool()).await?;
        if wanted.sending {
            sqlx::query("update sessions set status = 'working'").execute(self.store.pool()).await?;
        }
        self.sessions =
            sqlx::query_as::<_, (uuid::Uuid, String)>("select id, waha_name from sessions order by id")
                .fetch_all(self.store.pool())
                .await?
                .into_iter()
                .map(|(id, name)| (SessionId(id), name))
                .collect();
        let names: Vec<&String> = self.sessions.iter().map(|(_, name)| name).collect();
        self.http.put(self.stub_url.join("/stub/sessions")?).json(&names).send().await?.error_for_status()?;
        Ok(())
    }

    /// Where messages are posted to, over so many connections; each has a key of its own, as far as there are keys.
    pub(crate) fn targets(&self, connections: usize) -> Vec<Target> {
        let authority = self.url.authority().to_owned();
        let target = |n: usize| Target {
            authority: authority.clone(),
            path: "/api/v1/messages",
            key: self.keys[n % self.keys.len()].clone(),
        };
        (0..connections).map(target).collect()
    }

    /// The session of message `n`: one after the other.
    pub(crate) fn session_of(&self) -> impl Fn(u64) -> SessionId + Clone + Send + 'static {
        let ids: Vec<SessionId> = self.sessions.iter().map(|(id, _)| *id).collect();
        move |n| ids[(n % ids.len() as u64) as usize]
    }

    /// CPU of the roles, the servers, the stub, and of us who make the load.
    pub(crate) fn meter(&self) -> Meter {
        let process = |name, pid| Watched { name, pid, with_children: false };
        let mut watched = vec![process("api", self.api.pid())];
        watched.extend(self.others.iter().map(|child| process(child.name(), child.pid())));
        watched.push(Watched {
            name: "postgres",
            pid: self.services.postgres_pid().unwrap_or_default(),
            with_children: true,
        });
        watched.push(process("redis", self.services.redis_pid().unwrap_or_default()));
        watched.push(process("client", std::process::id()));
        Meter::start(&watched)
    }

    /// Measures this process too, and ends it with the stack.
    pub(crate) fn adopt(&mut self, child: Child) {
        self.others.push(child);
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        answer(path, self.http.get(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer())).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        answer(
            path,
            self.http.post(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer()).json(&body),
        )
        .await
    }

    /// Uploads a list, read from its file piece by piece.
    pub(crate) async fn upload(&self, path: &str, list: &Path) -> anyhow::Result<Value> {
        let file = tokio_util::io::ReaderStream::with_capacity(tokio::fs::File::open(list).await?, 64 * 1024);
        let request = self.http.post(self.url.join(path)?).header(header::AUTHORIZATION, self.bearer());
        answer(path, request.header(header::CONTENT_TYPE, "text/csv").body(reqwest::Body::wrap_stream(file)))
            .await
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.keys.first().map_or("", String::as_str))
    }

    /// How many texts the stub took.
    pub(crate) async fn stub_count(&self) -> anyhow::Result<u64> {
        Ok(self.http.get(self.stub_url.join("/stub/count")?).send().await?.text().await?.parse()?)
    }

    /// All of them.
    pub(crate) async fn stub_taken(&self) -> anyhow::Result<Vec<Taken>> {
        Ok(self.http.get(self.stub_url.join("/stub/taken")?).send().await?.json().await?)
    }

    /// Ends everything, the roles first.
    pub(crate) async fn stop(self) {
        let Self { api, others, services, store, .. } = self;
        futures::future::join_all(others.into_iter().chain([api]).map(Child::stop)).await;
        store.close().await;
        services.stop().await;
    }
}

async fn answer(path: &str, request: reqwest::RequestBuilder) -> anyhow::Result<Value> {
    let answer = request.send().await?;
    let (status, body) = (answer.status(), answer.text().await?);
    if !status.is_success() {
        bail!("{path} answered {status}: {body}");
    }
    Ok(serde_json::from_str(&body).unwrap_or(Value::Null))
}

pub(crate) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field].as_str().with_context(|| format!("no {field} in {value}"))?.to_owned())
}

/// On a real disk, also where /tmp is memory; for `--durable`.
fn folder() -> anyhow::Result<TempDir> {
    let base = Path::new("/var/tmp");
    let base = if base.is_dir() { base.to_owned() } else { std::env::temp_dir() };
    Ok(tempfile::Builder::new().prefix("wahana-load-").permissions(open_to_all()).tempdir_in(base)?)
}

/// Started by root, the servers run as somebody else, who has to get in.
fn open_to_all() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o755)
}
