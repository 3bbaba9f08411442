//! One cached client (one connection pool) per server. It must never hand out a client of an older address or key.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{Node, Options, WahaClient, WahaError};

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
