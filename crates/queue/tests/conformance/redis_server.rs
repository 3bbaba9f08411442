//! A private Redis (or Valkey) on a unix socket in a temporary folder, with AOF, that a test may kill and start again.

use std::path::PathBuf;
use std::time::Duration;

use tokio::process::{Child, Command};
use wahana_testkit::eventually;

pub(crate) struct RedisServer {
    dir: tempfile::TempDir,
    child: Child,
}

impl RedisServer {
    pub(crate) async fn start() -> Self {
        let dir = tempfile::Builder::new().prefix("wq").tempdir().expect("temporary folder");
        let child = spawn(&dir);
        let server = Self { dir, child };
        server.answers().await;
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("redis+unix://{}", self.dir.path().join("s").display())
    }

    /// kill -9, as a crash would.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.expect("redis can be killed");
    }

    pub(crate) async fn restart(&mut self) {
        self.child = spawn(&self.dir);
        self.answers().await;
    }

    /// A plain connection beside the queue's.
    pub(crate) async fn connection(&self) -> redis::aio::MultiplexedConnection {
        let client = redis::Client::open(self.url()).expect("url");
        let config = redis::AsyncConnectionConfig::new().set_response_timeout(Some(Duration::from_secs(10)));
        client.get_multiplexed_async_connection_with_config(&config).await.expect("redis answers")
    }

    /// Runs one command given as words.
    pub(crate) async fn command<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query_async(&mut self.connection().await).await.expect("command")
    }

    /// Bytes Redis has allocated for data.
    pub(crate) async fn used_memory(&self) -> i64 {
        let info: String = self.command(&["INFO", "memory"]).await;
        let line = info.lines().find_map(|line| line.strip_prefix("used_memory:")).expect("used_memory");
        line.trim().parse().expect("a number")
    }

    async fn answers(&self) {
        let url = self.url();
        eventually("redis answers", async || {
            let Ok(client) = redis::Client::open(url.as_str()) else { return false };
            let Ok(mut conn) = client.get_multiplexed_async_connection().await else { return false };
            redis::cmd("PING").query_async::<String>(&mut conn).await.is_ok()
        })
        .await;
    }
}

fn spawn(dir: &tempfile::TempDir) -> Child {
    let socket = dir.path().join("s");
    let _ = std::fs::remove_file(&socket);
    Command::new(binary())
        .args(["--port", "0", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"])
        .arg("--unixsocket")
        .arg(&socket)
        .arg("--dir")
        .arg(dir.path())
        .arg("--logfile")
        .arg(dir.path().join("log"))
        .kill_on_drop(true)
        .spawn()
        .expect("redis-server starts")
}

fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("REDIS_BIN") {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|dir| ["redis-server", "valkey-server"].map(|name| dir.join(name)))
        .find(|candidate| candidate.is_file())
        .expect("no redis-server or valkey-server in PATH: set REDIS_BIN, or run ./wahana test")
}
