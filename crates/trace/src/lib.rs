//! Traces: the context of the span we are in travels with a job, and the spans travel to a collector (OTLP).
//!
//! Only this crate names OpenTelemetry; everybody else opens spans of `tracing`. It must never put a body, a secret
//! or a phone number into a span, and never hold work up: what a collector does not take is dropped.

mod context;
mod export;

pub use context::{continues, processes, span_of_the_past, traceparent};
pub use export::{Export, flush, layer};
