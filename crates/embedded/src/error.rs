//! Errors, each with the command or the step that solves it.

use std::io;
use std::path::PathBuf;

/// Reasons why the private services did not start or stop. Every message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No Postgres of at least version 15 was found.
    #[error(
        "no Postgres 15 or newer found. Run `./wahana doctor`, which installs it, or set PG_BIN_DIR to the folder with `postgres` and `initdb`"
    )]
    NoPostgres,
    /// A client program of Postgres was not found.
    #[error(
        "`{program}` not found. Install Postgres' client programs, at least as new as the server, or set PG_BIN_DIR to the folder with them"
    )]
    NoPostgresClient {
        /// Its name, such as `pg_dump`.
        program: String,
    },
    /// The folder was made by another major version than the programs found.
    #[error(
        "the database in {folder} was made by Postgres {wanted}, but only version {found} was found. Install Postgres {wanted}, or set PG_BIN_DIR to it, or choose another folder with WAHANA_DATA_DIR"
    )]
    PostgresVersion {
        /// The cluster's folder.
        folder: PathBuf,
        /// Major version that wrote it.
        wanted: u32,
        /// Major versions found on this machine.
        found: String,
    },
    /// Neither Redis nor Valkey was found.
    #[error(
        "neither `valkey-server` nor `redis-server` found. Run `./wahana doctor`, which installs it, or set REDIS_BIN to the program"
    )]
    NoRedis,
    /// An environment variable names something that is not there.
    #[error("{variable} is set to {value}, but {missing} is not there. Correct or unset {variable}")]
    BadOverride {
        /// Name of the variable.
        variable: &'static str,
        /// Its value.
        value: PathBuf,
        /// What was looked for.
        missing: String,
    },
    /// Another process runs on the same folder.
    #[error(
        "the data folder {folder} is in use by {holder}. Stop that one first, or choose another folder with WAHANA_DATA_DIR"
    )]
    InUse {
        /// The data folder.
        folder: PathBuf,
        /// "process 123", or "another process" when it could not be read.
        holder: String,
    },
    /// The folder belongs to somebody else in a place where anybody may create folders.
    #[error(
        "the data folder {0} was created by another user, so it cannot be trusted. Choose another with WAHANA_DATA_DIR"
    )]
    ForeignFolder(PathBuf),
    /// Root must run the servers as another user, and that user cannot reach the folder.
    #[error(
        "running as root, the servers run as user id {uid}, which may not enter {blocked}. Set WAHANA_DATA_DIR to a folder outside it, such as /var/tmp/wahana"
    )]
    NotTraversable {
        /// The user the servers would run as.
        uid: u32,
        /// The first parent without the execute bit.
        blocked: PathBuf,
    },
    /// Root without any unprivileged user to run the servers as.
    #[error(
        "running as root and no unprivileged user found (looked for `postgres`, `nobody`). Run as a normal user"
    )]
    NoUnprivilegedUser,
    /// A file operation failed.
    #[error("could not {doing} {path}: {source}")]
    File {
        /// Verb, such as "create".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A program could not be started at all.
    #[error("could not start {program}: {source}")]
    Spawn {
        /// The program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A server ended while starting.
    #[error("{name} ended while starting ({status}). Its last words, from {log}:\n{tail}")]
    Died {
        /// "postgres" or "redis".
        name: &'static str,
        /// Exit status.
        status: String,
        /// Its log file.
        log: PathBuf,
        /// The last lines of it.
        tail: String,
    },
    /// A server was not ready in time.
    #[error("{name} was not ready after {seconds} s. Its last words, from {log}:\n{tail}")]
    NotReady {
        /// "postgres" or "redis".
        name: &'static str,
        /// How long was waited.
        seconds: u64,
        /// Its log file.
        log: PathBuf,
        /// The last lines of it.
        tail: String,
    },
    /// A one-off program such as initdb failed.
    #[error("{program} failed ({status}). Its last words, from {log}:\n{tail}")]
    Setup {
        /// The program.
        program: PathBuf,
        /// Exit status.
        status: String,
        /// The log file.
        log: PathBuf,
        /// The last lines of it.
        tail: String,
    },
}

/// Names the file and the verb of an I/O error.
pub(crate) fn file_error(
    doing: &'static str,
    path: impl Into<PathBuf>,
) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.into();
    move |source| EmbeddedError::File { doing, path, source }
}
