//! A WAHA server and the time limits of its calls. It must never know who calls it.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

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
