//! Both servers together: start, stop, and a watcher that restarts a server that died.
//! It must never lose kept data: a second start on the same folder is refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use wahana_backoff::Backoff;

use crate::binaries::Binaries;
use crate::error::EmbeddedError;
use crate::folder::{Folder, default_data_dir};
use crate::purpose::Purpose;
use crate::service::Service;
use crate::{postgres, redis};

const WATCH_EVERY: Duration = Duration::from_millis(500);
/// Longest pause between two tries to start a server again.
const REVIVE_EVERY_MAX: Duration = Duration::from_secs(10);
const DROP_WITHIN: Duration = Duration::from_secs(5);
const SPARE: &str = "spare";

/// Where and how to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data folder of [`Purpose::Keep`]; `None` means `WAHANA_DATA_DIR`, else [`default_data_dir`].
    /// [`Purpose::Throwaway`] always makes a new folder.
    pub data_dir: Option<PathBuf>,
    /// How durable the data must be.
    pub purpose: Purpose,
}

impl Options {
    /// Data that stays, in this folder or in the default one.
    pub fn keep(data_dir: Option<PathBuf>) -> Self {
        Self { data_dir, purpose: Purpose::Keep }
    }

    /// Data that is deleted on stop.
    pub fn throwaway() -> Self {
        Self { data_dir: None, purpose: Purpose::Throwaway }
    }
}

/// A running Postgres and Redis that end with this process, even if it is killed.
#[derive(Debug)]
pub struct Services {
    /// `postgres://wahana@localhost:54329/wahana?host=<folder>`: superuser, over a unix socket.
    pub database_url: String,
    /// `redis+unix://<socket>`.
    pub redis_url: String,
    /// The folder everything lives in.
    pub data_dir: PathBuf,
    binaries: Binaries,
    postgres: Arc<Service>,
    redis: Arc<Service>,
    watchers: [JoinHandle<()>; 2],
    folder: Folder,
}

impl Services {
    /// Starts both (0.1 s on an existing folder, about 1 s on a new one) and returns when they answer.
    ///
    /// # Errors
    /// What is missing or prevents the start, and what solves it.
    pub async fn start(options: Options) -> Result<Self, EmbeddedError> {
        Self::start_and_spare(options, false).await
    }

    /// The same; with `spare`, a copy of the new cluster stays beside it ([`Services::spare_cluster`]), to be copied.
    pub(crate) async fn start_and_spare(options: Options, spare: bool) -> Result<Self, EmbeddedError> {
        let purpose = options.purpose;
        let folder = match purpose {
            Purpose::Keep => Folder::keep(&wanted_folder(options.data_dir))?,
            Purpose::Throwaway => Folder::throwaway()?,
        };
        let started = Self::start_in(&folder, purpose, spare).await;
        let (binaries, postgres, redis) = started.inspect_err(|_| folder.remove())?;
        let watchers = [watch(postgres.clone()), watch(redis.clone())];
        Ok(Self {
            database_url: postgres::url(&folder.run),
            redis_url: redis::url(&folder.run),
            data_dir: folder.root.clone(),
            binaries,
            postgres,
            redis,
            watchers,
            folder,
        })
    }

    async fn start_in(
        folder: &Folder,
        purpose: Purpose,
        spare: bool,
    ) -> Result<(Binaries, Arc<Service>, Arc<Service>), EmbeddedError> {
        let binaries = Binaries::find(Some(&folder.root.join("postgres")))?;
        postgres::prepare(folder, &binaries.postgres_dir, purpose).await?;
        if spare {
            let cluster = folder.root.join("postgres");
            postgres::copy_cluster(folder, &cluster, &folder.root.join(SPARE)).await?;
        }
        let postgres = Service::new(postgres::spec(folder, &binaries.postgres_dir, purpose));
        let redis = Service::new(redis::spec(folder, &binaries.redis, purpose)?);
        let (first, second) = tokio::join!(postgres.start(), redis.start());
        if let Err(error) = first.and(second) {
            tokio::join!(postgres.stop(), redis.stop());
            return Err(error);
        }
        tracing::debug!(folder = %folder.root.display(), "private Postgres and Redis are ready");
        Ok((binaries, Arc::new(postgres), Arc::new(redis)))
    }

    /// Shuts both down; deletes the folder of [`Purpose::Throwaway`].
    pub async fn stop(self) {
        self.watchers.iter().for_each(JoinHandle::abort);
        tokio::join!(self.postgres.stop(), self.redis.stop());
    }

    /// Where the spare cluster is.
    pub(crate) fn spare_cluster(&self) -> PathBuf {
        self.data_dir.join(SPARE)
    }

    /// The folder with `postgres` and `initdb` in use.
    pub fn postgres_bin_dir(&self) -> &Path {
        &self.binaries.postgres_dir
    }

    /// The `redis-server` or `valkey-server` in use.
    pub fn redis_bin(&self) -> &Path {
        &self.binaries.redis
    }

    /// Process id of the postmaster, or `None` when it is down.
    pub fn postgres_pid(&self) -> Option<u32> {
        self.postgres.pid()
    }

    /// Process id of Redis, or `None` when it is down.
    pub fn redis_pid(&self) -> Option<u32> {
        self.redis.pid()
    }

    /// Kills Postgres as a crash would (SIGKILL) and leaves it down until [`Services::start_postgres`].
    pub async fn kill_postgres(&self) {
        self.postgres.kill().await;
    }

    /// Kills Redis as a crash would (SIGKILL) and leaves it down until [`Services::start_redis`].
    pub async fn kill_redis(&self) {
        self.redis.kill().await;
    }

    /// Starts Postgres again on the same socket and data; returns when it has recovered.
    ///
    /// # Errors
    /// It did not come up.
    pub async fn start_postgres(&self) -> Result<(), EmbeddedError> {
        self.postgres.start().await
    }

    /// Starts Redis again on the same socket (and data, when kept); returns when it answers.
    ///
    /// # Errors
    /// It did not come up.
    pub async fn start_redis(&self) -> Result<(), EmbeddedError> {
        self.redis.start().await
    }
}

impl Drop for Services {
    /// For panics and early returns; after [`Services::stop`] it only deletes a throwaway folder.
    fn drop(&mut self) {
        self.watchers.iter().for_each(JoinHandle::abort);
        for service in [&self.postgres, &self.redis] {
            service.signal_stop();
        }
        for service in [&self.postgres, &self.redis] {
            service.wait_blocking(DROP_WITHIN);
        }
        self.folder.remove();
    }
}

pub(crate) fn wanted_folder(option: Option<PathBuf>) -> PathBuf {
    let from_env = || std::env::var_os("WAHANA_DATA_DIR").filter(|v| !v.is_empty()).map(PathBuf::from);
    option.or_else(from_env).unwrap_or_else(default_data_dir)
}

/// Checks twice a second whether the server is alive; a failed restart is repeated with growing pauses.
fn watch(service: Arc<Service>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut backoff = Backoff::new(2 * WATCH_EVERY, REVIVE_EVERY_MAX);
        let mut pause = WATCH_EVERY;
        loop {
            tokio::time::sleep(pause).await;
            let name = service.spec.name;
            pause = match service.revive().await {
                None => WATCH_EVERY,
                Some((status, Ok(()))) => {
                    backoff.reset();
                    tracing::warn!(child.name = name, %status, "ended unexpectedly and was restarted");
                    WATCH_EVERY
                }
                Some((_, Err(error))) => {
                    tracing::error!(child.name = name, error.message = %error, "could not be restarted, will retry");
                    backoff.next_pause()
                }
            };
        }
    })
}
