//! Rules of the whole tree that the compiler does not check, so that they are enforced and not agreed.
//!
//! They need no network. A failing rule says what to do; an exception is a line in a table here, argued for in
//! review. What may come in from outside (licences, bans, advisories) is in `deny.toml`, enforced by `.ci/lint`.

mod binaries;
mod changelog;
mod contexts;
mod direction;
mod features;
mod metadata;
mod metrics;
mod modules;
mod paths;
mod sql;
mod text;
mod tree;
mod words;
