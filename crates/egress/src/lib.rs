//! The only HTTP client for addresses chosen by tenants: media to send, webhooks to deliver. It must connect
//! only to the public Internet, never to our network or cloud metadata, regardless of how the address is
//! written, what DNS answers and where a redirect points. It must never read more or wait longer than its
//! limits.
//!
//! `address.rs` decides which addresses are public, `guard.rs` applies it to URLs and to DNS answers (the
//! very address that was checked is the one connected to), `client.rs` speaks HTTP.

mod address;
mod client;
mod guard;

pub use address::is_public;
pub use client::{Answer, Egress, Fetched};
pub use guard::Options;

use std::net::IpAddr;

/// Why a request was not made or did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    /// Not an absolute http or https URL.
    #[error("{0} is not an http or https address")]
    BadUrl(String),
    /// The port is one of other protocols.
    #[error("port {0} is not allowed; use 80, 443 or one above 1023")]
    ForbiddenPort(u16),
    /// The address is not on the public Internet.
    #[error("{host} points to {address}, which is not on the public Internet")]
    Forbidden {
        /// The host in the URL.
        host: String,
        /// What it resolved to.
        address: IpAddr,
    },
    /// More than three redirects.
    #[error("too many redirects")]
    TooManyRedirects,
    /// The answer was not a success.
    #[error("the server answered {0}")]
    Status(u16),
    /// The body is too big.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// Most bytes allowed.
        limit: usize,
    },
    /// Not done in time.
    #[error("no complete answer in time")]
    Timeout,
    /// Name not found, connection refused, TLS failed, broken off.
    #[error("the request failed: {0}")]
    Failed(String),
    /// The client could not be built (no certificates on this machine).
    #[error("the HTTP client could not be set up: {0}")]
    Setup(String),
}

impl EgressError {
    /// Whether the same request may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Timeout | Self::Failed(_) => true,
            Self::Status(status) => *status >= 500 || matches!(status, 408 | 425 | 429),
            _ => false,
        }
    }
}
