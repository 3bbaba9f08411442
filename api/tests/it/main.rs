//! The API over HTTP, against a database per test: one folder per context, and beside them what holds for every route.
//! One binary for all, because each one links the whole product.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod accounts;
mod campaigns;
mod contacts;
mod coverage;
mod dashboard;
mod imports;
mod inbox;
mod messages;
mod openapi;
mod operator;
mod problems;
mod sessions;
