//! The keys that `up` makes on its first start and keeps in the data folder, readable by the owner only.
//! It must never replace a key that exists: the sealed secrets in the database would be lost.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use secrecy::SecretString;
use serde::Deserialize;

use crate::{Config, ConfigError};

const FILE: &str = "keys.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    master_key: SecretString,
    jwt_secret: SecretString,
}

/// Fills in `security.master_key` and `security.jwt_secret` where they are not set, from `<dir>/keys.toml`,
/// which is made of `random` bytes when it does not exist.
///
/// # Errors
/// The file cannot be read, written or understood.
pub fn load_or_create_keys(config: &mut Config, dir: &Path, random: [u8; 64]) -> Result<(), ConfigError> {
    let security = &mut config.security;
    if security.master_key.is_some() && security.jwt_secret.is_some() {
        return Ok(());
    }
    let path = dir.join(FILE);
    let file_error = |source| ConfigError::File { path: path.clone(), source };
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => create(&path, random).map_err(file_error)?,
        other => other.map_err(file_error)?,
    };
    let keys: Keys = toml::from_str(&text).map_err(|error| ConfigError::Syntax {
        origin: path.display().to_string(),
        reason: error.message().to_owned(),
    })?;
    security.master_key.get_or_insert(keys.master_key);
    security.jwt_secret.get_or_insert(keys.jwt_secret);
    Ok(())
}

/// Written beside and renamed, so that a crash leaves no half file.
fn create(path: &Path, random: [u8; 64]) -> std::io::Result<String> {
    let (master, jwt) = (hex::encode(&random[..32]), hex::encode(&random[32..]));
    let text = format!(
        "# Made on the first start. Back it up with the database: without master_key its secrets stay sealed.\n\
         master_key = \"{master}\"\njwt_secret = \"{jwt}\"\n"
    );
    let new = path.with_extension("toml.new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    Ok(text)
}
