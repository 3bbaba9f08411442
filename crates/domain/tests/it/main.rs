//! Texts and tables of the domain, against files of this repository.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod opt_out;
mod states;
