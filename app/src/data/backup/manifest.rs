//! What stands beside the dump: what is in it, whether it is whole, and whether our key opens its secrets.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wahana_store::Keyring;
use wahana_store::operator::restores::Contents;

/// The format of the folder.
const FORMAT: u32 = 1;
/// Sealed into the manifest: only the key that sealed the database's secrets opens it.
const WORD: &str = "wahana";

/// `manifest.json`.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    /// Version of the binary that made it.
    pub(super) wahana: String,
    /// What it holds.
    pub(super) contents: Contents,
    /// Of `database.dump`.
    bytes: u64,
    sha256: String,
    sealed_word: String,
}

pub(super) fn dump_path(folder: &Path) -> PathBuf {
    folder.join("database.dump")
}

pub(super) fn keys_path(folder: &Path) -> PathBuf {
    folder.join("keys.toml")
}

fn path(folder: &Path) -> PathBuf {
    folder.join("manifest.json")
}

impl Manifest {
    /// Describes the dump in this folder.
    pub(super) fn of(folder: &Path, contents: Contents, keyring: &Keyring) -> anyhow::Result<Self> {
        let (bytes, sha256) = digest(&dump_path(folder))?;
        let sealed_word = hex::encode(keyring.seal(&SecretString::from(WORD))?);
        let wahana = env!("CARGO_PKG_VERSION").to_owned();
        Ok(Self { format: FORMAT, wahana, contents, bytes, sha256, sealed_word })
    }

    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        std::fs::write(path(folder), serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }

    /// Reads it and compares the dump with it.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = path(folder);
        let text =
            std::fs::read(&path).with_context(|| format!("no backup: cannot read {}", path.display()))?;
        let manifest: Self =
            serde_json::from_slice(&text).with_context(|| format!("{} does not read", path.display()))?;
        if manifest.format != FORMAT {
            bail!("this backup has format {}; this version of wahana reads format {FORMAT}", manifest.format);
        }
        let (bytes, sha256) = digest(&dump_path(folder))?;
        if (bytes, &sha256) != (manifest.bytes, &manifest.sha256) {
            bail!(
                "the dump is damaged: {bytes} bytes with sha256 {sha256}, but the manifest says {} bytes with {}",
                manifest.bytes,
                manifest.sha256
            );
        }
        Ok(manifest)
    }

    /// Whether secrets in it can be opened with this key.
    pub(super) fn opens_with(&self, keyring: &Keyring) -> bool {
        let sealed = hex::decode(&self.sealed_word).unwrap_or_default();
        keyring.open(&sealed).is_ok_and(|word| word.expose_secret() == WORD)
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn digest(file: &Path) -> anyhow::Result<(u64, String)> {
    let context = || format!("cannot read {}", file.display());
    let mut file = io::BufReader::new(File::open(file).with_context(context)?);
    let (mut hash, mut bytes, mut part) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let n = file.read(&mut part).with_context(context)?;
        if n == 0 {
            return Ok((bytes, hex::encode(hash.finalize())));
        }
        hash.update(&part[..n]);
        bytes += n as u64;
    }
}
