//! What every handler may use, and the settings of the API.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use url::Url;
use wahana_store::Store;
use wahana_waha::Clients;

use crate::auth::{Auth, AuthOptions, InvalidSecret};
use crate::limiter::Limiter;
use crate::request_log::RequestLog;

/// Reads one file of the built dashboard, by its path without a slash in front.
pub type ReadAsset = fn(&str) -> Option<Cow<'static, [u8]>>;

/// Settings of the API. Sizes in bytes.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// Signs access tokens (HS256): at least 32 characters.
    pub jwt_secret: SecretString,
    /// How long an access token lasts.
    pub access_token: Duration,
    /// How long a login lasts without being used.
    pub refresh_token: Duration,
    /// How users reach this server; its scheme decides whether cookies are for https only.
    pub public_url: Option<Url>,
    /// Whether strangers may make an account.
    pub open_signup: bool,
    /// Largest JSON request.
    pub json_max_bytes: usize,
    /// Largest uploaded file.
    pub media_max_bytes: usize,
    /// Largest uploaded list of contacts.
    pub csv_max_bytes: u64,
    /// Most people in one campaign.
    pub max_recipients: u32,
    /// After this time a request is answered 504.
    pub request_timeout: Duration,
    /// The same for uploads.
    pub upload_timeout: Duration,
    /// How long running requests get to finish when the process ends.
    pub drain: Duration,
    /// How long of it requests are still taken although `/readyz` says no, so that load balancers notice.
    pub unready: Duration,
    /// Requests per second of one API key or device.
    pub requests_per_second: NonZeroU32,
    /// Attempts per minute from one address without valid credentials, and to log in with one email address.
    pub attempts_per_minute: NonZeroU32,
    /// How many proxies in front of us add to `X-Forwarded-For`; 0 ignores the header.
    pub trusted_proxies: u8,
    /// How many passwords are hashed at once; each takes a core and 19 MiB.
    pub password_hashes: usize,
    /// The files of the dashboard.
    pub dashboard: ReadAsset,
}

impl ApiConfig {
    /// The defaults, for everything but the secret.
    pub fn new(jwt_secret: SecretString) -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            jwt_secret,
            access_token: Duration::from_secs(15 * 60),
            refresh_token: Duration::from_secs(30 * 24 * 3600),
            public_url: None,
            open_signup: true,
            json_max_bytes: MIB,
            media_max_bytes: 64 * MIB,
            csv_max_bytes: 512 * MIB as u64,
            max_recipients: 1_000_000,
            request_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(900),
            drain: Duration::from_secs(25),
            unready: Duration::ZERO,
            requests_per_second: NonZeroU32::new(1000).unwrap_or(NonZeroU32::MIN),
            attempts_per_minute: NonZeroU32::new(60).unwrap_or(NonZeroU32::MIN),
            trusted_proxies: 0,
            password_hashes: 4,
            dashboard: |_| None,
        }
    }
}

/// Writes the process' metrics in Prometheus' text form.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;

/// What every handler may use. Cheap to clone.
#[derive(Clone)]
pub struct ApiState {
    /// Postgres; handlers of tenants go through `Scoped` instead.
    pub store: Store,
    /// Settings.
    pub config: Arc<ApiConfig>,
    /// Clients of the WAHA servers, for QR codes and pairing only.
    pub waha: Arc<Clients>,
    /// Tokens, keys and passwords.
    pub auth: Arc<Auth>,
    /// Records requests and their answers.
    pub request_log: RequestLog,
    /// How many requests a caller may make.
    pub limiter: Arc<Limiter>,
    /// When this process started.
    pub started_at: DateTime<Utc>,
    /// Text of `/metrics`.
    pub metrics: RenderMetrics,
    /// Cancelled when the process is to end: streams end too.
    pub shutdown: CancellationToken,
}

impl ApiState {
    /// Puts the state together; starts the task that writes the request log. Needs a Tokio runtime.
    ///
    /// # Errors
    /// When the secret that access tokens are signed with is empty.
    pub fn new(
        store: Store,
        config: ApiConfig,
        waha: Arc<Clients>,
        metrics: RenderMetrics,
        shutdown: CancellationToken,
    ) -> Result<Self, InvalidSecret> {
        Ok(Self {
            auth: Arc::new(Auth::new(AuthOptions {
                jwt_secret: &config.jwt_secret,
                access_token: config.access_token,
                password_hashes: config.password_hashes,
            })?),
            started_at: store.clock().now(),
            request_log: RequestLog::start(store.clone()),
            limiter: Arc::new(Limiter::new(config.requests_per_second, config.attempts_per_minute)),
            config: Arc::new(config),
            store,
            waha,
            metrics,
            shutdown,
        })
    }
}
