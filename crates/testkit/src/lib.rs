//! What tests of the whole product stand on: a database of their own, the API on a real port, and clients of it.
//!
//! Panics are welcome here: a test that cannot be set up has failed. Nothing that ships may depend on this crate.

mod app;
mod client;
pub mod contract;
mod database;
mod fixtures;
pub mod invariants;

pub use app::{TestApp, TestOptions};
pub use client::{Client, Reply, Tenant};
pub use database::TestDatabase;
pub use fixtures::{SessionFixture, execute};
