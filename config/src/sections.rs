//! One struct per section of `default.toml`, field for field; what each key means is written there.
//! An optional value is written `""`, so that every key stands in the file.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use toml::Table;
use url::Url;

use crate::ConfigError;

/// All settings, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "one field per section, documented in default.toml")]
pub struct Config {
    pub data: Data,
    pub http: Http,
    pub database: Database,
    pub redis: Redis,
    pub waha: Waha,
    pub security: Security,
    pub workers: Workers,
    pub scheduler: Scheduler,
    pub fleet: Fleet,
    pub supervision: Supervision,
    pub number_checks: NumberChecks,
    pub campaigns: Campaigns,
    pub telemetry: Telemetry,
    pub log: Log,
    #[serde(skip)]
    pub(crate) effective: Table,
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "every key is documented in default.toml")]
        pub struct $name { $($(#[$attr])* pub $field: $type,)* }
    };
}

section!(
    /// `[data]`
    Data {
        #[serde(deserialize_with = "optional")] dir: Option<PathBuf>,
    }
);
section!(
    /// `[http]`
    Http {
        bind: SocketAddr,
        #[serde(deserialize_with = "optional")] public_url: Option<Url>,
        json_max_bytes: usize,
        media_max_bytes: usize,
        csv_max_bytes: u64,
        request_timeout_seconds: u64,
        upload_timeout_seconds: u64,
        drain_seconds: u64,
        unready_seconds: u64,
        requests_per_second: NonZeroU32,
        attempts_per_minute: NonZeroU32,
        trusted_proxies: u8,
    }
);
section!(
    /// `[database]`
    Database {
        #[serde(deserialize_with = "optional_secret")] url: Option<SecretString>,
        max_connections: u32,
        acquire_timeout_seconds: u64,
    }
);
section!(
    /// `[redis]`
    Redis {
        #[serde(deserialize_with = "optional_secret")] url: Option<SecretString>,
        prefix: String,
    }
);
section!(
    /// `[waha]`
    Waha {
        #[serde(deserialize_with = "optional")] url: Option<Url>,
        #[serde(deserialize_with = "optional_secret")] api_key: Option<SecretString>,
        #[serde(deserialize_with = "optional")] webhook_url: Option<Url>,
        connect_timeout_seconds: u64,
        request_timeout_seconds: u64,
    }
);
section!(
    /// `[security]`
    Security {
        #[serde(deserialize_with = "optional_secret")] master_key: Option<SecretString>,
        #[serde(deserialize_with = "optional_secret")] jwt_secret: Option<SecretString>,
        access_token_minutes: u32,
        refresh_token_days: u32,
        open_signup: bool,
        allow_private_egress: bool,
    }
);
section!(
    /// `[workers]`
    Workers {
        lane_concurrency: usize,
        plain_concurrency: usize,
        lease_seconds: u32,
    }
);
section!(
    /// `[scheduler]`
    Scheduler {
        tick_ms: u64,
        lane_window: u32,
        plain_window: u32,
        reconcile_seconds: u64,
    }
);
section!(
    /// `[fleet]`
    Fleet {
        dead_after_seconds: u64,
        dead_node_fence_seconds: u64,
        moves_at_once: u32,
        pool_patience_seconds: u64,
    }
);
section!(
    /// `[supervision]`
    Supervision {
        starting_seconds: u64,
        deaf_seconds: u64,
        unacked_seconds: u64,
        restarts_per_node: u32,
    }
);
section!(
    /// `[number_checks]`
    NumberChecks {
        gap_ms: u64,
        yes_days: u64,
        no_days: u64,
    }
);
section!(
    /// `[campaigns]`
    Campaigns {
        max_recipients: u64,
    }
);
section!(
    /// `[telemetry]`
    Telemetry {
        #[serde(deserialize_with = "optional")] otlp_endpoint: Option<Url>,
        sample_ratio: f64,
    }
);
section!(
    /// `[log]`
    Log {
        format: LogFormat,
        filter: String,
    }
);

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Pretty on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

pub(crate) fn from_table(table: Table) -> Result<Config, ConfigError> {
    table.try_into().map_err(|error: toml::de::Error| {
        // "reason\nin `http.bind`\n"
        let text = error.to_string();
        let key = text.split('`').nth_back(1).unwrap_or("?").to_owned();
        ConfigError::Invalid { key, reason: error.message().to_owned() }
    })
}

impl Config {
    /// What the types cannot say.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let positive = [
            ("http.json_max_bytes", self.http.json_max_bytes as u64),
            ("http.request_timeout_seconds", self.http.request_timeout_seconds),
            ("http.upload_timeout_seconds", self.http.upload_timeout_seconds),
            ("database.max_connections", self.database.max_connections.into()),
            ("database.acquire_timeout_seconds", self.database.acquire_timeout_seconds),
            ("waha.connect_timeout_seconds", self.waha.connect_timeout_seconds),
            ("waha.request_timeout_seconds", self.waha.request_timeout_seconds),
            ("security.access_token_minutes", self.security.access_token_minutes.into()),
            ("security.refresh_token_days", self.security.refresh_token_days.into()),
            ("workers.lane_concurrency", self.workers.lane_concurrency as u64),
            ("workers.plain_concurrency", self.workers.plain_concurrency as u64),
            ("scheduler.tick_ms", self.scheduler.tick_ms),
            ("scheduler.lane_window", self.scheduler.lane_window.into()),
            ("scheduler.plain_window", self.scheduler.plain_window.into()),
            ("scheduler.reconcile_seconds", self.scheduler.reconcile_seconds),
            ("supervision.starting_seconds", self.supervision.starting_seconds),
            ("supervision.deaf_seconds", self.supervision.deaf_seconds),
            ("supervision.unacked_seconds", self.supervision.unacked_seconds),
            ("supervision.restarts_per_node", self.supervision.restarts_per_node.into()),
            ("number_checks.gap_ms", self.number_checks.gap_ms),
            ("number_checks.yes_days", self.number_checks.yes_days),
            ("number_checks.no_days", self.number_checks.no_days),
            ("fleet.dead_after_seconds", self.fleet.dead_after_seconds),
            ("fleet.moves_at_once", self.fleet.moves_at_once.into()),
        ];
        if let Some((key, _)) = positive.iter().find(|(_, value)| *value == 0) {
            return invalid(key, "must be more than 0");
        }
        if self.http.unready_seconds >= self.http.drain_seconds {
            return invalid(
                "http.unready_seconds",
                "must be less than http.drain_seconds, which it is part of",
            );
        }
        if self.workers.lease_seconds < 10 {
            return invalid(
                "workers.lease_seconds",
                "must be at least 10, or a slow call is given to two workers",
            );
        }
        if !(0.0..=1.0).contains(&self.telemetry.sample_ratio) {
            return invalid("telemetry.sample_ratio", "must be between 0.0 and 1.0");
        }
        let jwt = self.security.jwt_secret.as_ref();
        if jwt.is_some_and(|secret| secret.expose_secret().len() < 32) {
            return invalid("security.jwt_secret", "must have at least 32 characters");
        }
        let prefix = &self.redis.prefix;
        if prefix.is_empty() || prefix.chars().any(|c| "{}:* ".contains(c)) {
            return invalid("redis.prefix", "must be a word without {, }, :, * and spaces");
        }
        Ok(())
    }
}

fn invalid(key: &str, reason: &str) -> Result<(), ConfigError> {
    Err(ConfigError::Invalid { key: key.into(), reason: reason.into() })
}

fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: std::fmt::Display>,
{
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}

fn optional_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| text.into()))
}
