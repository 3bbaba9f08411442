//! Finds the servers of a running `wahana up` in a data folder, for other commands on the same machine.
//! It must never start, lock or change anything.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use crate::folder::run_path;
use crate::services::wanted_folder;
use crate::{postgres, redis};

/// Private servers that another process runs.
#[derive(Debug, Clone)]
pub struct Running {
    /// See [`crate::Services::database_url`].
    pub database_url: String,
    /// See [`crate::Services::redis_url`].
    pub redis_url: String,
    /// The folder everything lives in.
    pub data_dir: PathBuf,
}

impl Running {
    /// The servers of this data folder (`None`: the one that `wahana up` takes), if they take connections
    /// now.
    pub fn find(data_dir: Option<PathBuf>) -> Option<Self> {
        let data_dir = wanted_folder(data_dir).canonicalize().ok()?;
        let run = run_path(&data_dir);
        let answers = |socket: &Path| UnixStream::connect(socket).is_ok();
        (answers(&postgres::socket(&run)) && answers(&redis::socket(&run))).then(|| Self {
            database_url: postgres::url(&run),
            redis_url: redis::url(&run),
            data_dir,
        })
    }
}
