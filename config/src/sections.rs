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
    pub rejections: Rejections,
    pub campaigns: Campaigns,
    pub media: Media,
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
        media_timeout_seconds: u64,
        late_send_seconds: u64,
        settle_seconds: u64,
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
        no_minutes: u64,
    }
);
section!(
    /// `[rejections]`
    Rejections {
        in_a_row: u32,
        refused: u32,
        of_last: u32,
        pause_minutes: u32,
        retry_minutes: u32,
    }
);
section!(
    /// `[campaigns]`
    Campaigns {
        max_recipients: u64,
    }
);
section!(
    /// `[media]`
    Media {
        location: String,
        #[serde(deserialize_with = "optional")] s3_endpoint: Option<Url>,
        s3_region: String,
        #[serde(deserialize_with = "optional_secret")] s3_access_key: Option<SecretString>,
        #[serde(deserialize_with = "optional_secret")] s3_secret_key: Option<SecretString>,
        quota_bytes: u64,
        keep_days: u32,
        image_max_bytes: u64,
        video_max_bytes: u64,
        voice_max_bytes: u64,
        document_max_bytes: u64,
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

/// Like [`from_table`]; a value that does not read becomes the default and a problem.
pub(crate) fn from_table_repaired(
    table: &mut Table,
    problems: &mut Vec<ConfigError>,
) -> Result<Config, ConfigError> {
    let defaults = crate::layers::defaults()?;
    loop {
        let problem = match from_table(table.clone()) {
            Ok(config) => return Ok(config),
            Err(problem) => problem,
        };
        // Each turn repairs one key, so this ends; a default that does not read is a defect and is told as it is.
        let repaired = problem.key().and_then(|key| key.split_once('.')).is_some_and(|(section, key)| {
            let default = defaults.get(section).and_then(|keys| keys.get(key));
            let slot = table.get_mut(section).and_then(|keys| keys.get_mut(key));
            match (slot, default) {
                (Some(slot), Some(default)) if slot != default => {
                    *slot = default.clone();
                    true
                }
                _ => false,
            }
        });
        if !repaired {
            return Err(problem);
        }
        problems.push(problem);
    }
}

impl Config {
    /// Everything that is wrong and that the types cannot say.
    pub(crate) fn check(&self) -> Vec<ConfigError> {
        let mut problems = crate::ranges::outside(&self.effective);
        let mut refuse = |key: &str, reason: &str| {
            problems.push(ConfigError::Invalid { key: key.into(), reason: reason.into() });
        };
        if self.http.unready_seconds >= self.http.drain_seconds {
            refuse("http.unready_seconds", "must be less than http.drain_seconds, which it is part of");
        }
        let jwt = self.security.jwt_secret.as_ref();
        if jwt.is_some_and(|secret| secret.expose_secret().len() < 32) {
            refuse("security.jwt_secret", "must have at least 32 characters");
        }
        let prefix = &self.redis.prefix;
        if prefix.is_empty() || prefix.chars().any(|c| "{}:* ".contains(c)) {
            refuse("redis.prefix", "must be a word without {, }, :, * and spaces");
        }
        problems
    }
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
