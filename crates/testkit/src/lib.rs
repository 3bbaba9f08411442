//! What tests of the whole product stand on: waiting, a database of their own, the API on a real port, and clients of it.
//!
//! Panics are welcome here: a test that cannot be set up has failed. Nothing that ships may depend on this crate.

mod eventually;

#[cfg(feature = "product")]
mod app;
#[cfg(feature = "product")]
mod client;
#[cfg(feature = "product")]
pub mod contract;
#[cfg(feature = "product")]
mod database;
#[cfg(feature = "product")]
mod fixtures;
#[cfg(feature = "product")]
pub mod invariants;

pub use eventually::{Look, PATIENCE, eventually, eventually_is};

#[cfg(feature = "product")]
pub use app::{TestApp, TestOptions};
#[cfg(feature = "product")]
pub use client::{Client, Reply, Tenant};
#[cfg(feature = "product")]
pub use database::TestDatabase;
#[cfg(feature = "product")]
pub use fixtures::{SessionFixture, execute};
