//! Spans of what is asked of Postgres, named as OpenTelemetry names them
//! (<https://opentelemetry.io/docs/specs/semconv/database/>). Their level is debug and their target [`TARGET`], which only
//! the export of traces enables: without it, a span costs one load of an atomic.
//!
//! A transaction has a span from its begin to its end ([`transaction`]); statements without one have
//! `#[tracing::instrument]` at the method that sends them, if it stands on the way of a message or an event.
//!
//! Must never: hold a value of a row or a parameter.

use std::panic::Location;

use tracing::Span;

/// Whose spans these are; `wahana_trace` exports it.
pub(crate) const TARGET: &str = "wahana_store::db";

/// The span of a transaction that begins `at` this place, named by its context and file.
pub(crate) fn transaction(at: &Location<'_>) -> Span {
    if !tracing::span_enabled!(target: TARGET, tracing::Level::DEBUG) {
        return Span::none();
    }
    let summary = format!("transaction {}", subject(at.file()));
    tracing::debug_span!(
        target: TARGET,
        "transaction",
        otel.kind = "client",
        otel.name = summary,
        db.system.name = "postgresql",
        db.operation.name = "transaction",
        db.query.summary = summary,
        code.file.path = at.file(),
        code.line.number = at.line(),
    )
}

/// `crates/store/src/messages/accepting.rs` is about `messages/accepting`, `crates/store/src/campaigns/mod.rs` about
/// `campaigns`.
fn subject(file: &str) -> &str {
    let file = file.rsplit_once("src/").map_or(file, |(_, file)| file);
    let file = file.strip_suffix(".rs").unwrap_or(file);
    file.strip_suffix("/mod").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_subject() {
        assert_eq!(subject("crates/store/src/messages/accepting.rs"), "messages/accepting");
        assert_eq!(subject("crates/store/src/campaigns/mod.rs"), "campaigns");
        assert_eq!(subject(Location::caller().file()), "db/spans");
    }

    #[test]
    fn nothing_is_spent_where_nothing_is_exported() {
        assert!(transaction(Location::caller()).is_none());
    }
}
