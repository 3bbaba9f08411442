//! Finds the programs: environment first, then the places of `places.txt`. It must never download or install
//! anything.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::EmbeddedError;
use crate::folder::default_data_dir;
use crate::places;

/// The programs that were found.
#[derive(Debug, Clone)]
pub struct Binaries {
    /// Folder with `postgres` and `initdb`.
    pub postgres_dir: PathBuf,
    /// `valkey-server` or `redis-server`.
    pub redis: PathBuf,
}

impl Binaries {
    /// Finds both. `cluster` is the Postgres data folder, if there is one: its major version decides.
    ///
    /// # Errors
    /// The one that is missing, with the command that installs it.
    pub fn find(cluster: Option<&Path>) -> Result<Self, EmbeddedError> {
        Ok(Self { postgres_dir: postgres_for(cluster)?, redis: redis_bin()? })
    }
}

/// The folder with `postgres` and `initdb` of the newest Postgres found: `PG_BIN_DIR`, then the usual places.
///
/// # Errors
/// [`EmbeddedError::NoPostgres`], or that `PG_BIN_DIR` points to nothing.
pub fn postgres_bin_dir() -> Result<PathBuf, EmbeddedError> {
    postgres_for(None)
}

/// One of Postgres' client programs, such as `pg_dump`, of the newest Postgres that has it: in `PG_BIN_DIR`
/// if that is set, else in the same folders. On a machine without the server, only the client may be
/// installed.
///
/// # Errors
/// [`EmbeddedError::NoPostgresClient`].
pub fn postgres_client(program: &str) -> Result<PathBuf, EmbeddedError> {
    let folders = env_path("PG_BIN_DIR").map_or_else(postgres_folders, |set| vec![set]);
    let found = folders.into_iter().map(|dir| dir.join(program)).find(|path| path.is_file());
    found.ok_or_else(|| EmbeddedError::NoPostgresClient { program: program.to_owned() })
}

/// The Redis or Valkey program: `REDIS_BIN`, then the usual places.
///
/// # Errors
/// [`EmbeddedError::NoRedis`], or that `REDIS_BIN` points to nothing.
pub fn redis_bin() -> Result<PathBuf, EmbeddedError> {
    if let Some(set) = env_path("REDIS_BIN") {
        let missing = || EmbeddedError::BadOverride {
            variable: "REDIS_BIN",
            value: set.clone(),
            missing: "this program".into(),
        };
        return if set.is_file() { Ok(set) } else { Err(missing()) };
    }
    let oldest = places::oldest("redis");
    let fits = |program: &PathBuf| redis_version(program).is_some_and(|version| version >= oldest);
    let mut found = places::of("redis", &tools_dirs()).into_iter().filter(|program| program.is_file());
    found.find(fits).ok_or(EmbeddedError::NoRedis)
}

fn postgres_for(cluster: Option<&Path>) -> Result<PathBuf, EmbeddedError> {
    if let Some(set) = env_path("PG_BIN_DIR") {
        if set.join("initdb").is_file() && set.join("postgres").is_file() {
            return Ok(set);
        }
        let missing = "`initdb` or `postgres` in it".into();
        return Err(EmbeddedError::BadOverride { variable: "PG_BIN_DIR", value: set, missing });
    }
    let (wanted, oldest) = (cluster.and_then(cluster_version), places::oldest("postgres"));
    let mut seen = Vec::new();
    for dir in postgres_candidates() {
        let Some(version) = version_in(&dir) else { continue };
        if version >= oldest && wanted.is_none_or(|wanted| wanted == version) {
            return Ok(dir);
        }
        seen.push(version.to_string());
    }
    match (wanted, cluster) {
        (Some(wanted), Some(folder)) if !seen.is_empty() => {
            let found = seen.join(", ");
            Err(EmbeddedError::PostgresVersion { folder: folder.to_owned(), wanted, found })
        }
        _ => Err(EmbeddedError::NoPostgres),
    }
}

/// The folders with a server.
fn postgres_candidates() -> Vec<PathBuf> {
    let mut candidates = postgres_folders();
    candidates.retain(|dir: &PathBuf| dir.join("initdb").is_file() && dir.join("postgres").is_file());
    candidates
}

/// Where Postgres' programs usually are, the newest first.
fn postgres_folders() -> Vec<PathBuf> {
    places::of("postgres", &tools_dirs())
}

/// The major version written by initdb in the data folder.
fn cluster_version(cluster: &Path) -> Option<u32> {
    std::fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// `postgres (PostgreSQL) 15.18 (Debian ...)` -> 15.
fn version_in(dir: &Path) -> Option<u32> {
    let output = Command::new(dir.join("postgres")).arg("--version").output().ok()?;
    major_version(&String::from_utf8_lossy(&output.stdout))
}

/// `Redis server v=7.0.15 sha=...` -> 7.
fn redis_version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace().find_map(|word| word.strip_prefix("v=")).and_then(major_version)
}

fn major_version(text: &str) -> Option<u32> {
    let number = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Where `./wahana` puts what it installs without root.
fn tools_dirs() -> Vec<PathBuf> {
    match env_path("WAHANA_TOOLS_DIR") {
        Some(set) => vec![set],
        None => vec![default_data_dir().join("tools"), "/var/tmp/wahana-tools".into()],
    }
}

fn env_path(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::{major_version, postgres_client};

    #[test]
    fn a_missing_client_program_is_named() {
        let error = postgres_client("pg_nothing").unwrap_err();
        assert!(error.to_string().starts_with("`pg_nothing` not found"), "{error}");
    }

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("7.0.15"), Some(7));
        assert_eq!(major_version("nonsense"), None);
    }
}
