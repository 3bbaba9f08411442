//! Postgres' own programs, called with the address of the settings. The password never stands on a command line.

use std::process::Stdio;

use anyhow::{Context, bail};
use tokio::process::{Child, Command};
use url::Url;

/// One of `pg_dump`, `pg_restore`, `psql`; killed when we end.
pub(super) fn program(name: &str) -> anyhow::Result<Command> {
    let mut command = Command::new(wahana_embedded::postgres_client(name)?);
    command
        .env("PGOPTIONS", "-c client_min_messages=warning")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok(command)
}

/// Names the database on the command line, and its password in the environment.
pub(super) fn connect(command: &mut Command, database_url: &str) -> anyhow::Result<()> {
    let mut url = Url::parse(database_url).context("the database URL does not read")?;
    if let Some(password) = url.password() {
        let plain = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
        command.env("PGPASSWORD", plain);
    }
    let _ = url.set_password(None);
    command.arg("--dbname").arg(url.as_str());
    Ok(())
}

/// Waits for the end; what the program said becomes the error.
pub(super) async fn finish(name: &str, child: Child) -> anyhow::Result<()> {
    let output = child.wait_with_output().await?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{name} failed: {}", said.lines().rev().take(5).collect::<Vec<_>>().join(" | "));
    }
    Ok(())
}
