//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

use crate::state::ApiConfig;

/// The client's address. `X-Forwarded-For` counts only as far as our own proxies wrote it: from the right.
pub fn client_address(extensions: &Extensions, headers: &HeaderMap, config: &ApiConfig) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    if config.trusted_proxies == 0 {
        return peer;
    }
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let hops: Vec<&str> = hops.map(str::trim).collect();
    let ours = usize::from(config.trusted_proxies);
    hops.len().checked_sub(ours).and_then(|at| hops.get(at)).and_then(|hop| hop.parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_cannot_choose_its_address() {
        let mut config = ApiConfig::new("secret".to_owned().into());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 1))));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2".parse().unwrap());
        let mut seen = |proxies| {
            config.trusted_proxies = proxies;
            client_address(&extensions, &headers, &config).to_string()
        };
        assert_eq!(seen(0), "10.0.0.1");
        assert_eq!(seen(1), "2.2.2.2");
        assert_eq!(seen(2), "1.1.1.1");
        assert_eq!(seen(3), "10.0.0.1");
    }
}
