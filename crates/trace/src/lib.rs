//! Traces: the trace context is stored with each job, and spans are exported to a collector (OTLP).
//!
//! Only this crate names OpenTelemetry; all others open spans of `tracing`. It must never put a body, a
//! secret or a phone number into a span, and never delay work: spans that a collector does not accept are
//! dropped.

mod context;
mod export;

pub use context::{continues, processes, span_of_the_past, traceparent};
pub use export::{Export, flush, layer};
