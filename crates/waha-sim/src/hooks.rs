//! The webhook sender: concurrent, unordered, retried in memory, signed. Like WAHA's, it loses pending
//! webhooks when the node restarts, and it waits for a slow receiver.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use serde_json::Value;
use tokio::sync::{Semaphore, mpsc};
use wahana_waha::sign_hmac;

/// Events that `*` does not cover (docs/waha.md section 7).
const NOT_IN_STAR: [&str; 2] = ["engine.event", "state.change"];

/// One webhook of a session.
#[derive(Debug)]
pub(crate) struct HookSpec {
    url: String,
    events: Vec<String>,
    hmac_key: Option<String>,
    policy: Policy,
    delay_ms: f64,
    attempts: u32,
    headers: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug)]
enum Policy {
    Constant,
    Linear,
    Exponential,
}

impl HookSpec {
    /// The webhooks of a checked configuration.
    pub(crate) fn of_config(config: &Value) -> Vec<Self> {
        config["webhooks"].as_array().into_iter().flatten().filter_map(Self::read).collect()
    }

    fn read(hook: &Value) -> Option<Self> {
        let words = |list: &Value| -> Vec<String> {
            list.as_array().into_iter().flatten().filter_map(|word| Some(word.as_str()?.to_owned())).collect()
        };
        let header = |header: &Value| {
            Some((header["name"].as_str()?.to_owned(), header["value"].as_str()?.to_owned()))
        };
        let retries = &hook["retries"];
        Some(Self {
            url: hook["url"].as_str()?.to_owned(),
            events: words(&hook["events"]),
            hmac_key: hook["hmac"]["key"].as_str().filter(|key| !key.is_empty()).map(str::to_owned),
            policy: match retries["policy"].as_str() {
                Some("linear") => Policy::Linear,
                Some("exponential") => Policy::Exponential,
                _ => Policy::Constant,
            },
            delay_ms: retries["delaySeconds"].as_f64().unwrap_or(2.0) * 1000.0,
            attempts: retries["attempts"].as_u64().and_then(|count| u32::try_from(count).ok()).unwrap_or(15),
            headers: hook["customHeaders"].as_array().into_iter().flatten().filter_map(header).collect(),
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn wants(&self, event: &str) -> bool {
        self.events.iter().any(|name| name == event || (name == "*" && !NOT_IN_STAR.contains(&event)))
    }

    /// After the `tried`th try. "exponential" starts at twice the delay (docs/waha.md 0.8).
    fn delay(&self, tried: u32, scale: f64) -> Duration {
        let factor = match self.policy {
            Policy::Constant => 1.0,
            Policy::Linear => f64::from(tried),
            Policy::Exponential => f64::from(tried.min(16)).exp2(),
        };
        Duration::from_secs_f64((self.delay_ms * factor * scale / 1000.0).max(0.0))
    }
}

/// One queued webhook.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) spec: Arc<HookSpec>,
    pub(crate) body: Bytes,
    pub(crate) request_id: Arc<str>,
    /// Milliseconds; equals the body's.
    pub(crate) timestamp: i64,
    pub(crate) tried: u32,
    /// The start of the node that it belongs to.
    pub(crate) life: u64,
}

/// Outcomes of webhooks.
#[derive(Debug, Default)]
pub(crate) struct HookCounts {
    pub(crate) delivered: AtomicU64,
    pub(crate) failed_tries: AtomicU64,
    pub(crate) lost: AtomicU64,
}

/// The sender's side that events are given to.
pub(crate) struct Hooks {
    queue: mpsc::UnboundedSender<Delivery>,
    pub(crate) counts: HookCounts,
    http: reqwest::Client,
    user_agent: String,
    retry_scale: f64,
}

impl Hooks {
    pub(crate) fn new(
        user_agent: String,
        retry_scale: f64,
    ) -> Result<(Self, mpsc::UnboundedReceiver<Delivery>), reqwest::Error> {
        // Err means that the process already installed a provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).tcp_nodelay(true).build()?;
        let (queue, deliveries) = mpsc::unbounded_channel();
        Ok((Self { queue, counts: HookCounts::default(), http, user_agent, retry_scale }, deliveries))
    }

    /// Sends it soon.
    pub(crate) fn send(&self, delivery: Delivery) {
        // The other end lives as long as the server.
        let _ = self.queue.send(delivery);
    }

    /// One attempt. `Some` is when to retry.
    async fn attempt(&self, delivery: &mut Delivery) -> Option<Duration> {
        delivery.tried += 1;
        let spec = &delivery.spec;
        let mut request = self
            .http
            .post(&spec.url)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/plain, */*")
            .header("user-agent", &self.user_agent)
            .header("x-webhook-request-id", &*delivery.request_id)
            .header("x-webhook-timestamp", delivery.timestamp);
        for (name, value) in &spec.headers {
            request = request.header(name, value);
        }
        if let Some(hmac) = spec.hmac_key.as_ref().and_then(|key| sign_hmac(key.as_bytes(), &delivery.body)) {
            request = request.header("x-webhook-hmac", hmac).header("x-webhook-hmac-algorithm", "sha512");
        }
        let answer = request.body(delivery.body.clone()).send().await;
        let asked_to_wait = match &answer {
            Ok(response) if response.status().is_success() => {
                self.counts.delivered.fetch_add(1, Ordering::Relaxed);
                return None;
            }
            Ok(response) => retry_after(response),
            Err(_) => Duration::ZERO,
        };
        self.counts.failed_tries.fetch_add(1, Ordering::Relaxed);
        if delivery.tried > spec.attempts {
            self.counts.lost.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(spec.delay(delivery.tried, self.retry_scale).max(asked_to_wait))
    }
}

fn retry_after(response: &reqwest::Response) -> Duration {
    let seconds = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    Duration::from_secs(seconds.unwrap_or(0))
}

/// Sends queued webhooks until the server stops. `later` receives those to be retried.
pub(crate) async fn run(
    hooks: Arc<Hooks>,
    mut deliveries: mpsc::UnboundedReceiver<Delivery>,
    concurrency: usize,
    later: impl Fn(Duration, Delivery) + Clone + Send + Sync + 'static,
) {
    let slots = Arc::new(Semaphore::new(concurrency.max(1)));
    let mut running = tokio::task::JoinSet::new();
    while let Some(mut delivery) = deliveries.recv().await {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
        let (hooks, later) = (Arc::clone(&hooks), later.clone());
        running.spawn(async move {
            if let Some(delay) = hooks.attempt(&mut delivery).await {
                later(delay, delivery);
            }
            drop(slot);
        });
        while running.try_join_next().is_some() {}
    }
}
