//! Availability and version of a node.

use serde::Deserialize;

use crate::{WahaClient, WahaError, client::Call};

/// Version of a node (transcript A8).
#[derive(Clone, Debug, Deserialize)]
pub struct ServerVersion {
    /// Such as `2026.7.1`.
    pub version: String,
    /// `NOWEB`, `GOWS`, `WEBJS` or `WPP`; one per node, not per session.
    pub engine: String,
    /// `CORE` or `PLUS`.
    #[serde(default)]
    pub tier: String,
}

impl WahaClient {
    /// Whether the node answers. Needs no key.
    ///
    /// # Errors
    /// Unreachable or Transient.
    pub async fn ping(&self) -> Result<(), WahaError> {
        self.done(Call::get("ping", &["ping"])).await
    }

    /// Version and engine; also verifies the key.
    ///
    /// # Errors
    /// As classified.
    pub async fn version(&self) -> Result<ServerVersion, WahaError> {
        self.json(Call::get("version", &["api", "server", "version"])).await
    }
}
