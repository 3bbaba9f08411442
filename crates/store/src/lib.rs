//! Postgres: the only crate with SQL.
//!
//! Tenant tables are reached through [`Tenant`] alone, which sets the organization for the transaction and drops to
//! the role `wahana_tenant`, so that row-level security holds even where a query forgets its filter. What crosses
//! tenants (relay, workers, login) goes through [`System`].

pub mod accounts;
pub mod analytics;
pub mod campaigns;
pub mod contacts;
pub mod db;
pub mod fleet;
pub mod imports;
pub mod inbox;
pub mod jobs;
pub mod messages;
pub mod notifications;
pub mod operator;
pub mod sessions;

pub use db::actor::Actor;
pub use db::batch::Batch;
pub use db::errors::StoreError;
pub use db::keyring::Keyring;
pub use db::paging::{Page, PageRequest};
pub use db::scope::{System, Tenant};
pub use db::tx::{Enqueue, Tx};
pub use db::wake::{Wake, WakeListener};
pub use db::within::{ANSWER, within};

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};
use wahana_domain::{Clock, OrganizationId};

/// Every migration, in order, compiled in.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// A handle on Postgres; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: PgPool,
    clock: Clock,
    keyring: Keyring,
    waker: db::wake::Waker,
    accepting: messages::accepting::AcceptBatcher,
    media: std::sync::Arc<messages::media::MediaStorage>,
}

/// How to reach Postgres.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `postgres://user@host:port/database?host=/socket/folder`.
    pub url: String,
    /// Most connections of this process.
    pub max_connections: u32,
    /// How long a caller waits for a connection before it hears that the database is unavailable.
    pub acquire_timeout: Duration,
    /// How statements are planned.
    pub plans: Plans,
}

/// How Postgres plans the statements of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plans {
    /// It may plan again for the values at hand: lists whose filters are optional want that.
    #[default]
    PerValue,
    /// Once per connection: for roles that run few statements, without optional filters, thousands of times. Planning
    /// a fence costs a fifth of running it.
    Once,
}

/// How long a connection may lie idle and be believed to be alive.
const ASKED_AFTER: Duration = Duration::from_secs(1);

impl Store {
    /// A pool that connects when first used; `keyring` seals secrets at rest.
    pub fn new(options: &StoreOptions, keyring: Keyring, clock: Clock) -> Result<Self, StoreError> {
        // A process that freezes inside a transaction must not hold its row locks for ever.
        let connect: PgConnectOptions = options.url.parse()?;
        // Compiling a statement (`jit`) takes up to a second; none of ours runs long enough to earn that back.
        let connect = connect.options([("idle_in_transaction_session_timeout", "30s"), ("jit", "off")]);
        let connect = match options.plans {
            Plans::PerValue => connect,
            // A plan made while a table was empty would read all of it for as long as the plan lives, which is until the
            // next autovacuum; by then there may be a hundred thousand rows.
            Plans::Once => {
                connect.options([("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off")])
            }
        };
        let pool = PgPoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(options.acquire_timeout)
            .test_before_acquire(false)
            .before_acquire(|connection, known| {
                Box::pin(async move {
                    // A connection in steady use need not be asked whether it is still there.
                    if known.idle_for > ASKED_AFTER {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(connect.application_name("wahana"));
        Ok(Self {
            waker: db::wake::Waker::new(pool.clone()),
            accepting: messages::accepting::AcceptBatcher::new(),
            media: std::sync::Arc::default(),
            pool,
            clock,
            keyring,
        })
    }

    /// The same store with files kept there; without it they are in Postgres.
    #[must_use]
    pub fn with_media(self, media: messages::media::MediaStorage) -> Self {
        Self { media: media.into(), ..self }
    }

    /// Where files are kept, and how many.
    pub fn media_storage(&self) -> &messages::media::MediaStorage {
        &self.media
    }

    /// Brings the schema up to date. Safe to run from many processes at once: Postgres' advisory lock lets one work.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        db::migrating::migrate(&self.pool).await
    }

    /// Whether Postgres answers and has every migration of this binary.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let versions: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations where success")
            .fetch_all(&self.pool)
            .await?;
        let wanted = MIGRATOR.iter().count();
        let applied = MIGRATOR.iter().filter(|migration| versions.contains(&migration.version)).count();
        if applied < wanted {
            return Err(StoreError::Migration(format!(
                "{applied} of {wanted} migrations applied; run `wahana migrate`"
            )));
        }
        Ok(())
    }

    /// The rows of one organization, and no other's.
    pub fn tenant(&self, organization: OrganizationId) -> Tenant {
        Tenant::new(self.clone(), organization)
    }

    /// All rows: for the relay, workers, login and the inbound receiver only.
    pub fn system(&self) -> System {
        System::new(self.clone())
    }

    /// The clock that rows are stamped with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Seals and opens secrets at rest.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Ends the pool; waits for running queries.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The pool, for `testkit` and `load-tests`, which check what the product wrote.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}
