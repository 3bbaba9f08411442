//! The settings: `default.toml` (compiled in, documents every key), then a file, then the environment.
//! It must never print a secret, and never accept a key it does not know.

mod keys;
mod layers;
mod ranges;
mod schema;
mod sections;

use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use url::Url;

pub use keys::load_or_create_keys;
pub use schema::schema;
pub use sections::{
    Campaigns, Config, Data, Database, Fleet, Http, Log, LogFormat, Media, NumberChecks, Redis, Rejections,
    Scheduler, Security, Supervision, Telemetry, Waha, Workers,
};

/// The documented defaults, for `wahana config default`.
pub const DEFAULTS: &str = include_str!("../default.toml");

/// Values that are never shown.
const SECRETS: [&str; 7] = [
    "database.url",
    "redis.url",
    "waha.api_key",
    "security.master_key",
    "security.jwt_secret",
    "media.s3_access_key",
    "media.s3_secret_key",
];

/// Why the settings cannot be used. Each message names the key and where it was set.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{origin} is not valid TOML: {reason}")]
    Syntax {
        /// File or variable.
        origin: String,
        /// Line and cause.
        reason: String,
    },
    /// A key that does not exist.
    #[error("unknown setting `{key}` in {origin}{hint} All settings are listed by `wahana config default`")]
    UnknownKey {
        /// Such as `http.bindd`.
        key: String,
        /// File or variable.
        origin: String,
        /// ", did you mean ...?" or the end of the sentence.
        hint: String,
    },
    /// A text where a number belongs, and so on.
    #[error("setting `{key}` in {origin} must be {expected}, not {found}")]
    WrongType {
        /// The key.
        key: String,
        /// File or variable.
        origin: String,
        /// "an integer".
        expected: &'static str,
        /// "a string".
        found: &'static str,
    },
    /// A value that cannot work.
    #[error("setting `{key}`: {reason}")]
    Invalid {
        /// The key.
        key: String,
        /// What is wrong and what to do.
        reason: String,
    },
}

impl ConfigError {
    /// The setting that it is about.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { key, .. } | Self::WrongType { key, .. } | Self::Invalid { key, .. } => {
                Some(key)
            }
            Self::File { .. } | Self::Syntax { .. } => None,
        }
    }
}

/// Variables of the environment.
type Variables = Vec<(String, String)>;

/// Those of this process.
fn environment() -> Variables {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

impl Config {
    /// Reads the defaults, the file (`--config`, else `WAHANA_CONFIG`) and the environment of this process.
    ///
    /// # Errors
    /// Names the key and where it was set.
    pub fn from_process(file: Option<&Path>) -> Result<Self, ConfigError> {
        let env = environment();
        Self::load(named_file(file, &env).as_deref(), env)
    }

    /// Everything that is wrong with the settings of this process.
    pub fn problems_of_process(file: Option<&Path>) -> Vec<ConfigError> {
        let env = environment();
        Self::problems(named_file(file, &env).as_deref(), env)
    }

    /// The same with the environment as a parameter.
    ///
    /// # Errors
    /// The first problem: names the key and where it was set.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let (config, problems) = Self::read(file, env)?;
        problems.into_iter().next().map_or(Ok(config), Err)
    }

    /// The same with the environment as a parameter.
    pub fn problems(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Vec<ConfigError> {
        Self::read(file, env).map_or_else(|problem| vec![problem], |(_, problems)| problems)
    }

    /// The settings, with the default for every key that has a problem, and the problems.
    fn read(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(Self, Vec<ConfigError>), ConfigError> {
        let mut table = layers::defaults()?;
        let mut problems = file.map_or_else(Vec::new, |path| layers::apply_file(&mut table, path));
        problems.extend(layers::apply_env(&mut table, env));
        let mut config = sections::from_table_repaired(&mut table, &mut problems)?;
        config.effective = redact(table);
        problems.extend(config.check());
        Ok((config, problems))
    }

    /// The effective settings as TOML with every secret hidden; safe to log and to show.
    pub fn redacted(&self) -> impl fmt::Display {
        Redacted(self.effective.clone())
    }

    /// The same for programs.
    pub fn redacted_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.effective).unwrap_or_default()
    }

    /// How users reach us: `http.public_url`, else the bind address.
    pub fn public_url(&self) -> Result<Url, ConfigError> {
        if let Some(url) = &self.http.public_url {
            return Ok(url.clone());
        }
        let mut address = self.http.bind;
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        Url::parse(&format!("http://{address}"))
            .map_err(|e| ConfigError::Invalid { key: "http.bind".into(), reason: e.to_string() })
    }

    /// How WAHA reaches us: `waha.webhook_url`, else [`Config::public_url`].
    pub fn webhook_url(&self) -> Result<Url, ConfigError> {
        self.waha.webhook_url.clone().map_or_else(|| self.public_url(), Ok)
    }
}

/// The file of `--config`, else of `WAHANA_CONFIG`.
fn named_file(file: Option<&Path>, env: &Variables) -> Option<PathBuf> {
    let named = env.iter().find(|(name, value)| name == "WAHANA_CONFIG" && !value.is_empty());
    file.map(Path::to_owned).or_else(|| named.map(|(_, path)| path.into()))
}

struct Redacted(Table);

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&toml::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

fn redact(mut table: Table) -> Table {
    for secret in SECRETS {
        let (section, key) = secret.split_once('.').unwrap_or((secret, ""));
        let section = table.get_mut(section).and_then(Value::as_table_mut);
        let value = section.and_then(|section| section.get_mut(key));
        if let Some(value) = value
            && value.as_str() != Some("")
        {
            *value = Value::String("(hidden)".into());
        }
    }
    table
}

#[cfg(test)]
mod tests;
