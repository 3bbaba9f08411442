//! Spans of what is asked of Postgres, named as OpenTelemetry names them
//! (<https://opentelemetry.io/docs/specs/semconv/database/>). Their level is debug and their target [`TARGET`], which only
//! the export of traces enables: without it, a span costs one load of an atomic.
//!
//! A transaction has a span from its begin to its end ([`transaction`]); statements without one have
//! `#[tracing::instrument]` at the method that sends them, if it stands on the way of a message or an event.
//!
//! Must never: hold a value of a row or a parameter.

use std::panic::Location;
use std::path::Path;

use tracing::Span;

/// Whose spans these are; `wahana_trace` exports it.
pub(crate) const TARGET: &str = "wahana_store::db";

/// The span of a transaction that begins `at` this place: its file names the rows that it is about.
pub(crate) fn transaction(at: &Location<'_>) -> Span {
    if !tracing::enabled!(target: TARGET, tracing::Level::DEBUG) {
        return Span::none();
    }
    let noun = noun(at.file());
    tracing::debug_span!(
        target: TARGET,
        "transaction",
        otel.kind = "client",
        otel.name = format!("transaction {noun}"),
        db.system.name = "postgresql",
        db.operation.name = "transaction",
        db.query.summary = format!("transaction {noun}"),
        db.collection.name = noun,
        code.file.path = at.file(),
        code.line.number = at.line(),
    )
}

/// `crates/store/src/campaigns.rs` and `crates/store/src/campaigns/mod.rs` are about `campaigns`.
fn noun(file: &str) -> &str {
    let path = Path::new(file);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if stem != "mod" {
        return stem;
    }
    path.parent().and_then(Path::file_name).and_then(|folder| folder.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_rows() {
        assert_eq!(noun("crates/store/src/campaigns.rs"), "campaigns");
        assert_eq!(noun("crates/store/src/campaigns/mod.rs"), "campaigns");
        assert_eq!(noun(Location::caller().file()), "spans");
    }

    #[test]
    fn nothing_is_spent_where_nothing_is_exported() {
        assert!(transaction(Location::caller()).is_none());
    }
}
