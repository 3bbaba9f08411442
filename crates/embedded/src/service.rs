//! One server as a child process: start until ready, stop, kill, start again.
//! It must never report ready before the server answers, and never signal a process it did not start
//! (or that does not run on its own data folder).

use std::fs::{self, File, OpenOptions};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use crate::error::{EmbeddedError, file_error};
use crate::folder::Owner;
use crate::spawn::spawn;

const POLL: Duration = Duration::from_millis(10);
/// Crash recovery of a large database is slow.
const READY_WITHIN: Duration = Duration::from_secs(120);
const STOP_WITHIN: Duration = Duration::from_secs(30);
/// How long orphans of a killed server may hold its shared memory.
const RETRY_WITHIN: Duration = Duration::from_secs(15);
const LOG_LIMIT: u64 = 16 * 1024 * 1024;

/// How one server is called.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<String>,
    pub(crate) data: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) owner: Owner,
    /// The signal for an orderly and quick end; also sent by the kernel when we die.
    pub(crate) stop_signal: Signal,
    /// Written by the server; tells of one that outlived its parent.
    pub(crate) pid_file: PathBuf,
    /// Whether the server with this pid answers.
    pub(crate) ready: fn(&Spec, u32) -> bool,
    /// Passed to `ready`.
    pub(crate) socket: PathBuf,
}

/// A supervised server.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) spec: Spec,
    state: Mutex<State>,
    /// 0 when it is not running; lets `Drop` signal without the lock.
    pid: AtomicI32,
}

#[derive(Debug, Default)]
struct State {
    child: Option<Child>,
    /// False after a deliberate stop or kill, so that the watcher leaves it down.
    wanted: bool,
}

impl Service {
    pub(crate) fn new(spec: Spec) -> Self {
        Self { spec, state: Mutex::default(), pid: AtomicI32::new(0) }
    }

    /// Process id, or `None` when it is down.
    pub(crate) fn pid(&self) -> Option<u32> {
        u32::try_from(self.pid.load(Ordering::SeqCst)).ok().filter(|pid| *pid != 0)
    }

    /// Starts it and returns when it answers. Does nothing when it runs.
    pub(crate) async fn start(&self) -> Result<(), EmbeddedError> {
        let mut state = self.state.lock().await;
        state.wanted = true;
        if self.running(&mut state).is_some() { Ok(()) } else { self.launch(&mut state).await }
    }

    /// Asks it to shut down; after 30 s it is killed (which loses nothing: both recover).
    pub(crate) async fn stop(&self) {
        self.end(self.spec.stop_signal).await;
    }

    /// Kills it as a crash would, and leaves it down.
    pub(crate) async fn kill(&self) {
        self.end(Signal::SIGKILL).await;
    }

    /// Starts it again if it died by itself. Returns the exit status it had.
    pub(crate) async fn revive(&self) -> Option<(ExitStatus, Result<(), EmbeddedError>)> {
        let mut state = self.state.lock().await;
        let status = match state.child.as_mut().map(Child::try_wait) {
            Some(Ok(Some(status))) if state.wanted => status,
            // A failed restart leaves no child behind: it is tried again.
            None if state.wanted => ExitStatus::from_raw(0),
            _ => return None,
        };
        Some((status, self.launch(&mut state).await))
    }

    /// For `Drop`: no waiting for a lock, no future.
    pub(crate) fn signal_stop(&self) {
        if let Some(pid) = self.pid() {
            signal(pid, self.spec.stop_signal);
        }
    }

    /// For `Drop`: reaps the child if that can be done within `limit`.
    pub(crate) fn wait_blocking(&self, limit: Duration) {
        let Ok(mut state) = self.state.try_lock() else { return };
        let deadline = std::time::Instant::now() + limit;
        while self.running(&mut state).is_some() && std::time::Instant::now() < deadline {
            std::thread::sleep(POLL);
        }
    }

    async fn end(&self, signal_to_send: Signal) {
        let mut state = self.state.lock().await;
        state.wanted = false;
        let Some(pid) = self.running(&mut state) else { return };
        signal(pid, signal_to_send);
        if timeout(STOP_WITHIN, self.gone(&mut state)).await.is_err() {
            tracing::warn!(child.name = self.spec.name, pid, "did not stop in time, killing it");
            signal(pid, Signal::SIGKILL);
            self.gone(&mut state).await;
        }
    }

    async fn gone(&self, state: &mut State) {
        while self.running(state).is_some() {
            sleep(POLL).await;
        }
    }

    /// The pid of a live child; reaps a dead one.
    fn running(&self, state: &mut State) -> Option<u32> {
        let child = state.child.as_mut()?;
        match child.try_wait() {
            Ok(None) => Some(child.id()),
            _ => {
                state.child = None;
                self.pid.store(0, Ordering::SeqCst);
                None
            }
        }
    }

    async fn launch(&self, state: &mut State) -> Result<(), EmbeddedError> {
        self.end_orphan().await?;
        let give_up = Instant::now() + RETRY_WITHIN;
        loop {
            match self.launch_once(state).await {
                // Backends of a killed postmaster notice within moments that it is gone.
                Err(EmbeddedError::Died { tail, .. })
                    if tail.contains("pre-existing shared memory") && Instant::now() < give_up =>
                {
                    sleep(POLL * 10).await;
                }
                other => return other,
            }
        }
    }

    async fn launch_once(&self, state: &mut State) -> Result<(), EmbeddedError> {
        let spec = &self.spec;
        let mut command = command_as(&spec.program, spec.owner, &spec.data, &spec.log)?;
        command.args(&spec.args);
        let child = spawn(command, spec.stop_signal).await;
        let child = child.map_err(|source| EmbeddedError::Spawn { program: spec.program.clone(), source })?;
        let pid = child.id();
        self.pid.store(pid.cast_signed(), Ordering::SeqCst);
        state.child = Some(child);
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            if let Some(Ok(Some(status))) = state.child.as_mut().map(Child::try_wait) {
                state.child = None;
                self.pid.store(0, Ordering::SeqCst);
                let (log, tail) = (spec.log.clone(), log_tail(&spec.log));
                return Err(EmbeddedError::Died { name: spec.name, status: status.to_string(), log, tail });
            }
            if (spec.ready)(spec, pid) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let (log, tail) = (spec.log.clone(), log_tail(&spec.log));
                let seconds = READY_WITHIN.as_secs();
                return Err(EmbeddedError::NotReady { name: spec.name, seconds, log, tail });
            }
            sleep(POLL).await;
        }
    }

    /// We hold the folder's lock, so a server that still runs on it lost its parent (killed a moment ago,
    /// or on a system without a parent-death signal). It is ended before a new one may start.
    async fn end_orphan(&self) -> Result<(), EmbeddedError> {
        let spec = &self.spec;
        let Some(pid) = first_number(&spec.pid_file) else { return Ok(()) };
        let deadline = Instant::now() + STOP_WITHIN;
        while alive(pid) {
            if !runs_on(pid, spec) {
                // The pid was given to somebody else since: the file is stale.
                let _ = fs::remove_file(&spec.pid_file);
                return Ok(());
            }
            signal(pid, if Instant::now() < deadline { spec.stop_signal } else { Signal::SIGKILL });
            sleep(POLL * 5).await;
        }
        Ok(())
    }
}

/// A command that runs as the owner of the data, in its folder, with its output appended to `log`.
pub(crate) fn command_as(
    program: &Path,
    owner: Owner,
    dir: &Path,
    log: &Path,
) -> Result<Command, EmbeddedError> {
    let file = open_log(log)?;
    let copy = file.try_clone().map_err(file_error("open", log))?;
    let mut command = Command::new(program);
    command.current_dir(dir).stdin(Stdio::null()).stdout(file).stderr(copy);
    // The servers need no secrets of ours; a fixed locale keeps their words readable for `Died`.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LC_ALL", "C");
    if let Some((uid, gid)) = owner {
        command.uid(uid.as_raw()).gid(gid.as_raw());
    }
    Ok(command)
}

/// Runs a set-up program to its end.
pub(crate) async fn run_to_end(command: Command, log: &Path) -> Result<(), EmbeddedError> {
    let program = PathBuf::from(command.get_program());
    let spawned = spawn(command, Signal::SIGKILL).await;
    let mut child = spawned.map_err(|source| EmbeddedError::Spawn { program: program.clone(), source })?;
    let status = loop {
        match child.try_wait() {
            Ok(None) => sleep(POLL).await,
            Ok(Some(status)) => break status,
            Err(source) => return Err(EmbeddedError::Spawn { program, source }),
        }
    };
    if status.success() {
        return Ok(());
    }
    let (log, tail) = (log.to_owned(), log_tail(log));
    Err(EmbeddedError::Setup { program, status: status.to_string(), log, tail })
}

fn open_log(log: &Path) -> Result<File, EmbeddedError> {
    let too_big = fs::metadata(log).is_ok_and(|meta| meta.len() > LOG_LIMIT);
    if too_big {
        fs::remove_file(log).map_err(file_error("delete", log))?;
    }
    OpenOptions::new().append(true).create(true).open(log).map_err(file_error("open", log))
}

fn log_tail(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

fn signal(pid: u32, signal: Signal) {
    // An error means that it is gone already.
    let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
}

fn alive(pid: u32) -> bool {
    // EPERM: a process of another user, so not a server of ours.
    kill(Pid::from_raw(pid.cast_signed()), None).is_ok()
}

fn first_number(pid_file: &Path) -> Option<u32> {
    fs::read_to_string(pid_file).ok()?.lines().next()?.trim().parse().ok().filter(|pid| *pid > 1)
}

/// Whether the process is this server on this data folder: both work in it.
fn runs_on(pid: u32, spec: &Spec) -> bool {
    if cfg!(target_os = "linux") {
        return fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == spec.data);
    }
    let listing = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
    let named = |text: &str| text.contains(&spec.data.display().to_string()) || text.contains("redis.sock");
    listing.is_ok_and(|out| named(&String::from_utf8_lossy(&out.stdout)))
}
