//! The check of every URL before a request, and of every DNS answer before a connection. The resolver passes
//! only checked addresses to the HTTP client, which prevents DNS rebinding: a name that resolves differently
//! between check and connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::EgressError;
use crate::address::is_public;

/// Exceptions to "public Internet only".
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Allows every address and port. Only for tests and development: it opens our network to tenants.
    pub allow_private: bool,
    /// One exempt address, for tests of the refusals.
    #[cfg(test)]
    pub(crate) exempt: Option<IpAddr>,
}

/// Applies the options.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    options: Arc<Options>,
}

/// The refusal, transported in the HTTP client's error chain.
#[derive(Debug, thiserror::Error)]
#[error("{host} points to {address}")]
pub(crate) struct Refused {
    pub(crate) host: String,
    pub(crate) address: IpAddr,
}

impl Guard {
    pub(crate) fn new(options: Options) -> Self {
        Self { options: Arc::new(options) }
    }

    /// Checks scheme, port, and the address if the host is an IP address (these never reach the resolver).
    pub(crate) fn check(&self, url: &Url) -> Result<(), EgressError> {
        let bad = || EgressError::BadUrl(url.to_string());
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad());
        }
        let port = url.port_or_known_default().ok_or_else(bad)?;
        if !self.options.allow_private && port < 1024 && !matches!(port, 80 | 443) {
            return Err(EgressError::ForbiddenPort(port));
        }
        let address = match url.host().ok_or_else(bad)? {
            Host::Ipv4(v4) => IpAddr::V4(v4),
            Host::Ipv6(v6) => IpAddr::V6(v6),
            Host::Domain(_) => return Ok(()),
        };
        let host = address.to_string();
        if self.allows(address) { Ok(()) } else { Err(EgressError::Forbidden { host, address }) }
    }

    fn allows(&self, address: IpAddr) -> bool {
        #[cfg(test)]
        if self.options.exempt == Some(address) {
            return true;
        }
        self.options.allow_private || is_public(address)
    }

    /// One private address among public ones suggests an attack: the whole name is refused.
    async fn lookup(self, host: String) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
        if found.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "no address for this name").into());
        }
        match found.iter().map(SocketAddr::ip).find(|address| !self.allows(*address)) {
            Some(address) => Err(Refused { host, address }.into()),
            None => Ok(found),
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.clone().lookup(name.as_str().to_owned());
        Box::pin(async move { lookup.await.map(|found| Box::new(found.into_iter()) as Addrs) })
    }
}
