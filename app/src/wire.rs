//! From settings to the parts of a process.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;
use wahana_api::{ApiConfig, ApiState};
use wahana_config::{Config, LogFormat, load_or_create_keys};
use wahana_domain::Clock;
use wahana_domain::rejections::RejectionLimits;
use wahana_egress::Egress;
use wahana_embedded::Running;
use wahana_fleet::Fleet;
use wahana_queue::Queue;
use wahana_runtime::{Export, Format, Metrics, OnEnd, Shutdown, init_logs};
use wahana_scheduler::{Scheduler, SchedulerOptions, Supervision};
use wahana_store::fleet::nodes::NewNode;
use wahana_store::{Actor, Keyring, Plans, Store, StoreOptions, System};
use wahana_workers::{DoubtOptions, NumberChecks, WorkerOptions, Workers, owner_name};

/// The name of the node that the settings give; more are registered by operators.
const CONFIGURED_NODE: &str = "default";
/// Sessions a NOWEB node carries safely (docs/waha.md section 9).
const NODE_CAPACITY: i32 = 500;

const DAY: Duration = Duration::from_secs(24 * 3600);
const MINUTE: Duration = Duration::from_secs(60);

/// The settings of this process.
pub(crate) fn config(file: Option<&Path>) -> anyhow::Result<Config> {
    Ok(Config::from_process(file)?)
}

/// The settings of a command on this machine: without a database in them, that of the `wahana up` which runs here.
pub(crate) fn local(file: Option<&Path>) -> anyhow::Result<Config> {
    let mut config = config(file)?;
    if config.database.url.is_none()
        && let Some(running) = Running::find(config.data.dir.clone())
    {
        config.database.url = Some(SecretString::from(running.database_url));
        config.redis.url.get_or_insert_with(|| SecretString::from(running.redis_url));
        load_or_create_keys(&mut config, &running.data_dir, rand::random())?;
        crate::media::default_folder(&mut config, &running.data_dir);
    }
    Ok(config)
}

/// What every role has.
pub(crate) struct Process {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) shutdown: Shutdown,
    pub(crate) metrics: Metrics,
}

impl Process {
    /// Logs, metrics, signals and the store. `config` must name a database and hold the keys.
    pub(crate) fn new(config: Config, plans: Plans) -> anyhow::Result<Self> {
        let metrics = Metrics::install()?;
        let shutdown = Shutdown::new(Duration::from_secs(config.http.drain_seconds));
        shutdown.on_signals()?;
        let store = store(&config, plans)?;
        shutdown.spawn("figures", OnEnd::Log, figures(store.clone(), shutdown.token()));
        Ok(Self { store, config, shutdown, metrics })
    }

    pub(crate) fn api_state(&self) -> anyhow::Result<ApiState> {
        let metrics = self.metrics.clone();
        Ok(ApiState::new(
            self.store.clone(),
            api_config(&self.config)?,
            Arc::new(wahana_waha::Clients::new(waha_options(&self.config))),
            Arc::new(move || metrics.render()),
            self.shutdown.token(),
        )?)
    }

    pub(crate) async fn queue(&self) -> anyhow::Result<Queue> {
        queue(&self.config).await
    }

    pub(crate) fn fleet(&self) -> Fleet {
        Fleet::new(self.store.clone(), waha_options(&self.config))
    }

    pub(crate) fn workers(&self, queue: Queue, fleet: Fleet) -> anyhow::Result<Workers> {
        let config = &self.config;
        let options = WorkerOptions {
            owner: owner_name(),
            host: host_name(),
            lane_concurrency: config.workers.lane_concurrency,
            plain_concurrency: config.workers.plain_concurrency,
            lease: Duration::from_secs(u64::from(config.workers.lease_seconds)),
            number_checks: NumberChecks {
                gap: Duration::from_millis(config.number_checks.gap_ms),
                keep_yes: DAY * u32::try_from(config.number_checks.yes_days).unwrap_or(u32::MAX),
                keep_no: Duration::from_secs(60 * config.number_checks.no_minutes),
            },
            doubt: DoubtOptions {
                late_send: Duration::from_secs(config.waha.late_send_seconds),
                settle: Duration::from_secs(config.waha.settle_seconds),
            },
            rejections: RejectionLimits {
                in_a_row: config.rejections.in_a_row,
                of_last: config.rejections.refused,
                window: config.rejections.of_last,
                pause: MINUTE * config.rejections.pause_minutes,
                retry: MINUTE * config.rejections.retry_minutes,
            },
            webhook_url: config.webhook_url()?,
            drain: Duration::from_secs(config.http.drain_seconds),
            poll: Duration::from_millis(100),
        };
        let egress =
            Egress::new(wahana_egress::Options { allow_private: config.security.allow_private_egress })?;
        let converters = wahana_media::Converters::find();
        Ok(Workers { store: self.store.clone(), queue, fleet, egress, converters, options })
    }

    pub(crate) fn scheduler(&self, queue: Queue, fleet: Fleet) -> Scheduler {
        let settings = &self.config.scheduler;
        let supervision = &self.config.supervision;
        let options = SchedulerOptions {
            host: host_name(),
            tick: Duration::from_millis(settings.tick_ms),
            lane_window: settings.lane_window,
            plain_window: settings.plain_window,
            roster_every: Duration::from_secs(settings.reconcile_seconds),
            supervision: Supervision {
                starting: Duration::from_secs(supervision.starting_seconds),
                deaf_after: Duration::from_secs(supervision.deaf_seconds),
                unacked_after: Duration::from_secs(supervision.unacked_seconds),
                restarts_per_node: supervision.restarts_per_node,
                ..Supervision::default()
            },
            dead_node_fence: Duration::from_secs(self.config.fleet.dead_node_fence_seconds),
            moves_at_once: self.config.fleet.moves_at_once,
            pool_patience: Duration::from_secs(self.config.fleet.pool_patience_seconds),
            node_dead_after: Duration::from_secs(self.config.fleet.dead_after_seconds),
            keep_media: DAY * self.config.media.keep_days,
            ..SchedulerOptions::default()
        };
        Scheduler::new(self.store.clone(), queue, fleet, options)
    }

    /// Registers the WAHA server of the settings, if there is one.
    pub(crate) async fn register_node(&self) -> anyhow::Result<()> {
        let Some(url) = &self.config.waha.url else { return Ok(()) };
        let api_key = self.config.waha.api_key.clone().unwrap_or_else(|| SecretString::from(""));
        let node = NewNode {
            name: CONFIGURED_NODE.into(),
            base_url: url.to_string(),
            api_key,
            engine: None,
            capacity: NODE_CAPACITY,
        };
        self.store.system().nodes().upsert(node).await?;
        Ok(())
    }

    /// Cancelled when the process is to end.
    pub(crate) fn token(&self) -> CancellationToken {
        self.shutdown.token()
    }
}

/// What this machine calls itself; in a container, its id.
fn host_name() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    kernel.trim().to_owned()
}

/// How often the figures of this process are read.
const FIGURES_EVERY: Duration = Duration::from_secs(5);

/// Tells metrics how much of the pool is in use.
async fn figures(store: Store, shutdown: CancellationToken) -> anyhow::Result<()> {
    loop {
        let pool = store.pool_use();
        let gauge = |state, connections| {
            metrics::gauge!("postgres_pool_connections", "state" => state).set(f64::from(connections));
        };
        gauge("idle", pool.idle);
        gauge("used", pool.used);
        gauge("max", pool.most);
        if shutdown.run_until_cancelled(tokio::time::sleep(FIGURES_EVERY)).await.is_none() {
            return Ok(());
        }
    }
}

/// Installs the log subscriber of the settings; `service` is the role of this process.
pub(crate) fn logs(config: &Config, service: &'static str) -> anyhow::Result<()> {
    let format = match config.log.format {
        LogFormat::Auto => Format::Auto,
        LogFormat::Pretty => Format::Pretty,
        LogFormat::Json => Format::Json,
    };
    let telemetry = &config.telemetry;
    let traces = telemetry
        .otlp_endpoint
        .clone()
        .map(|endpoint| Export { endpoint, sample_ratio: telemetry.sample_ratio });
    init_logs(format, &config.log.filter, service, traces.as_ref())
}

/// The store of the settings; connects when first used.
pub(crate) fn store(config: &Config, plans: Plans) -> anyhow::Result<Store> {
    let database = &config.database;
    let url = database
        .url
        .as_ref()
        .context("no database: set DATABASE_URL (or database.url), or run `wahana up`")?;
    let Some(master_key) = &config.security.master_key else {
        bail!(
            "no master key: set security.master_key (WAHANA__SECURITY__MASTER_KEY) to the same long random text for every role"
        );
    };
    let options = StoreOptions {
        url: url.expose_secret().to_owned(),
        max_connections: database.max_connections,
        acquire_timeout: Duration::from_secs(database.acquire_timeout_seconds),
        plans,
    };
    let store = Store::new(&options, Keyring::new(master_key), Clock::System)
        .context("the database URL does not read")?;
    Ok(store.with_media(crate::media::storage(config)?))
}

/// The queue of the settings.
pub(crate) async fn queue(config: &Config) -> anyhow::Result<Queue> {
    let url = config.redis.url.as_ref().context("no Redis: set REDIS_URL (or redis.url)")?;
    Queue::connect(url.expose_secret(), &config.redis.prefix).await.context("cannot reach Redis")
}

/// All rows, for a command of somebody at this machine; acts stand in the audit log under the name of the account.
pub(crate) async fn cli_system(config: &Config) -> anyhow::Result<System> {
    let store = store(config, Plans::PerValue)?;
    store.ready().await?;
    let account = std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned());
    Ok(store.system().acting(Arc::new(Actor::cli(&account))))
}

fn waha_options(config: &Config) -> wahana_waha::Options {
    wahana_waha::Options {
        connect_timeout: Duration::from_secs(config.waha.connect_timeout_seconds),
        timeout: Duration::from_secs(config.waha.request_timeout_seconds),
        media_timeout: Duration::from_secs(config.waha.media_timeout_seconds),
    }
}

fn api_config(config: &Config) -> anyhow::Result<ApiConfig> {
    let Some(jwt_secret) = config.security.jwt_secret.clone() else {
        bail!(
            "no token secret: set security.jwt_secret (WAHANA__SECURITY__JWT_SECRET) to the same long random text for every API process"
        );
    };
    Ok(ApiConfig {
        access_token: Duration::from_secs(60 * u64::from(config.security.access_token_minutes)),
        refresh_token: Duration::from_secs(24 * 3600 * u64::from(config.security.refresh_token_days)),
        public_url: Some(config.public_url()?),
        open_signup: config.security.open_signup,
        json_max_bytes: config.http.json_max_bytes,
        media_max_bytes: config.http.media_max_bytes,
        csv_max_bytes: config.http.csv_max_bytes,
        max_recipients: u32::try_from(config.campaigns.max_recipients).unwrap_or(u32::MAX),
        request_timeout: Duration::from_secs(config.http.request_timeout_seconds),
        upload_timeout: Duration::from_secs(config.http.upload_timeout_seconds),
        drain: Duration::from_secs(config.http.drain_seconds),
        unready: Duration::from_secs(config.http.unready_seconds),
        requests_per_second: config.http.requests_per_second,
        attempts_per_minute: config.http.attempts_per_minute,
        trusted_proxies: config.http.trusted_proxies,
        dashboard: crate::dashboard::file,
        ..ApiConfig::new(jwt_secret)
    })
}
