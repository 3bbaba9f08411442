//! Creates and starts the private Postgres. It must never listen on TCP.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use nix::sys::signal::Signal;
use nix::unistd::chown;

use crate::error::{EmbeddedError, file_error};
use crate::folder::Folder;
use crate::purpose::Purpose;
use crate::service::{Spec, command_as, run_to_end};

/// Only names the socket file; not the default, so that a stray client of another server never lands here.
const PORT: u16 = 54329;
const USER: &str = "wahana";
const DATABASE: &str = "wahana";
/// Names a cluster that nobody runs: throwaway ones are copies of it, which takes a twentieth of the time of `initdb`.
pub(crate) const SPARE_CLUSTER: &str = "WAHANA_SPARE_CLUSTER";

/// The URL sqlx understands for a socket in this folder.
pub(crate) fn url(run: &Path) -> String {
    format!("postgres://{USER}@localhost:{PORT}/{DATABASE}?host={}", percent_encode(run))
}

/// The socket in this folder.
pub(crate) fn socket(run: &Path) -> PathBuf {
    run.join(format!(".s.PGSQL.{PORT}"))
}

/// Creates the cluster and its database unless they exist. An incomplete one is deleted and created again.
pub(crate) async fn prepare(folder: &Folder, bin: &Path, purpose: Purpose) -> Result<(), EmbeddedError> {
    let cluster = folder.root.join("postgres");
    if cluster.join("PG_VERSION").is_file() {
        return Ok(());
    }
    let half_made = folder.root.join("postgres.new");
    if purpose == Purpose::Throwaway
        && let Some(spare) = std::env::var_os(SPARE_CLUSTER).map(PathBuf::from)
        && copy_cluster(folder, &spare, &half_made).await.is_ok()
    {
        return fs::rename(&half_made, &cluster).map_err(file_error("rename", half_made));
    }
    let mut result = make_cluster(folder, bin, purpose, "C.UTF-8").await;
    if matches!(result, Err(EmbeddedError::Setup { .. })) {
        // macOS has no C.UTF-8.
        result = make_cluster(folder, bin, purpose, "C").await;
    }
    result?;
    fs::rename(&half_made, &cluster).map_err(file_error("rename", half_made))
}

/// Copies a stopped cluster to `to`, which must not exist yet.
pub(crate) async fn copy_cluster(folder: &Folder, from: &Path, to: &Path) -> Result<(), EmbeddedError> {
    let target = folder.private_dir(&to.file_name().unwrap_or_default().to_string_lossy())?;
    let log = folder.logs.join("postgres-setup.log");
    let mut copy = command_as(Path::new("cp"), folder.owner, &target, &log)?;
    copy.arg("-Rp").arg(from.join(".")).arg(&target);
    run_to_end(copy, &log).await
}

/// `initdb`, then the database, made in single-user mode because not every package of Postgres has
/// `createdb`.
async fn make_cluster(
    folder: &Folder,
    bin: &Path,
    purpose: Purpose,
    locale: &str,
) -> Result<(), EmbeddedError> {
    let name = "postgres.new";
    let path = folder.root.join(name);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(file_error("delete", &path))?;
    }
    let dir = folder.private_dir(name)?;
    let log = folder.logs.join("postgres-setup.log");
    let mut initdb = command_as(&bin.join("initdb"), folder.owner, &dir, &log)?;
    initdb.arg("-D").arg(&dir).args(["-U", USER, "--encoding=UTF8", "--auth=trust"]);
    initdb.arg(format!("--locale={locale}"));
    if purpose == Purpose::Throwaway {
        initdb.arg("--no-sync");
    }
    run_to_end(initdb, &log).await?;

    let script = folder.root.join("create.sql");
    fs::write(&script, format!("CREATE DATABASE {DATABASE}\n")).map_err(file_error("write", &script))?;
    if let Some((uid, gid)) = folder.owner {
        chown(&script, Some(uid), Some(gid))
            .map_err(|e| file_error("change the owner of", &script)(e.into()))?;
    }
    let input = File::open(&script).map_err(file_error("open", &script))?;
    let mut single = command_as(&bin.join("postgres"), folder.owner, &dir, &log)?;
    single.arg("--single").arg("-D").arg(&dir).arg("postgres").stdin(Stdio::from(input));
    run_to_end(single, &log).await?;
    fs::remove_file(&script).map_err(file_error("delete", script))
}

/// The command line of the server. `SIGINT` is Postgres's fast shutdown: it does not wait for clients.
pub(crate) fn spec(folder: &Folder, bin: &Path, purpose: Purpose) -> Spec {
    let data = folder.root.join("postgres");
    let mut args = vec!["-D".into(), data.display().to_string()];
    let sockets = format!("unix_socket_directories={}", folder.run.display());
    let port = format!("port={PORT}");
    let mut settings = vec![
        "listen_addresses=",
        sockets.as_str(),
        "unix_socket_permissions=0700",
        port.as_str(),
        "max_connections=400",
        "timezone=UTC",
        "log_timezone=UTC",
        "lc_messages=C",
        "password_encryption=scram-sha-256",
    ];
    match purpose {
        Purpose::Keep => settings.extend(["fsync=on", "synchronous_commit=on", "full_page_writes=on"]),
        // Commits still reach the kernel, so killing Postgres loses nothing; only a crash of the machine
        // would.
        Purpose::Throwaway => settings.extend(["fsync=off", "synchronous_commit=on", "full_page_writes=off"]),
    }
    args.extend(settings.into_iter().flat_map(|setting| ["-c".to_owned(), setting.to_owned()]));
    Spec {
        name: "postgres",
        program: bin.join("postgres"),
        args,
        log: folder.logs.join("postgres.log"),
        owner: folder.owner,
        stop_signal: Signal::SIGINT,
        pid_file: data.join("postmaster.pid"),
        ready,
        socket: folder.run.join(format!(".s.PGSQL.{PORT}")),
        data,
    }
}

/// Line 8 of postmaster.pid says "ready" once recovery is over (what `pg_ctl -w` looks at); the socket
/// exists earlier than that.
fn ready(spec: &Spec, pid: u32) -> bool {
    let Ok(text) = fs::read_to_string(&spec.pid_file) else { return false };
    let mut lines = text.lines();
    let same = lines.next().is_some_and(|line| line.trim() == pid.to_string());
    same && lines.nth(6).is_some_and(|line| line.trim() == "ready")
}

fn percent_encode(path: &Path) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|byte| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::percent_encode;
    use std::path::Path;

    #[test]
    fn a_folder_with_spaces_makes_a_valid_url() {
        assert_eq!(percent_encode(Path::new("/tmp/my data/å")), "/tmp/my%20data/%C3%A5");
    }
}
