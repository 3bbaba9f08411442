//! A whole scheduler on a real Postgres and Redis.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod heartbeat;
mod limits;
