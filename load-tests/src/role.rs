//! A role of the `wahana` binary as a process, configured by its environment, as in production.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::bail;
use tokio::process::Command;
use url::Url;
use wahana_embedded::Services;

use crate::child::Child;

/// Seals secrets in the throwaway database; the same for all roles.
pub(crate) const MASTER_KEY: &str = "a master key for load tests only, not a secret";
pub(crate) const JWT_SECRET: &str = "a token secret for load tests only, not a secret";

/// A free port.
pub(crate) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Configuration of a role.
pub(crate) struct Role<'a> {
    pub(crate) services: &'a Services,
    pub(crate) stub: &'a Url,
    pub(crate) logs: &'a Path,
}

impl Role<'_> {
    /// Starts a role with default settings except for addresses and secrets.
    pub(crate) fn start(&self, role: &'static str, bind: SocketAddr) -> anyhow::Result<Child> {
        let mut command = Command::new(binary()?);
        // The caller's environment must not change what is measured.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("WAHA")) {
            command.env_remove(name);
        }
        command
            .arg(role)
            .env("DATABASE_URL", &self.services.database_url)
            .env("REDIS_URL", &self.services.redis_url)
            .env("WAHA_URL", self.stub.as_str())
            .env("WAHANA__WAHA__WEBHOOK_URL", "http://127.0.0.1:9") // the stub sends no events
            .env("WAHANA__HTTP__BIND", bind.to_string())
            .env("WAHANA__HTTP__DRAIN_SECONDS", "3")
            .env("WAHANA__HTTP__UNREADY_SECONDS", "0")
            .env("WAHANA__SECURITY__MASTER_KEY", MASTER_KEY)
            .env("WAHANA__SECURITY__JWT_SECRET", JWT_SECRET)
            .env("WAHANA__LOG__FILTER", "warn");
        Child::start(role, command, self.logs)
    }
}

/// The `wahana` binary in the folder of this binary, or `WAHANA_BIN`.
pub(crate) fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("WAHANA_BIN") {
        return Ok(path.into());
    }
    let beside = std::env::current_exe()?.with_file_name("wahana");
    if !beside.is_file() {
        bail!(
            "there is no {}; run `./wahana load-tests`, or `cargo build -p wahana`, or set WAHANA_BIN",
            beside.display()
        );
    }
    Ok(beside)
}
