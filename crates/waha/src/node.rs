//! Addresses of WAHA servers, with one cached client (one connection pool) per server.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::Url;

use crate::{WahaClient, WahaError};

/// One WAHA server.
#[derive(Clone, Debug)]
pub struct Node {
    /// Our name for it; a label in metrics.
    pub id: String,
    /// Where it answers, without `/api`.
    pub base_url: Url,
    /// Sent as `X-Api-Key`.
    pub api_key: SecretString,
}

/// Time limits.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// To make a connection.
    pub connect_timeout: Duration,
    /// For a whole call. WAHA blocks for 10 s if the session is not WORKING; a limit below 15 s would turn
    /// that clear answer into a timeout.
    pub timeout: Duration,
    /// For a send with a file.
    pub media_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            media_timeout: Duration::from_secs(120),
        }
    }
}

/// The clients of all nodes, created on first use and again when a node's address or key changes.
pub struct Clients {
    options: Options,
    known: Mutex<HashMap<String, (Fingerprint, WahaClient)>>,
}

#[derive(PartialEq, Eq)]
struct Fingerprint {
    url: Url,
    key: [u8; 32],
}

impl Clients {
    /// An empty registry.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, known: Mutex::default() }
    }

    /// The client of this node. Cheap if cached.
    ///
    /// # Errors
    /// Permanent, when the client cannot be built.
    pub fn get(&self, node: &Node) -> Result<WahaClient, WahaError> {
        let fingerprint = Fingerprint {
            url: node.base_url.clone(),
            key: Sha256::digest(node.api_key.expose_secret().as_bytes()).into(),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = known.get(&node.id).filter(|(old, _)| *old == fingerprint) {
            return Ok(client.clone());
        }
        let client = WahaClient::new(node.clone(), self.options)?;
        known.insert(node.id.clone(), (fingerprint, client.clone()));
        Ok(client)
    }
}

impl fmt::Debug for Clients {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Clients").finish_non_exhaustive()
    }
}
