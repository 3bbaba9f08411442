//! The Prometheus recorder behind the `metrics` macros: the name in the code is the exported one without
//! `wahana_`. `metric_catalog.rs` and docs/metrics.md document each of them (`crates/rules` compares). It must
//! never open a port: `api` and `ops` serve the text.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_util::layers::{Layer, PrefixLayer};

use crate::{metric_catalog, process};

/// Upper bounds of histograms named `*_seconds`: from a Redis round trip to a night's wait.
const SECONDS: [f64; 16] =
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0, 900.0, 36_000.0];
/// Prefix of every exported name.
const PREFIX: &str = "wahana";
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

static INSTALLED: OnceLock<PrometheusHandle> = OnceLock::new();

/// The metrics of this process.
#[derive(Clone, Debug)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Installs the global recorder; later calls return the same one. Needs a tokio runtime.
    ///
    /// # Errors
    /// Another library installed a recorder first.
    pub fn install() -> anyhow::Result<Self> {
        if let Some(handle) = INSTALLED.get() {
            return Ok(Self(handle.clone()));
        }
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)?
            .build_recorder();
        let handle = recorder.handle();
        // The closure of the lock runs once, so exactly one thread installs.
        let mut first = false;
        let shared = INSTALLED.get_or_init(|| {
            first = true;
            handle
        });
        if first {
            let set = metrics::set_global_recorder(PrefixLayer::new(PREFIX).layer(recorder)).ok();
            set.context("another metrics recorder is installed already")?;
            metric_catalog::describe();
            tokio::spawn(upkeep(shared.clone()));
        }
        Ok(Self(shared.clone()))
    }

    /// The text of `/metrics`.
    pub fn render(&self) -> String {
        let mut text = self.0.render();
        process::render(&mut text);
        text
    }
}

/// Interval of the upkeep; without it, histograms grow until the next scrape.
async fn upkeep(handle: PrometheusHandle) {
    let mut tick = tokio::time::interval(UPKEEP_EVERY);
    loop {
        tick.tick().await;
        handle.run_upkeep();
    }
}
