//! Durations as Postgres takes them.

use std::time::Duration;

use sqlx::postgres::types::PgInterval;

/// An interval of so many microseconds.
pub(crate) fn pg_interval(duration: Duration) -> PgInterval {
    PgInterval { months: 0, days: 0, microseconds: duration.as_micros() as i64 }
}
