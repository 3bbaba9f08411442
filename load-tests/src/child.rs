//! Processes under test: they end with this process, log to a file, and are measured from outside.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{ChildStdin, ChildStdout, Command};

/// Time that a process gets to end after SIGTERM.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running process.
pub(crate) struct Child {
    name: &'static str,
    process: tokio::process::Child,
    log: PathBuf,
}

impl Child {
    /// Starts it; its output goes to `<name>.log` in `logs`.
    pub(crate) fn start(name: &'static str, mut command: Command, logs: &Path) -> anyhow::Result<Self> {
        let log = logs.join(format!("{name}.log"));
        let file = File::create(&log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        Self::spawn(name, command, log)
    }

    /// Starts one with pipes; its stderr goes to `<name>.log`.
    pub(crate) fn start_talking(
        name: &'static str,
        mut command: Command,
        logs: &Path,
    ) -> anyhow::Result<(Self, ChildStdin, ChildStdout)> {
        let log = logs.join(format!("{name}.log"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(&log)?);
        let mut child = Self::spawn(name, command, log)?;
        let stdin = child.process.stdin.take().context("no stdin")?;
        let stdout = child.process.stdout.take().context("no stdout")?;
        Ok((child, stdin, stdout))
    }

    fn spawn(name: &'static str, mut command: Command, log: PathBuf) -> anyhow::Result<Self> {
        command.kill_on_drop(true);
        die_with_us(&mut command);
        let process = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, process, log })
    }

    /// Starts a helper of our own binary; it prints its address on its first line.
    pub(crate) async fn start_own(
        name: &'static str,
        environment: &[(&str, &str)],
        logs: &Path,
    ) -> anyhow::Result<(Self, String)> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(name).envs(environment.iter().copied());
        let (child, _, stdout) = Self::start_talking(name, command, logs)?;
        let line = BufReader::new(stdout).lines().next_line().await?;
        match line {
            Some(url) => Ok((child, url)),
            None => bail!("{name} did not start:\n{}", child.last_words()),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id().unwrap_or_default()
    }

    /// Waits for its end, which must be successful.
    pub(crate) async fn finish(mut self) -> anyhow::Result<()> {
        let status = self.process.wait().await?;
        if !status.success() {
            bail!("{} ended with {status}:\n{}", self.name, self.last_words());
        }
        Ok(())
    }

    /// Fails if it ended.
    pub(crate) fn still_runs(&mut self) -> anyhow::Result<()> {
        match self.process.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended with {status}:\n{}", self.name, self.last_words()),
        }
    }

    /// The end of its log.
    pub(crate) fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Its peak memory, in MiB; `None` without /proc.
    pub(crate) fn peak_rss_mb(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).ok()?;
        let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(kib.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
    }

    /// Asks it to end, then kills it.
    pub(crate) async fn stop(mut self) {
        if let Some(pid) = self.process.id() {
            let _ = kill(Pid::from_raw(pid as i32), Signal::SIGTERM);
        }
        if tokio::time::timeout(PATIENCE, self.process.wait()).await.is_err() {
            let _ = self.process.kill().await;
        }
    }
}

/// The kernel ends the child when this process ends in any way. Children are started only from the main
/// thread, to which the signal is tied.
#[cfg(target_os = "linux")]
pub(crate) fn die_with_us(command: &mut Command) {
    let arm = || Ok(nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?);
    // SAFETY: between fork and exec only prctl is called, a plain system call.
    unsafe { command.pre_exec(arm) };
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn die_with_us(_: &mut Command) {}
