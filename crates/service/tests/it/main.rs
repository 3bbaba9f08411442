//! Use cases without HTTP, against a real Postgres.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod accept;
