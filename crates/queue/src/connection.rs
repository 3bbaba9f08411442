//! The shared connection to Redis, and commands that concern Redis as a whole.

use std::sync::Arc;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::{TcpSettings, socket2::TcpKeepalive};
use redis::{ConnectionInfo, IntoConnectionInfo};
use uuid::Uuid;

use crate::QueueError;

/// Key that identifies the content of this Redis. When its value changes, everything was lost and must be
/// released again.
pub type Epoch = Uuid;

/// Silence of the other end, at the level of TCP, after which the connection counts as dead.
const SILENCE: Duration = Duration::from_secs(15);

/// Timeout of a ping.
const PATIENCE: Duration = Duration::from_secs(2);

/// A handle on Redis: cheap to clone, one multiplexed connection that reconnects by itself.
#[derive(Clone)]
pub struct Queue {
    pub(crate) client: redis::Client,
    pub(crate) conn: ConnectionManager,
    prefix: Arc<str>,
}

impl Queue {
    /// Connects. `url`: `redis://`, `rediss://` or `redis+unix:///path`. `prefix` separates installations
    /// that share a Redis; it must not contain braces. Commands give up after 5 s (the default of 500 ms
    /// turns every stall into an error).
    pub async fn connect(url: &str, prefix: &str) -> Result<Self, QueueError> {
        let client = redis::Client::open(noticing_silence(url.into_connection_info()?))?;
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(Duration::from_secs(5)))
            .set_connection_timeout(Some(Duration::from_secs(2)))
            .set_min_delay(Duration::from_millis(50))
            .set_max_delay(Duration::from_millis(500));
        let conn = ConnectionManager::new_with_config(client.clone(), config).await?;
        Ok(Self { client, conn, prefix: prefix.into() })
    }

    /// Pings Redis.
    pub async fn ping(&self) -> Result<(), QueueError> {
        Ok(redis::cmd("PING").query_async(&mut self.conn.clone()).await?)
    }

    /// Why Redis does not answer now, for people; `None` if it does.
    pub async fn trouble(&self) -> Option<String> {
        match tokio::time::timeout(PATIENCE, self.ping()).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some(format!("no answer within {} s", PATIENCE.as_secs())),
        }
    }

    /// The identity of the content of Redis. It is created on first use and lost with the data (`FLUSHALL`, a
    /// restart without persistence); a relay that sees it change releases everything again.
    #[expect(clippy::disallowed_methods, reason = "a name used once, not an id")]
    pub async fn epoch(&self) -> Result<Epoch, QueueError> {
        let key = format!("{}:epoch", self.lanes_key());
        let (text,): (String,) = redis::pipe()
            .atomic()
            .cmd("SET")
            .arg(&key)
            .arg(Uuid::new_v4().to_string())
            .arg("NX")
            .ignore()
            .get(&key)
            .query_async(&mut self.conn.clone())
            .await?;
        text.parse().map_err(|_| QueueError::Content(format!("epoch {text}")))
    }

    /// Redis's clock in ms since 1970. All pacing is measured by it, not by the workers' clocks.
    pub async fn now_ms(&self) -> Result<i64, QueueError> {
        let (seconds, micros): (i64, i64) = redis::cmd("TIME").query_async(&mut self.conn.clone()).await?;
        Ok(seconds * 1000 + micros / 1000)
    }

    /// `{prefix:lanes3}`, the root of every key of the lanes. The number is the version of their layout: a binary
    /// with a new version starts with no keys, and the relay releases everything again from Postgres.
    pub(crate) fn lanes_key(&self) -> String {
        self.tag("lanes3")
    }

    /// `{prefix:name}`: the braces put all keys of one kind into one cluster slot.
    pub(crate) fn tag(&self, name: &str) -> String {
        format!("{{{}:{name}}}", self.prefix)
    }
}

/// A command without an answer is an error of that command only; the connection stays, because Redis may be
/// busy. Only the kernel detects that the other end vanished silently; its default takes a quarter of an
/// hour.
fn noticing_silence(info: ConnectionInfo) -> ConnectionInfo {
    let keepalive = TcpKeepalive::new().with_time(SILENCE / 3).with_interval(SILENCE / 3);
    let settings = TcpSettings::default().set_nodelay(true).set_keepalive(keepalive);
    #[cfg(target_os = "linux")]
    let settings = settings.set_user_timeout(SILENCE);
    info.set_tcp_settings(settings)
}
