//! Log lines on stderr: pretty for people, JSON for machines. Request, job and organization ids come as
//! fields of the spans that `api` and `queue` open. It must never log a body, a secret or a phone number.

use std::io::IsTerminal;

use anyhow::Context;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};
use wahana_trace::Export;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pretty on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Pretty,
    /// One JSON object a line, with the open spans and their ids.
    Json,
}

/// Installs the global subscriber and logs panics through it. Call once, first thing in `main`.
///
/// `filter` is such as `info,wahana_queue=debug`; the variable `RUST_LOG` wins over it.
///
/// With `traces`, spans also go to a collector; [`wahana_trace::flush`] sends the last ones.
///
/// # Errors
/// The filter does not parse, the exporter cannot be built, or a subscriber is installed already.
pub fn init_logs(format: Format, filter: &str, traces: Option<&Export>) -> anyhow::Result<()> {
    let from_env = std::env::var("RUST_LOG").ok().filter(|set| !set.is_empty());
    let wanted = from_env.as_deref().unwrap_or(filter);
    let filter =
        EnvFilter::try_new(wanted).with_context(|| format!("the log filter {wanted:?} does not parse"))?;
    let terminal = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let traces = traces.map(wahana_trace::layer).transpose()?;
    let registry = tracing_subscriber::registry().with(traces);
    if format == Format::Json || (format == Format::Auto && !terminal) {
        let json = lines.json().flatten_event(true).with_current_span(false).with_span_list(true);
        registry.with(json.with_filter(filter)).try_init()?;
    } else {
        let lines = lines.with_ansi(terminal).with_target(false).compact();
        registry.with(lines.with_filter(filter)).try_init()?;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let cause = panic.payload_as_str().unwrap_or("(no message)");
        tracing::error!(place, cause, "panic");
    }));
    Ok(())
}
