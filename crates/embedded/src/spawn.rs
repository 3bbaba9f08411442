//! Starting a child that cannot outlive us. `PR_SET_PDEATHSIG` is tied to the *thread* that forked, and
//! tokio's blocking threads come and go, so every child is forked by one thread that never ends.
//! It must never be called from a signal handler.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::{Mutex, mpsc};

use nix::sys::signal::Signal;
use tokio::sync::oneshot;

struct Request {
    command: Command,
    answer: oneshot::Sender<io::Result<Child>>,
}

static SPAWNER: Mutex<Option<mpsc::Sender<Request>>> = Mutex::new(None);

/// Starts `command` in its own process group (Ctrl-C reaches only us), to be sent `on_parent_death` by the
/// kernel when this process ends in any way (Linux; elsewhere the next start cleans up).
pub(crate) async fn spawn(mut command: Command, on_parent_death: Signal) -> io::Result<Child> {
    command.process_group(0);
    die_with_parent(&mut command, on_parent_death);
    let (answer, reply) = oneshot::channel();
    spawner()?.send(Request { command, answer }).map_err(|_| gone())?;
    reply.await.map_err(|_| gone())?
}

fn gone() -> io::Error {
    io::Error::other("the thread that starts child processes has ended")
}

/// The channel to the forking thread, which is started at first use and lives as long as the process.
fn spawner() -> io::Result<mpsc::Sender<Request>> {
    let mut slot = SPAWNER.lock().map_err(|_| gone())?;
    if let Some(sender) = slot.as_ref() {
        return Ok(sender.clone());
    }
    let (sender, requests) = mpsc::channel::<Request>();
    std::thread::Builder::new().name("wahana-spawner".into()).spawn(move || {
        for Request { mut command, answer } in requests {
            if let Err(Ok(mut orphan)) = answer.send(command.spawn()) {
                // The caller was cancelled meanwhile, so this child must be ended here.
                let _ = orphan.kill();
                let _ = orphan.wait();
            }
        }
    })?;
    *slot = Some(sender.clone());
    Ok(sender)
}

#[cfg(target_os = "linux")]
fn die_with_parent(command: &mut Command, signal: Signal) {
    let parent = nix::unistd::getpid();
    let arm = move || {
        nix::sys::prctl::set_pdeathsig(signal)?;
        // The parent may have died between fork and prctl; then the signal would never be sent.
        if nix::unistd::getppid() != parent {
            return Err(io::Error::from_raw_os_error(nix::libc::ESRCH));
        }
        Ok(())
    };
    // SAFETY: between fork and exec only async-signal-safe calls are made (prctl and getppid are plain
    // system calls), nothing is allocated and no lock is taken.
    unsafe { command.pre_exec(arm) };
}

#[cfg(not(target_os = "linux"))]
fn die_with_parent(_: &mut Command, _: Signal) {}
