//! One process of a role that may be killed and restarted at the same address, with one log for all its
//! starts.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Command;

use crate::child::die_with_us;
use crate::role::binary;

/// A process.
pub(super) struct Process {
    pub(super) name: String,
    role: &'static str,
    bind: SocketAddr,
    environment: Vec<(String, String)>,
    log: PathBuf,
    child: Option<tokio::process::Child>,
}

impl Process {
    /// Starts `wahana <role>`, listening on `bind`.
    pub(super) fn start(
        name: String,
        role: &'static str,
        bind: SocketAddr,
        environment: Vec<(String, String)>,
        logs: &Path,
    ) -> anyhow::Result<Self> {
        let log = logs.join(format!("{name}.log"));
        let mut process = Self { name, role, bind, environment, log, child: None };
        process.restart()?;
        Ok(process)
    }

    /// Starts it again.
    pub(super) fn restart(&mut self) -> anyhow::Result<()> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(binary()?);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("WAHA")) {
            command.env_remove(name);
        }
        command.arg(self.role).envs(self.environment.iter().map(|(key, value)| (key, value)));
        command.env("WAHANA__HTTP__BIND", self.bind.to_string());
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        die_with_us(&mut command);
        self.child = Some(command.spawn().with_context(|| format!("cannot start {}", self.name))?);
        Ok(())
    }

    /// `kill -9`.
    pub(super) async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill().await);
        }
    }

    pub(super) fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        let pid = self.child.as_ref().and_then(tokio::process::Child::id).context("it does not run")?;
        Ok(kill(Pid::from_raw(pid as i32), signal)?)
    }

    /// Waits until it ends, successfully and within `limit`; kills it otherwise.
    pub(super) async fn ends(&mut self, limit: Duration) -> anyhow::Result<()> {
        let Some(mut child) = self.child.take() else { bail!("{} does not run", self.name) };
        match tokio::time::timeout(limit, child.wait()).await {
            Ok(status) if status.as_ref().is_ok_and(std::process::ExitStatus::success) => Ok(()),
            Ok(status) => bail!("{} ended with {status:?}:\n{}", self.name, self.last_words(10)),
            Err(_) => {
                drop(child.kill().await);
                bail!("{} did not end within {limit:?}:\n{}", self.name, self.last_words(10))
            }
        }
    }

    /// `None` while it runs, else its exit status.
    pub(super) fn ended(&mut self) -> Option<String> {
        let status = self.child.as_mut()?.try_wait();
        match status {
            Ok(None) => None,
            other => Some(format!("{} ended by itself ({other:?}):\n{}", self.name, self.last_words(10))),
        }
    }

    /// How often this text occurs in its log.
    pub(super) fn count_in_log(&self, words: &str) -> usize {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().filter(|line| line.contains(words)).count()
    }

    fn last_words(&self, lines: usize) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let all: Vec<&str> = log.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}
