//! The two ways to rows: of one organization, or of all.

use wahana_domain::OrganizationId;

use crate::{Store, StoreError, Tx};

/// The rows of one organization. Its methods stand in the file of their noun.
#[derive(Clone)]
pub struct Tenant {
    pub(crate) store: Store,
    organization: OrganizationId,
}

impl Tenant {
    pub(crate) fn new(store: Store, organization: OrganizationId) -> Self {
        Self { store, organization }
    }

    /// Whose rows these are.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// A transaction that sees and writes this organization's rows only.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        // One round trip instead of two, on every request. The id is a UUID: nothing in it can be SQL.
        let begin = format!(
            "begin; set local role wahana_tenant; set local wahana.organization_id = '{}'",
            self.organization.0
        );
        let inner = self.store.pool.begin_with(sqlx::AssertSqlSafe(begin)).await?;
        Ok(Tx::new(self.store.clone(), inner))
    }
}

/// The rows of all organizations. Its methods stand in the file of their noun.
#[derive(Clone)]
pub struct System {
    pub(crate) store: Store,
}

impl System {
    pub(crate) fn new(store: Store) -> Self {
        Self { store }
    }

    /// A transaction over all rows.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.store.clone(), self.store.pool.begin().await?))
    }
}
