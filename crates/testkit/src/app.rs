//! The API with a database of its own on a free port of 127.0.0.1.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use wahana_api::{ApiConfig, ApiState};
use wahana_domain::Clock;
use wahana_store::{Keyring, Plans, Store, StoreOptions};

use crate::{Client, Tenant, TestDatabase};

/// What a test may want otherwise.
pub struct TestOptions {
    /// The settings of the API.
    pub api: ApiConfig,
    /// The clock of everything.
    pub clock: Clock,
}

impl Default for TestOptions {
    fn default() -> Self {
        let mut api = ApiConfig::new("a secret for tests, longer than 32 characters".to_owned().into());
        // Everything in a test comes from one address.
        api.attempts_per_minute = 10_000.try_into().expect("not zero");
        Self { api, clock: Clock::System }
    }
}

/// A running API. Ends, and drops its database, with the test.
pub struct TestApp {
    /// Its store, to arrange and to look behind the API.
    pub store: Store,
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    http: reqwest::Client,
    _running: DropGuard,
    // Last: the database goes when all else is gone.
    _database: TestDatabase,
}

impl TestApp {
    /// With the usual settings.
    pub async fn start() -> Self {
        Self::with(TestOptions::default()).await
    }

    /// With other settings or a clock that the test moves.
    pub async fn with(options: TestOptions) -> Self {
        // The second test of a process finds it installed.
        drop(rustls::crypto::ring::default_provider().install_default());
        let database = TestDatabase::create().await;
        let keyring = Keyring::new(&"a master key for tests".to_owned().into());
        let pool = StoreOptions {
            url: database.url.clone(),
            max_connections: 10,
            acquire_timeout: Duration::from_secs(20),
            plans: Plans::PerValue,
        };
        let store = Store::new(&pool, keyring, options.clock).expect("a store");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shutdown = CancellationToken::new();
        let waha = Arc::new(wahana_waha::Clients::new(wahana_waha::Options::default()));
        let state = ApiState::new(
            store.clone(),
            options.api,
            waha,
            Arc::new(|| "# no metrics in tests\n".to_owned()),
            shutdown.clone(),
        )
        .expect("a secret");
        tokio::spawn(wahana_api::serve(state, listener));
        let http = reqwest::Client::builder().build().expect("a client");
        Self { store, url, http, _running: shutdown.drop_guard(), _database: database }
    }

    /// A client without credentials.
    pub fn anonymous(&self) -> Client {
        Client::new(self.http.clone(), self.url.clone(), None)
    }

    /// A client with this bearer token or API key.
    pub fn client(&self, credential: &str) -> Client {
        Client::new(self.http.clone(), self.url.clone(), Some(credential.to_owned()))
    }

    /// Signs an organization up: owner `owner@<name>.example`, and an API key that may do everything.
    pub async fn register(&self, name: &str) -> Tenant {
        Tenant::register(&self.anonymous(), name).await
    }

    /// Changes what no API can: SQL over all rows.
    pub async fn sql(&self, statement: &'static str) {
        sqlx::query(statement)
            .execute(self.store.pool())
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// A number from SQL over all rows.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query)
            .fetch_one(self.store.pool())
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Texts from SQL over all rows.
    pub async fn texts(&self, query: &'static str) -> Vec<String> {
        sqlx::query_scalar(query)
            .fetch_all(self.store.pool())
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"))
    }
}
