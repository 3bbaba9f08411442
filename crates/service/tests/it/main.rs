//! Use cases without HTTP, against a real Postgres.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod accept;
mod draft;
mod dry_run;
mod forecast;
mod import;
mod launch;
mod personalise;
mod sender_choice;
mod sessions;
mod shop;
mod versions;
