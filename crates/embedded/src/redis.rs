//! Starts the private Redis (or Valkey). It must never listen on TCP.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::signal::Signal;

use crate::error::EmbeddedError;
use crate::folder::Folder;
use crate::purpose::Purpose;
use crate::service::Spec;

/// The URL the redis crate understands.
pub(crate) fn url(run: &Path) -> String {
    format!("redis+unix://{}", socket(run).display())
}

/// The socket in this folder.
pub(crate) fn socket(run: &Path) -> PathBuf {
    run.join("redis.sock")
}

/// The command line of the server. Kept data is an append-only file synced every second; Postgres is the
/// source of truth, so a lost second costs a second release, not a message.
pub(crate) fn spec(folder: &Folder, program: &Path, purpose: Purpose) -> Result<Spec, EmbeddedError> {
    let data = folder.private_dir("redis")?;
    let socket = socket(&folder.run);
    let pid_file = data.join("redis.pid");
    let keep = purpose == Purpose::Keep;
    let settings = [
        ("port", "0".to_owned()),
        ("unixsocket", socket.display().to_string()),
        ("unixsocketperm", "700".to_owned()),
        ("dir", data.display().to_string()),
        ("pidfile", pid_file.display().to_string()),
        ("daemonize", "no".to_owned()),
        ("save", String::new()),
        ("appendonly", if keep { "yes" } else { "no" }.to_owned()),
        ("appendfsync", "everysec".to_owned()),
        ("maxmemory-policy", "noeviction".to_owned()),
    ];
    let args = settings.into_iter().flat_map(|(name, value)| [format!("--{name}"), value]).collect();
    Ok(Spec {
        name: "redis",
        program: program.to_owned(),
        args,
        log: folder.logs.join("redis.log"),
        owner: folder.owner,
        stop_signal: Signal::SIGTERM,
        pid_file,
        ready,
        socket,
        data,
    })
}

/// It answers PING; while it still loads its file it says `-LOADING`.
fn ready(spec: &Spec, _pid: u32) -> bool {
    let ping = || -> std::io::Result<bool> {
        let mut stream = UnixStream::connect(&spec.socket)?;
        stream.set_read_timeout(Some(Duration::from_millis(200)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"+PONG")
    };
    ping().unwrap_or(false)
}
