//! Restoring a backup: all of it in one transaction, with the gate that holds sends back, or nothing.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdin, ChildStdout};
use wahana_config::{Config, load_or_create_keys};
use wahana_domain::Clock;
use wahana_embedded::{Options, Services};
use wahana_store::operator::restores::{CLEAR, GATE};
use wahana_store::{Keyring, Plans, Store, StoreOptions};

use super::manifest::{Manifest, dump_path, keys_path};
use super::{files, postgres, spinner};
use crate::cli::{RestoreArgs, refused};
use crate::output::Output;
use crate::wire;

/// Restores into the database of the settings, or into the private one of the data folder.
pub(crate) async fn run(mut config: Config, out: Output, args: &RestoreArgs) -> anyhow::Result<()> {
    let manifest = Manifest::read(&args.folder)?;
    let unknown = Store::unknown_migrations(&manifest.contents);
    if !unknown.is_empty() {
        bail!(
            "this backup is of wahana {}, whose migrations {unknown:?} this binary does not know; restore it with that version",
            manifest.wahana
        );
    }
    let services = private_services(&mut config, &args.folder).await?;
    let restored = into(&config, out, args, &manifest).await;
    if let Some(services) = services {
        services.stop().await;
    }
    restored
}

/// Without a database in the settings, the private servers of the data folder run for as long as the restore.
async fn private_services(config: &mut Config, backup: &Path) -> anyhow::Result<Option<Services>> {
    if config.database.url.is_some() {
        return Ok(None);
    }
    let services = Services::start(Options::keep(config.data.dir.clone())).await?;
    config.database.url = Some(SecretString::from(services.database_url.clone()));
    let (theirs, ours) = (keys_path(backup), services.data_dir.join("keys.toml"));
    if theirs.is_file() && !ours.exists() {
        std::fs::copy(&theirs, &ours)?;
    }
    load_or_create_keys(config, &services.data_dir, rand::random())?;
    crate::media::default_folder(config, &services.data_dir);
    Ok(Some(services))
}

async fn into(config: &Config, out: Output, args: &RestoreArgs, manifest: &Manifest) -> anyhow::Result<()> {
    let url = config.database.url.as_ref().context("no database")?.expose_secret();
    let Some(master_key) = &config.security.master_key else {
        bail!("no master key: set security.master_key to the one of the backup");
    };
    let keyring = Keyring::new(master_key);
    if !manifest.opens_with(&keyring) && !args.other_key {
        bail!(
            "security.master_key is not the one of this backup: keys of WAHA servers and webhook secrets would stay \
             sealed. Set the right one, or pass --other-key and register nodes and sessions anew"
        );
    }
    may_be_replaced(url, keyring, args.replace).await?;
    files::restore(&args.folder, crate::media::objects(config)?.as_ref()).await?;
    load(url, &args.folder, &manifest.contents.at.to_rfc3339()).await?;
    let store = wire::store(config, Plans::PerValue)?;
    store.migrate().await?;
    let rows = store.snapshot().await?.contents.rows;
    store.close().await;
    if rows != manifest.contents.rows {
        bail!("the restored rows are not those of the backup: {rows:?}, wanted {:?}", manifest.contents.rows);
    }
    let at = manifest.contents.at;
    let text = format!("Restored the backup of {at}.");
    out.object(&json!({"backup_at": at, "rows": rows}), text)?;
    out.note(
        "Nothing is sent yet: start Wahana again, look around, then run `wahana resume-sending --preview`",
    );
    Ok(())
}

/// Refuses to write over data, and below running processes.
async fn may_be_replaced(url: &str, keyring: Keyring, replace: bool) -> anyhow::Result<()> {
    let options = StoreOptions {
        url: url.to_owned(),
        max_connections: 1,
        acquire_timeout: std::time::Duration::from_secs(10),
        plans: Plans::PerValue,
    };
    let store = Store::new(&options, keyring, Clock::System)?;
    let occupied = store.occupied().await?;
    store.close().await;
    if occupied.connections > 0 {
        return Err(refused(format!(
            "{} connections of Wahana are open to this database: stop every api, worker, scheduler and `wahana up` first",
            occupied.connections
        )));
    }
    if occupied.has_data && !replace {
        return Err(refused("this database is not empty; pass --replace to delete what is in it"));
    }
    Ok(())
}

/// `pg_restore` writes SQL, `psql` runs it between our `begin` and `commit`: without the commit nothing happened.
async fn load(url: &str, folder: &Path, backup_at: &str) -> anyhow::Result<()> {
    let mut reader = postgres::program("pg_restore")?;
    reader.args(["--no-owner", "--file", "-"]).arg(dump_path(folder)).stdout(Stdio::piped());
    let mut reader = reader.spawn().context("cannot run pg_restore")?;
    let mut writer = postgres::program("psql")?;
    writer.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", "-"]);
    writer.args(["--set", &format!("backup_at={backup_at}")]);
    postgres::connect(&mut writer, url)?;
    let mut writer = writer.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("cannot run psql")?;
    let (from, to) = (reader.stdout.take(), writer.stdin.take());
    let (Some(from), Some(mut to)) = (from, to) else { bail!("no pipe to psql") };
    let piped = async {
        to.write_all(b"begin;\n").await?;
        to.write_all(CLEAR.as_bytes()).await?;
        pipe(from, &mut to).await?;
        postgres::finish("pg_restore", reader).await?;
        to.write_all(GATE.as_bytes()).await?;
        to.write_all(b"commit;\n").await?;
        to.shutdown().await?;
        drop(to);
        Ok(())
    };
    let piped: anyhow::Result<()> = piped.await;
    // What psql says explains a broken pipe better than the pipe does.
    let ended = postgres::finish("psql", writer).await;
    ended.and(piped)
}

async fn pipe(mut from: ChildStdout, to: &mut ChildStdin) -> anyhow::Result<()> {
    let bar = spinner("restoring");
    let mut part = vec![0; 1 << 18];
    loop {
        let n = from.read(&mut part).await?;
        if n == 0 {
            bar.finish_and_clear();
            return Ok(());
        }
        to.write_all(&part[..n]).await?;
        bar.inc(n as u64);
    }
}
