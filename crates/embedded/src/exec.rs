//! `wahana services exec -- CMD`: runs a command (the test suite) against throwaway services.
//! It must never end before the command has ended, or the command would lose its database.

use std::ffi::OsString;
use std::process::ExitStatus;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

use crate::error::{EmbeddedError, file_error};
use crate::postgres::SPARE_CLUSTER;
use crate::services::{Options, Services};

/// Starts throwaway services, runs `command` (program, then arguments) with `DATABASE_URL`, `REDIS_URL`,
/// `PG_BIN_DIR`, `REDIS_BIN` and `WAHANA_SPARE_CLUSTER` set, stops the services and returns how the command ended.
///
/// Ctrl-C reaches the command from the terminal; a SIGTERM sent to us is passed on to it.
///
/// # Errors
/// The services did not start, or there is no such command.
pub async fn exec_with_services(command: Vec<OsString>) -> Result<ExitStatus, EmbeddedError> {
    let services = Services::start_and_spare(Options::throwaway(), true).await?;
    let result = run(&services, command).await;
    services.stop().await;
    result
}

async fn run(services: &Services, command: Vec<OsString>) -> Result<ExitStatus, EmbeddedError> {
    let mut words = command.into_iter();
    let program = words.next().unwrap_or_else(|| "true".into());
    let spawn_error = |source| EmbeddedError::Spawn { program: program.clone().into(), source };
    // Listening from here on means that these signals no longer end us before the command has ended.
    let mut interrupt = signal(SignalKind::interrupt()).map_err(file_error("listen for", "SIGINT"))?;
    let mut terminate = signal(SignalKind::terminate()).map_err(file_error("listen for", "SIGTERM"))?;
    let mut child = Command::new(&program)
        .args(words)
        .env("DATABASE_URL", &services.database_url)
        .env("REDIS_URL", &services.redis_url)
        .env("PG_BIN_DIR", services.postgres_bin_dir())
        .env("REDIS_BIN", services.redis_bin())
        .env(SPARE_CLUSTER, services.spare_cluster())
        .spawn()
        .map_err(spawn_error)?;
    let pid = child.id().map(|pid| Pid::from_raw(pid.cast_signed()));
    loop {
        tokio::select! {
            ended = child.wait() => return ended.map_err(spawn_error),
            _ = interrupt.recv() => {}
            _ = terminate.recv() => if let Some(pid) = pid {
                let _ = kill(pid, Signal::SIGTERM);
            },
        }
    }
}
