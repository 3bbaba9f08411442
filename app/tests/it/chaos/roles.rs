//! The roles as child processes of the built binary.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::chaos::stack::DRAIN;

/// Lines of each log that are shown when a test fails.
const SHOWN: usize = 60;

/// One process of one role, which may die and come back.
pub(crate) struct Role {
    name: &'static str,
    command: &'static str,
    bind: SocketAddr,
    env: Vec<(&'static str, String)>,
    log: PathBuf,
    child: Option<Child>,
}

impl Role {
    /// Starts `wahana <command>`; `name` tells processes of one role apart.
    pub(crate) fn start(
        name: &'static str,
        command: &'static str,
        env: &[(&'static str, String)],
        logs: &Path,
    ) -> Self {
        let bind = free_address();
        let mut role = Self { name, command, bind, env: env.to_vec(), log: logs.join(name), child: None };
        role.restart();
        role
    }

    /// Where it serves: the API, or health and metrics.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.bind)
    }

    /// `kill -9`.
    pub(crate) async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.expect("a process to kill");
        }
    }

    /// SIGTERM, as a deploy does, and its end.
    pub(crate) async fn terminate(&mut self) -> Duration {
        self.signal("TERM");
        self.gone().await
    }

    /// Waits for its end after SIGTERM, which has to be a good one; answers how long it took from now.
    pub(crate) async fn gone(&mut self) -> Duration {
        let started = Instant::now();
        let mut child = self.child.take().expect("a process");
        let status = tokio::time::timeout(DRAIN + Duration::from_secs(2), child.wait()).await;
        let status = status.expect("an end within the drain time").expect("its end");
        assert!(status.success(), "{} ended with {status}:\n{}", self.name, self.tail());
        started.elapsed()
    }

    /// What it says to `/healthz` or `/readyz`; `None` when it takes no connection.
    pub(crate) async fn probe(&self, path: &str) -> Option<u16> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().expect("a client");
        Some(http.get(format!("{}{path}", self.url())).send().await.ok()?.status().as_u16())
    }

    /// Sends it a signal, such as `STOP` and `CONT`.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.child.as_ref().and_then(Child::id).expect("a process").to_string();
        let sent =
            std::process::Command::new("kill").args([format!("-{signal}"), pid]).status().expect("kill");
        assert!(sent.success(), "kill -{signal}: {sent}");
    }

    /// Starts it again, at the same address.
    pub(crate) fn restart(&mut self) {
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_wahana"));
        command.arg(self.command).envs(self.env.iter().map(|(key, value)| (key, value)));
        command
            .env("WAHANA__HTTP__BIND", self.bind.to_string())
            .env_remove("WAHANA_CONFIG")
            .env_remove("WAHANA_DATA_DIR");
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log).kill_on_drop(true);
        self.child = Some(command.spawn().expect("the wahana binary"));
    }

    /// Whether it runs; it should end only when we kill it.
    pub(crate) fn lives(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Waits for the end of a command that does its work and ends.
    pub(crate) async fn end_well(mut self) {
        let status = self.child.as_mut().expect("a process").wait().await.expect("its end");
        assert!(status.success(), "{} ended with {status}", self.name);
    }

    /// The end of its log, without requests that went well: a test that waits makes hundreds.
    pub(crate) fn tail(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let dull = |line: &str| line.contains(" INFO request ") && line.contains(" status=2");
        let lines: Vec<&str> = log.lines().filter(|line| !dull(line)).collect();
        format!(
            "--- {} ({} lines)\n{}\n",
            self.name,
            lines.len(),
            lines[lines.len().saturating_sub(SHOWN)..].join("\n")
        )
    }
}

impl Drop for Role {
    #[expect(clippy::print_stderr, reason = "shown with a failed test only")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.tail());
        }
    }
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
}
