//! Clients of all nodes by id: addresses and keys come from the store, connections are reused.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::RwLock;
use tokio::time::Instant;
use wahana_domain::NodeId;
use wahana_store::{ANSWER, Store, StoreError, within};
use wahana_waha::{Clients, Node, Options, WahaClient, WahaError};

/// How long an address is cached before the store is asked again.
const BELIEVE: Duration = Duration::from_secs(5);

/// All WAHA servers of the platform. Cheap to clone.
#[derive(Clone)]
pub struct Fleet(Arc<Inner>);

struct Inner {
    store: Store,
    clients: Clients,
    known: RwLock<HashMap<NodeId, (Instant, WahaClient)>>,
}

/// Reasons why there is no client for a node.
#[derive(Debug, thiserror::Error)]
pub enum FleetError {
    /// The node was removed.
    #[error("there is no node {0}")]
    Gone(NodeId),
    /// Its stored address is not a URL.
    #[error("the address of node {0} is not a URL")]
    Address(NodeId),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The client could not be built.
    #[error(transparent)]
    Client(#[from] WahaError),
}

impl Fleet {
    /// The fleet of the nodes in this store.
    pub fn new(store: Store, options: Options) -> Self {
        Self(Arc::new(Inner { store, clients: Clients::new(options), known: RwLock::default() }))
    }

    /// The client of this node.
    pub async fn client(&self, node: NodeId) -> Result<WahaClient, FleetError> {
        if let Some((at, client)) = self.0.known.read().await.get(&node)
            && at.elapsed() < BELIEVE
        {
            return Ok(client.clone());
        }
        let access = within(ANSWER, self.0.store.system().nodes().access(node)).await?;
        let access = access.ok_or(FleetError::Gone(node))?;
        let base_url = access.base_url.parse().map_err(|_| FleetError::Address(node))?;
        let client = self.0.clients.get(&Node { id: node.to_string(), base_url, api_key: access.api_key })?;
        self.0.known.write().await.insert(node, (Instant::now(), client.clone()));
        Ok(client)
    }
}
