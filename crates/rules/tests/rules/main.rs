//! Rules of the whole tree that the compiler does not check, so that they are enforced and not agreed.
//!
//! They need no network. A failing rule says what to do; an exception is a line in a table here, argued for in
//! review. `deny.toml` says the same about crates from outside for people who have cargo-deny; this is the gate.

mod binaries;
mod contexts;
mod direction;
mod licences;
mod lockfile;
mod metadata;
mod metrics;
mod modules;
mod sql;
mod text;
mod tree;
