//! Reads, writes and continues the W3C trace context (`traceparent`, <https://www.w3.org/TR/trace-context/>).

use std::fmt::Display;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use opentelemetry::trace::{
    Span as _, SpanContext, SpanId, SpanKind, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
};
use opentelemetry::{Context, global};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::export::{TRACER, is_on};

/// The context of the current span, to be stored with a job; `None` if it is not sampled.
pub fn traceparent() -> Option<String> {
    let context = Span::current().context();
    let span = context.span();
    let here = span.span_context();
    (here.is_valid() && here.is_sampled())
        .then(|| format!("00-{}-{}-{:02x}", here.trace_id(), here.span_id(), here.trace_flags()))
}

/// Makes `span` a child of this `traceparent`. Without one, or if it is invalid, the span begins a new trace.
/// Call it before the span is entered.
pub fn continues(span: &Span, traceparent: Option<&str>) {
    if let Some(parent) = traceparent.and_then(parse) {
        // Fails only if no traces are exported.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent));
    }
}

/// Marks `span` as processing a message of a queue, with the attributes of OpenTelemetry
/// (<https://opentelemetry.io/docs/specs/semconv/messaging/>). They are no fields of the span, because log lines
/// have the ids already.
pub fn processes(span: &Span, queue: &'static str, message: impl Display) {
    if is_on() {
        span.set_attribute("messaging.system", "redis");
        span.set_attribute("messaging.operation.name", "process");
        span.set_attribute("messaging.operation.type", "process");
        span.set_attribute("messaging.destination.name", queue);
        span.set_attribute("messaging.message.id", message.to_string());
    }
}

/// Records a span that is already over, such as the time a job waited. Does nothing if the parent is `None`.
pub fn span_of_the_past(
    traceparent: Option<&str>,
    name: &'static str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) {
    let Some(parent) = traceparent.and_then(parse).filter(SpanContext::is_sampled) else { return };
    let tracer = global::tracer(TRACER);
    let builder =
        tracer.span_builder(name).with_kind(SpanKind::Internal).with_start_time(SystemTime::from(from));
    let mut span = tracer.build_with_context(builder, &Context::new().with_remote_span_context(parent));
    span.end_with_timestamp(SystemTime::from(to.max(from)));
}

/// `00-<trace>-<span>-<flags>`, all hexadecimal.
fn parse(text: &str) -> Option<SpanContext> {
    let mut parts = text.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if version.len() != 2 || version == "ff" || trace.len() != 32 || span.len() != 16 || flags.len() != 2 {
        return None;
    }
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?);
    let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
    let context = SpanContext::new(trace, span, flags, true, TraceState::default());
    context.is_valid().then_some(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_reads_or_is_ignored() {
        let good =
            parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").expect("the example of W3C");
        assert_eq!(good.trace_id().to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(good.span_id().to_string(), "00f067aa0ba902b7");
        assert!(good.is_sampled() && good.is_remote());
        for bad in [
            "",
            "00",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01",
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn nothing_is_kept_where_nothing_is_exported() {
        assert_eq!(traceparent(), None);
    }
}
