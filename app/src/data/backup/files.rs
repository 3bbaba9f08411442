//! Files that are in a folder beside the database: copied into the backup, and back. What is in Postgres is in its dump;
//! a bucket is not copied.
//!
//! A file never changes, so a copy made after the snapshot has all that the snapshot refers to.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use wahana_store::messages::media::Blobs;

fn path(backup: &Path) -> PathBuf {
    backup.join("media")
}

/// Copies the folder of files. Returns the bucket that they are in instead, if they are.
pub(super) async fn back_up(backup: &Path, objects: Option<&Blobs>) -> anyhow::Result<Option<String>> {
    let Some(objects) = objects else { return Ok(None) };
    let Some(folder) = objects.path() else { return Ok(Some(objects.place().to_owned())) };
    copy(folder.to_owned(), path(backup)).await?;
    Ok(None)
}

/// Copies files back, where the settings keep them. Before the rows: a row without its file would be worse.
pub(super) async fn restore(backup: &Path, objects: Option<&Blobs>) -> anyhow::Result<()> {
    let from = path(backup);
    if !from.is_dir() {
        return Ok(());
    }
    match objects.and_then(Blobs::path) {
        Some(folder) => copy(from, folder.to_owned()).await,
        None => bail!(
            "this backup holds a folder of files: set media.location to a folder that they are restored to, as it was"
        ),
    }
}

async fn copy(from: PathBuf, to: PathBuf) -> anyhow::Result<()> {
    tokio::task::spawn_blocking(move || copy_all(&from, &to)).await?
}

fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    let failed = || format!("cannot copy {} to {}", from.display(), to.display());
    std::fs::create_dir_all(to).with_context(failed)?;
    for entry in std::fs::read_dir(from).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else if !target.exists() {
            match std::fs::copy(entry.path(), &target) {
                Ok(_) => {}
                // Deleted meanwhile: nothing referred to it.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(failed),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_of_files_is_in_the_backup_and_comes_back() {
        let home = tempfile::tempdir().unwrap();
        let (ours, backup, theirs) = (home.path().join("a"), home.path().join("b"), home.path().join("c"));
        let organization = uuid::Uuid::from_u128(7);
        let objects = Blobs::folder(&ours).unwrap();
        objects.put(organization, b"\x01\x02", bytes::Bytes::from_static(b"file")).await.unwrap();
        assert_eq!(back_up(&backup, Some(&objects)).await.unwrap(), None);
        let elsewhere = Blobs::folder(&theirs).unwrap();
        restore(&backup, Some(&elsewhere)).await.unwrap();
        assert_eq!(&elsewhere.get(organization, b"\x01\x02").await.unwrap()[..], b"file");
        assert!(restore(&backup, None).await.is_err(), "files would be lost");
        restore(&ours, None).await.unwrap();
    }
}
