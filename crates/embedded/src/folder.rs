//! The data folder: its location, its owner, and the lock that prevents a second start.
//! It must never use a folder that another user prepared, and never delete a folder that it did not create.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::statvfs::statvfs;
use nix::unistd::{Gid, Uid, User, chown, geteuid};
use sha2::{Digest, Sha256};

use crate::error::{EmbeddedError, file_error};

/// The longest socket file name in the run folder is `.s.PGSQL.54329.lock`; a socket path holds 107 bytes.
const LONGEST_RUN_DIR: usize = 85;
/// Throwaway folders of killed processes are swept once they are this old.
const STALE_THROWAWAY: Duration = Duration::from_secs(600);
const THROWAWAY_PREFIX: &str = "wahana-throwaway-";
/// What must be free of memory, and of the file system in it, before throwaway data goes there.
const ROOM_IN_MEMORY: u64 = 6 << 30;

/// The user the servers run as, when that is not ourselves.
pub(crate) type Owner = Option<(Uid, Gid)>;

/// A locked data folder with its parts. Dropping it releases the lock.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) run: PathBuf,
    pub(crate) logs: PathBuf,
    pub(crate) owner: Owner,
    temporary: bool,
    _lock: File,
}

/// `${XDG_STATE_HOME:-~/.local/state}/wahana`; for root, or when that is not a folder of ours to use,
/// `/var/tmp/wahana-<hash of it>`, because the unprivileged servers must be able to enter it.
pub fn default_data_dir() -> PathBuf {
    let set = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")));
    let wished = state.filter(|dir| dir.is_absolute()).map(|dir| dir.join("wahana"));
    match wished {
        Some(dir) if !geteuid().is_root() => dir,
        other => {
            let key = other.unwrap_or_else(|| format!("uid-{}", geteuid()).into());
            Path::new("/var/tmp").join(format!("wahana-{}", short_hash(&key)))
        }
    }
}

impl Folder {
    /// Creates and locks a folder whose data is kept.
    pub(crate) fn keep(root: &Path) -> Result<Self, EmbeddedError> {
        Self::open(root, false)
    }

    /// Creates and locks a new folder that [`Folder::remove`] deletes, and deletes those of killed processes.
    pub(crate) fn throwaway() -> Result<Self, EmbeddedError> {
        let base = throwaway_base();
        sweep(&base);
        let made = tempfile::Builder::new().prefix(THROWAWAY_PREFIX).tempdir_in(&base);
        let root = made.map_err(file_error("create a folder in", &base))?.keep();
        Self::open(&root, true)
    }

    fn open(root: &Path, temporary: bool) -> Result<Self, EmbeddedError> {
        make_dir(root, if geteuid().is_root() { 0o755 } else { 0o700 })?;
        let root = root.canonicalize().map_err(file_error("resolve", root))?;
        refuse_foreign(&root)?;
        let lock = lock(&root)?;
        let owner = choose_owner(&root)?;
        if owner.is_some() {
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(&root, mode).map_err(file_error("set the mode of", &root))?;
        }
        check_traversable(&root, owner)?;
        let run = run_dir(&root, owner)?;
        let logs = root.join("logs");
        make_dir(&logs, 0o700)?;
        Ok(Self { root, run, logs, owner, temporary, _lock: lock })
    }

    /// Makes a private folder inside this one that belongs to the servers' user.
    pub(crate) fn private_dir(&self, name: &str) -> Result<PathBuf, EmbeddedError> {
        let path = self.root.join(name);
        make_private(&path, self.owner)?;
        Ok(path)
    }

    /// Deletes a throwaway folder; does nothing to a kept one.
    pub(crate) fn remove(&self) {
        if !self.run.starts_with(&self.root) {
            // The short folder in /tmp: empty once the servers have taken their sockets away.
            let _ = fs::remove_dir(&self.run);
        }
        if self.temporary
            && self.root.exists()
            && let Err(error) = fs::remove_dir_all(&self.root)
        {
            let folder = self.root.display();
            tracing::warn!(%folder, error.message = %error, "could not delete the throwaway folder");
        }
    }
}

/// Memory where there is plenty of it, because throwaway data is read and written much and kept never; else, or when
/// `TMPDIR` says so, the folder for temporary files.
fn throwaway_base() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let told = std::env::var_os("TMPDIR").is_some_and(|folder| !folder.is_empty());
    #[allow(clippy::unnecessary_cast, reason = "32 bits wide on macOS")]
    let free = statvfs(memory).map_or(0, |fs| fs.blocks_available() as u64 * fs.fragment_size() as u64);
    if !told && free >= ROOM_IN_MEMORY && memory_available() >= ROOM_IN_MEMORY {
        return memory.to_owned();
    }
    std::env::temp_dir()
}

/// Bytes that programs can get without swapping; 0 where Linux does not say.
fn memory_available() -> u64 {
    let known = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = known.lines().find_map(|line| line.strip_prefix("MemAvailable:")).unwrap_or_default();
    let kib = line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok());
    kib.unwrap_or(0) << 10
}

fn lock(root: &Path) -> Result<File, EmbeddedError> {
    let path = root.join("lock");
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = opened.map_err(file_error("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let pid = fs::read_to_string(&path).unwrap_or_default();
            let pid = pid.trim();
            let holder = if pid.is_empty() { "another process".into() } else { format!("process {pid}") };
            return Err(EmbeddedError::InUse { folder: root.to_owned(), holder });
        }
        Err(TryLockError::Error(source)) => return Err(file_error("lock", &path)(source)),
    }
    let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
    written.map_err(file_error("write", &path))?;
    Ok(file)
}

/// Postgres refuses to run as root: then the owner of the data, or a system user, runs the servers.
fn choose_owner(root: &Path) -> Result<Owner, EmbeddedError> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    for existing in [root.join("postgres"), root.to_owned()] {
        if let Ok(meta) = fs::metadata(existing)
            && meta.uid() != 0
        {
            return Ok(Some((Uid::from_raw(meta.uid()), Gid::from_raw(meta.gid()))));
        }
    }
    let users = ["postgres", "nobody"].into_iter().filter_map(|name| User::from_name(name).ok().flatten());
    let user = users.into_iter().next().ok_or(EmbeddedError::NoUnprivilegedUser)?;
    Ok(Some((user.uid, user.gid)))
}

/// In /tmp and /var/tmp anybody may have made the folder first; ours is only what we made.
fn refuse_foreign(root: &Path) -> Result<(), EmbeddedError> {
    let meta = fs::metadata(root).map_err(file_error("read", root))?;
    let sticky =
        root.parent().and_then(|parent| fs::metadata(parent).ok()).is_some_and(|m| m.mode() & 0o1000 != 0);
    if sticky && meta.uid() != geteuid().as_raw() {
        return Err(EmbeddedError::ForeignFolder(root.to_owned()));
    }
    Ok(())
}

fn check_traversable(root: &Path, owner: Owner) -> Result<(), EmbeddedError> {
    let Some((uid, _)) = owner else { return Ok(()) };
    for dir in root.ancestors() {
        let meta = fs::metadata(dir).map_err(file_error("read", dir))?;
        let bit = if meta.uid() == uid.as_raw() { 0o100 } else { 0o001 };
        if meta.mode() & bit == 0 {
            return Err(EmbeddedError::NotTraversable { uid: uid.as_raw(), blocked: dir.to_owned() });
        }
    }
    Ok(())
}

/// `<root>/run`, or a short folder in /tmp when a socket path in it would not fit.
pub(crate) fn run_path(root: &Path) -> PathBuf {
    let run = root.join("run");
    if run.as_os_str().len() <= LONGEST_RUN_DIR {
        return run;
    }
    Path::new("/tmp").join(format!("wahana-{}", short_hash(root)))
}

/// The folder of the sockets, made private.
fn run_dir(root: &Path, owner: Owner) -> Result<PathBuf, EmbeddedError> {
    let run = run_path(root);
    if !run.starts_with(root) {
        let expected = owner.map_or(geteuid(), |(uid, _)| uid).as_raw();
        if let Ok(meta) = fs::symlink_metadata(&run)
            && (!meta.is_dir() || meta.uid() != expected)
        {
            return Err(EmbeddedError::ForeignFolder(run));
        }
    }
    make_private(&run, owner)?;
    Ok(run)
}

fn make_private(path: &Path, owner: Owner) -> Result<(), EmbeddedError> {
    make_dir(path, 0o700)?;
    if let Some((uid, gid)) = owner {
        chown(path, Some(uid), Some(gid)).map_err(|e| file_error("change the owner of", path)(e.into()))?;
    }
    Ok(())
}

fn make_dir(path: &Path, mode: u32) -> Result<(), EmbeddedError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(file_error("create", parent))?;
    }
    match fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(file_error("create", path)(error))
        }
        _ if path.is_dir() => Ok(()),
        _ => Err(file_error("create", path)(std::io::ErrorKind::NotADirectory.into())),
    }
}

/// Deletes throwaway folders that are no longer locked. Best effort: it only saves disk space.
fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(THROWAWAY_PREFIX);
        let Ok(meta) = entry.metadata() else { continue };
        let old =
            meta.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > STALE_THROWAWAY);
        if !ours || !old || !meta.is_dir() || meta.uid() != geteuid().as_raw() {
            continue;
        }
        let free = File::open(entry.path().join("lock")).is_ok_and(|lock| lock.try_lock().is_ok());
        if free {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn short_hash(path: &Path) -> String {
    hex::encode(&Sha256::digest(path.as_os_str().as_encoded_bytes())[..6])
}
