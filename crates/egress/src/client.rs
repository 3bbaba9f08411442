//! HTTP within limits of size and time. It must never follow a redirect unchecked, and never use a proxy from
//! the environment: the proxy would resolve the name, and its address would be unchecked.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use url::Url;

use crate::EgressError;
use crate::guard::{Guard, Options, Refused};

const MAX_REDIRECTS: usize = 3;
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// A downloaded file.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body.
    pub bytes: Bytes,
    /// The `Content-Type` that the server sent; untrusted.
    pub content_type: Option<String>,
    /// The `Content-Disposition` that the server sent, as it came; untrusted.
    pub disposition: Option<Vec<u8>>,
    /// Where it was found, after redirects.
    pub address: Url,
}

/// The answer to a delivery.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The beginning of the body, for the log of deliveries.
    pub body: Bytes,
    /// `Retry-After`, if the server sent it in seconds.
    pub retry_after_seconds: Option<u64>,
}

/// The client; cheap to clone, with a connection pool.
#[derive(Debug, Clone)]
pub struct Egress {
    client: Client,
    guard: Guard,
}

impl Egress {
    /// # Errors
    /// There are no TLS certificates on this machine.
    pub fn new(options: Options) -> Result<Self, EgressError> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // An error means that another thread installed it first.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let guard = Guard::new(options);
        let client = Client::builder()
            .dns_resolver(guard.clone())
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .user_agent("Wahana/0.1")
            .build()
            .map_err(|error| EgressError::Setup(root_cause(&error)))?;
        Ok(Self { client, guard })
    }

    /// Fetches a file of at most `max_bytes` within `timeout`, following up to three redirects, each checked.
    ///
    /// # Errors
    /// Refused, failed, too big, too slow, or any status but 2xx.
    pub async fn fetch(
        &self,
        url: &str,
        max_bytes: usize,
        timeout: Duration,
    ) -> Result<Fetched, EgressError> {
        within(timeout, async {
            let response = self.follow(url).await?;
            if !response.status().is_success() {
                return Err(EgressError::Status(response.status().as_u16()));
            }
            if response.content_length().is_some_and(|length| length > max_bytes as u64) {
                return Err(EgressError::TooLarge { limit: max_bytes });
            }
            let content_type = text(response.headers(), CONTENT_TYPE.as_str());
            let disposition =
                response.headers().get(CONTENT_DISPOSITION).map(|value| value.as_bytes().to_vec());
            let address = response.url().clone();
            let (bytes, complete) = read(response, max_bytes).await?;
            if complete {
                Ok(Fetched { bytes, content_type, disposition, address })
            } else {
                Err(EgressError::TooLarge { limit: max_bytes })
            }
        })
        .await
    }

    /// Posts `body` and returns whatever status comes back, with at most `max_answer` bytes of the answer.
    /// Redirects are not followed: the receiver's address is what the tenant registered.
    ///
    /// # Errors
    /// Refused, failed or too slow.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
        max_answer: usize,
        timeout: Duration,
    ) -> Result<Answer, EgressError> {
        within(timeout, async {
            let url = self.parse(url)?;
            let request = self.client.post(url).headers(headers).body(body);
            let response = request.send().await.map_err(failed)?;
            let status = response.status().as_u16();
            let wait = text(response.headers(), RETRY_AFTER.as_str());
            // Only the status matters; an incomplete body is still an answer.
            let body = read(response, max_answer).await.map(|(body, _)| body).unwrap_or_default();
            Ok(Answer { status, body, retry_after_seconds: wait.and_then(|wait| wait.trim().parse().ok()) })
        })
        .await
    }

    fn parse(&self, url: &str) -> Result<Url, EgressError> {
        let url = Url::parse(url.trim()).map_err(|_| EgressError::BadUrl(url.to_owned()))?;
        self.guard.check(&url)?;
        Ok(url)
    }

    async fn follow(&self, url: &str) -> Result<Response, EgressError> {
        let mut url = self.parse(url)?;
        for _ in 0..=MAX_REDIRECTS {
            let response = self.client.get(url.clone()).send().await.map_err(failed)?;
            let location = text(response.headers(), LOCATION.as_str());
            match location.filter(|_| response.status().is_redirection()) {
                None => return Ok(response),
                Some(next) => {
                    url = url.join(&next).map_err(|_| EgressError::BadUrl(next))?;
                    self.guard.check(&url)?;
                }
            }
        }
        Err(EgressError::TooManyRedirects)
    }
}

/// The body up to `limit` bytes, and whether it is complete.
async fn read(mut response: Response, limit: usize) -> Result<(Bytes, bool), EgressError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        let room = limit - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok((body.into(), false));
        }
    }
    Ok((body.into(), true))
}

async fn within<T>(
    timeout: Duration,
    work: impl Future<Output = Result<T, EgressError>>,
) -> Result<T, EgressError> {
    tokio::time::timeout(timeout, work).await.unwrap_or(Err(EgressError::Timeout))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn failed(error: reqwest::Error) -> EgressError {
    if error.is_timeout() {
        return EgressError::Timeout;
    }
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if let Some(Refused { host, address }) = inner.downcast_ref() {
            return EgressError::Forbidden { host: host.clone(), address: *address };
        }
        cause = inner.source();
    }
    EgressError::Failed(root_cause(&error))
}

/// The innermost message: the outer ones repeat the URL, which may carry a secret of the tenant.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests;
