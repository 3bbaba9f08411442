//! Exports spans to a collector by OTLP over HTTP, in batches from a thread of its own.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use url::Url;

pub(crate) const TRACER: &str = "wahana";
/// Timeout for one batch.
const TIMEOUT: Duration = Duration::from_secs(5);

static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// Destination of spans.
#[derive(Clone, Debug)]
pub struct Export {
    /// The collector, such as `http://collector:4318`; `/v1/traces` is added.
    pub endpoint: Url,
    /// The fraction of traces that is kept, 0 to 1. The trace id decides, so that all processes keep the same
    /// traces.
    pub sample_ratio: f64,
}

/// The layer that exports our spans, and no library's, by OpenTelemetry. Call once.
///
/// `service` is the role of the process (`service.name`), such as `wahana-api`; `OTEL_SERVICE_NAME` overrides it.
///
/// Headers, such as a token, come from the standard variable `OTEL_EXPORTER_OTLP_HEADERS`.
///
/// # Errors
/// The exporter cannot be built.
pub fn layer<S>(
    export: &Export,
    service: &'static str,
) -> anyhow::Result<impl Layer<S> + Send + Sync + 'static>
where
    S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
{
    let endpoint = format!("{}/v1/traces", export.endpoint.as_str().trim_end_matches('/'));
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .with_timeout(TIMEOUT)
        .build()
        .context("the exporter of traces cannot be built")?;
    let from_env = std::env::var("OTEL_SERVICE_NAME").ok().filter(|name| !name.is_empty());
    let resource = Resource::builder()
        .with_service_name(from_env.unwrap_or_else(|| service.to_owned()))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(Sampler::TraceIdRatioBased(export.sample_ratio))
        .with_resource(resource)
        .build();
    let tracer = provider.tracer(TRACER);
    global::set_tracer_provider(provider.clone());
    let _ = PROVIDER.set(provider);
    let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_location(false).with_threads(false);
    Ok(layer.with_filter(filter_fn(ours)))
}

/// Spans that exist only to put ids into log lines.
const FOR_LOGS: [&str; 2] = ["job", "task"];

/// Targets whose spans of level debug are exported: calls of Postgres and Redis.
const DETAILS: [&str; 2] = ["wahana_store::db", "wahana_queue::messaging"];

/// Only spans of our crates, at level info and above, and those of [`DETAILS`].
fn ours(metadata: &Metadata<'_>) -> bool {
    metadata.is_span()
        && !FOR_LOGS.contains(&metadata.name())
        && metadata.target().starts_with("wahana")
        && (*metadata.level() <= Level::INFO || DETAILS.contains(&metadata.target()))
}

/// Whether spans go anywhere.
pub(crate) fn is_on() -> bool {
    PROVIDER.get().is_some()
}

/// Sends the remaining spans; the last step of a process. Blocks until the collector answered.
pub fn flush() {
    if let Some(provider) = PROVIDER.get()
        && let Err(error) = provider.shutdown_with_timeout(TIMEOUT)
    {
        tracing::warn!(error.message = %error, "the last traces were lost");
    }
}
