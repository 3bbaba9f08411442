//! The store against a real Postgres, a database per test.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod abandoned;
mod attempts;
mod baseline;
mod files;
mod holds;
mod plain_turns;
mod pool_moves;
mod schema;
mod schema_docs;
