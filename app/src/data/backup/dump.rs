//! Making a backup: one snapshot, while everything goes on.

use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use secrecy::ExposeSecret;
use serde_json::json;
use wahana_config::Config;

use super::manifest::{Manifest, dump_path, keys_path};
use super::{files, postgres, spinner};
use crate::cli::BackupArgs;
use crate::output::Output;
use crate::wire;

/// Writes a backup into a new folder.
pub(crate) async fn run(config: &Config, out: Output, args: &BackupArgs) -> anyhow::Result<()> {
    let store = wire::store(config, wahana_store::Plans::PerValue)?;
    store.ready().await?;
    let folder = &args.folder;
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make {}; a backup wants a folder of its own", folder.display()))?;
    let snapshot = store.snapshot().await?;
    let url = config.database.url.as_ref().context("no database")?;
    dump(url.expose_secret(), &snapshot.id, &dump_path(folder)).await?;
    let contents = snapshot.contents.clone();
    drop(snapshot);
    let outside = files::back_up(folder, store.media_storage().objects.as_ref()).await?;
    if args.with_keys {
        write_keys(config, folder)?;
    }
    // The manifest comes last: a folder without one is no backup.
    let manifest = Manifest::of(folder, contents, store.keyring())?;
    manifest.write(folder)?;
    let contents = &manifest.contents;
    let (bytes, at) = (manifest.bytes(), contents.at);
    let mut text = format!("{}: {bytes} bytes, as of {at}", folder.display());
    contents.rows.iter().for_each(|(table, rows)| text += &format!("\n  {rows:>10} {table}"));
    out.object(
        &json!({"folder": folder.display().to_string(), "bytes": bytes, "at": at, "rows": contents.rows}),
        text,
    )?;
    if let Some(bucket) = outside {
        out.note(format!("Files are in {bucket} and not in this backup: keep versions of that bucket."));
    }
    if !args.with_keys {
        out.note("Keep security.master_key with it: without that key its secrets stay sealed.");
    }
    Ok(())
}

async fn dump(database_url: &str, snapshot: &str, file: &Path) -> anyhow::Result<()> {
    let mut command = postgres::program("pg_dump")?;
    command.args(["--format=custom", "--no-owner", "--snapshot", snapshot]).arg("--file").arg(file);
    postgres::connect(&mut command, database_url)?;
    let child = command.spawn().context("cannot run pg_dump")?;
    let bar = spinner("dumping");
    let grow = async {
        loop {
            bar.set_position(std::fs::metadata(file).map_or(0, |meta| meta.len()));
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let result = tokio::select! {
        ended = postgres::finish("pg_dump", child) => ended,
        () = grow => Ok(()),
    };
    bar.finish_and_clear();
    result
}

fn write_keys(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let (Some(master), Some(jwt)) = (&config.security.master_key, &config.security.jwt_secret) else {
        bail!("the settings hold no keys");
    };
    let text = |key: &secrecy::SecretString| serde_json::to_string(key.expose_secret());
    let keys = format!("master_key = {}\njwt_secret = {}\n", text(master)?, text(jwt)?);
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(keys_path(folder))?;
    std::io::Write::write_all(&mut file, keys.as_bytes())?;
    Ok(())
}
