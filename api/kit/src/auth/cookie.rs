//! The dashboard's refresh token: in a cookie that no script can read and that goes nowhere but to `/auth`.
//!
//! A browser sends cookies by itself, so a request counts as the dashboard's only with a header that no other site can
//! make a browser send, and, where the browser tells the origin, from our own.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::CookieJar;
use secrecy::SecretString;
use url::Url;

use crate::problem::{Answer, Code, Problem};
use crate::state::ApiConfig;

/// The header that asks for the cookie, and its value.
pub const CLIENT_HEADER: &str = "x-wahana-client";
const DASHBOARD: &str = "dashboard";
const NAME: &str = "wahana_refresh";
/// Remembers the device after it logged out.
const DEVICE: &str = "wahana_device";
const PATH: &str = "/api/v1/auth";

/// Whether the dashboard asks; a problem if another site pretends to.
pub fn is_dashboard(headers: &HeaderMap, config: &ApiConfig) -> Answer<bool> {
    if headers.get(CLIENT_HEADER).is_none_or(|client| client != DASHBOARD) {
        return Ok(false);
    }
    if is_our_origin(headers, config.public_url.as_ref()) {
        return Ok(true);
    }
    Err(Problem::of(Code::CrossOrigin))
}

/// The token in the cookie.
pub fn token(headers: &HeaderMap) -> Option<SecretString> {
    CookieJar::from_headers(headers).get(NAME).map(|cookie| cookie.value().to_owned().into())
}

/// The token of a device that logged in before.
pub fn device(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(DEVICE).map(|cookie| cookie.value().to_owned())
}

/// Remembers the device.
pub fn keep_device(token: &str, config: &ApiConfig) -> Answer<HeaderValue> {
    let seconds = super::device_token::LIFETIME.as_secs();
    HeaderValue::from_str(&text(DEVICE, token, seconds, config)).map_err(Problem::internal)
}

/// Puts a token into the cookie for its lifetime.
pub fn keep(token: &str, lifetime: Duration, config: &ApiConfig) -> Answer<HeaderValue> {
    HeaderValue::from_str(&text(NAME, token, lifetime.as_secs(), config)).map_err(Problem::internal)
}

/// Takes the cookie away.
pub fn clear(config: &ApiConfig) -> Answer<HeaderValue> {
    HeaderValue::from_str(&text(NAME, "", 0, config)).map_err(Problem::internal)
}

fn text(name: &str, token: &str, seconds: u64, config: &ApiConfig) -> String {
    let secure = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Programs tell no origin. A proxy may have changed the host, so the public URL counts too.
fn is_our_origin(headers: &HeaderMap, public_url: Option<&Url>) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    (host.is_some() && authority == host)
        || public_url.is_some_and(|url| url.origin().ascii_serialization() == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(public_url: &str) -> ApiConfig {
        ApiConfig {
            public_url: Some(public_url.parse().unwrap()),
            ..ApiConfig::new("secret".to_owned().into())
        }
    }

    #[test]
    fn only_our_own_pages_count_as_the_dashboard() {
        let config = config("https://wahana.example/");
        let asked = |client: &str, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(CLIENT_HEADER, client.parse().unwrap());
            headers.insert(header::HOST, "inside:8700".parse().unwrap());
            origin.map(|origin| headers.insert(header::ORIGIN, origin.parse().unwrap()));
            is_dashboard(&headers, &config).ok()
        };
        assert_eq!(asked("dashboard", None), Some(true));
        assert_eq!(asked("dashboard", Some("https://wahana.example")), Some(true));
        assert_eq!(asked("dashboard", Some("http://inside:8700")), Some(true));
        assert_eq!(asked("shop", Some("https://evil.example")), Some(false));
        for foreign in ["https://evil.example", "null", "http://wahana.example", "https://wahana.example:444"]
        {
            assert_eq!(asked("dashboard", Some(foreign)), None, "{foreign}");
        }
    }

    #[test]
    fn it_is_secure_where_the_address_is() {
        assert!(text(NAME, "t", 1, &config("https://x.example")).ends_with("SameSite=Strict; Secure"));
        assert!(!text(NAME, "t", 1, &config("http://x.example")).contains("Secure"));
    }
}
