//! Runs a command against throwaway services whose database has this repository's migrations.
//! `./wahana gen` uses it to check the queries; it must never depend on a crate that contains queries.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use sqlx::Connection;
use wahana_embedded::{Options, Services};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut words = std::env::args_os().skip(1);
    let program: OsString = words.next().ok_or("usage: migrated COMMAND [ARGUMENT...]")?;
    let services = Services::start(Options::throwaway()).await?;
    let mut database = sqlx::PgConnection::connect(&services.database_url).await?;
    sqlx::migrate::Migrator::new(Path::new("migrations")).await?.run(&mut database).await?;
    let status = Command::new(program)
        .args(words)
        .env("DATABASE_URL", &services.database_url)
        .env("REDIS_URL", &services.redis_url)
        .status()?;
    services.stop().await;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
