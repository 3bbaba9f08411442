//! Rows that tests begin with, made through the store.

use secrecy::ExposeSecret;
use wahana_domain::SessionId;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::Desired;
use wahana_store::Tx;
use wahana_store::fleet::nodes::NewNode;
use wahana_store::sessions::NewSession;

use crate::{Tenant, TestApp};

/// A session on a node that does not answer.
#[derive(Clone, Debug)]
pub struct SessionFixture {
    /// Its id.
    pub id: SessionId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// Signs its events.
    pub hmac_key: String,
}

impl TestApp {
    /// A WAHA server with room for a thousand sessions, at an address where nothing listens.
    pub async fn node(&self) {
        let node = NewNode {
            name: "nowhere".to_owned(),
            base_url: "http://127.0.0.1:9".to_owned(),
            api_key: "a key".to_owned().into(),
            engine: None,
            capacity: 1000,
        };
        self.store.system().nodes().upsert(node).await.expect("a node");
    }

    /// A session of this organization.
    pub async fn session(&self, tenant: &Tenant, name: &str) -> SessionFixture {
        self.node().await;
        let organization = tenant.organization_id.parse().expect("an id");
        let new = NewSession {
            name: name.to_owned(),
            description: None,
            policy: PacingPolicy::default(),
            follow_zone: false,
            desired: Desired::Running,
            placement: Default::default(),
        };
        let id = self
            .store
            .tenant(organization)
            .sessions()
            .create(new)
            .await
            .expect("a session")
            .expect("room on the node")
            .id;
        let inbound = self.store.system().inbox().session(id).await.expect("an answer").expect("the session");
        SessionFixture {
            id,
            waha_name: inbound.waha_name,
            hmac_key: inbound.hmac_key.expose_secret().to_owned(),
        }
    }
}

/// SQL inside a transaction that a test holds open.
pub async fn execute(tx: &mut Tx, statement: &'static str) {
    sqlx::query(statement).execute(&mut **tx).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
}
