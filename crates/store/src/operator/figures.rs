//! Figures over all tenants for `/metrics`: how many of what, by state. Bounded in number, never by tenant.

use super::SystemOverview;
use crate::{Store, StoreError};

/// One figure: which family, which label, how many (or how old, in seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The family, such as `sessions`.
    pub family: String,
    /// The value of its label.
    pub label: String,
    /// The figure.
    pub value: f64,
}

impl SystemOverview<'_> {
    /// Sessions by status, parked lanes by why, campaigns by state, people that wait in running campaigns, messages
    /// in doubt, events that wait and how old the oldest is, nodes by health, what operators hold back. Reads small tables and partial indexes
    /// only.
    pub async fn figures(self) -> Result<Vec<Figure>, StoreError> {
        let now = self.system.store.clock().now();
        let rows = sqlx::query_file!("src/db/figures.sql", now).fetch_all(self.system.store.pool()).await?;
        Ok(rows.into_iter().map(|r| Figure { family: r.family, label: r.label, value: r.value }).collect())
    }
}

/// Connections of this process to Postgres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// Open ones that nobody uses.
    pub idle: u32,
    /// In use.
    pub used: u32,
    /// The most there may be.
    pub most: u32,
}

impl Store {
    /// How much of the pool is in use now.
    pub fn pool_use(&self) -> PoolUse {
        let (open, idle) = (self.pool().size(), self.pool().num_idle() as u32);
        PoolUse { idle, used: open.saturating_sub(idle), most: self.pool().options().get_max_connections() }
    }
}
