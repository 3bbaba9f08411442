//! Log lines on stderr: pretty for people, JSON for machines. Request, job and organization ids come as
//! fields of the spans that `api` and `queue` open. It must never log a body, a secret or a phone number.
//!
//! Names of fields are dotted as OpenTelemetry's are, and mean the same in every crate:
//!
//! | field | what it is |
//! | --- | --- |
//! | `service.name` | the role: `wahana-api`, `wahana-worker`, `wahana-scheduler`; `wahana` is all in one process |
//! | `organization.id`, `session.id`, `message.id`, `campaign.id`, `sender_pool.id`, `device.id`, `event.id`, `lane.id` | our ids; a lane has its session's |
//! | `node.id`, `node.name`, `node.health` | a WAHA server |
//! | `job.id`, `job.kind`, `job.attempt`, `job.outcome` | a job, which try it is and how that ended |
//! | `queue.name`, `loop.name`, `task.name`, `child.name` | a queue, a loop of the scheduler, a task of the process, a server that it started |
//! | `request.id` | the request's, as in `X-Request-Id` and the request log |
//! | `http.request.method`, `http.route`, `http.response.status_code`, `duration_ms` | an HTTP request |
//! | `waha.operation`, `waha.outcome` | a call of WAHA |
//! | `error.type` | the reason code; what a program can act on |
//! | `error.message` | what went wrong, for people |
//! | `exception.message`, `code.location` | a panic |
//!
//! What is a plain number (`sessions`, `jobs`, `lost`) keeps its noun. Levels: error is a defect, warn is a failure that is
//! being dealt with, info is a change of state, a recovery too.

use std::fmt;
use std::io::IsTerminal;

use anyhow::Context;
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};
use wahana_trace::Export;

/// Format of log lines.
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
/// `service` is the role of the process, such as `wahana-api`: `service.name` of every JSON line and of every trace.
///
/// With `traces`, spans also go to a collector; [`wahana_trace::flush`] sends the last ones.
///
/// # Errors
/// The filter does not parse, the exporter cannot be built, or a subscriber is installed already.
pub fn init_logs(
    format: Format,
    filter: &str,
    service: &'static str,
    traces: Option<&Export>,
) -> anyhow::Result<()> {
    let from_env = std::env::var("RUST_LOG").ok().filter(|set| !set.is_empty());
    let wanted = from_env.as_deref().unwrap_or(filter);
    let filter =
        EnvFilter::try_new(wanted).with_context(|| format!("the log filter {wanted:?} does not parse"))?;
    let terminal = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let traces = traces.map(|export| wahana_trace::layer(export, service)).transpose()?;
    let registry = tracing_subscriber::registry().with(traces);
    if format == Format::Json || (format == Format::Auto && !terminal) {
        let json = lines.json().flatten_event(true).with_current_span(false).with_span_list(true);
        let json = json.map_event_format(|inner| WithService { inner, service });
        registry.with(json.with_filter(filter)).try_init()?;
    } else {
        let lines = lines.with_ansi(terminal).with_target(false).compact();
        registry.with(lines.with_filter(filter)).try_init()?;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let cause = panic.payload_as_str().unwrap_or("(no message)");
        tracing::error!(code.location = place, exception.message = cause, "panic");
    }));
    Ok(())
}

/// JSON lines that begin with the name of the service.
struct WithService<F> {
    inner: F,
    service: &'static str,
}

impl<S, N, F> FormatEvent<S, N> for WithService<F>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        write!(writer, "{{\"service.name\":\"{}\",", self.service)?;
        let mut rest = WithoutFirst { writer, first: true };
        self.inner.format_event(context, Writer::new(&mut rest), event)
    }
}

/// Leaves out the first character, which is the brace that is written already.
struct WithoutFirst<'writer> {
    writer: Writer<'writer>,
    first: bool,
}

impl fmt::Write for WithoutFirst<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let text = if self.first { text.strip_prefix('{').unwrap_or(text) } else { text };
        self.first = self.first && text.is_empty();
        self.writer.write_str(text)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("lines").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_line_names_its_service() {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
        let layer = layer.json().flatten_event(true).with_current_span(false).with_span_list(true);
        let layer = layer.map_event_format(|inner| WithService { inner, service: "wahana-api" });
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::info!(session.id = "ses_1", error.type = "timeout", "it ran out of time");
        });
        let text = String::from_utf8(lines.0.lock().expect("lines").clone()).expect("text");
        assert!(text.starts_with(r#"{"service.name":"wahana-api","timestamp":""#), "{text}");
        for part in
            [r#""session.id":"ses_1""#, r#""error.type":"timeout""#, r#""message":"it ran out of time""#]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(text.ends_with("}\n"), "{text}");
    }
}
