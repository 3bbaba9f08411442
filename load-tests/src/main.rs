//! `load-tests`: throughput and latency of the product, each with a baseline from the same run. It measures
//! release binaries from outside, as production runs them.
//!
//! It must never touch services that are not its own, and never report a run whose messages do not add up.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program talks on stdout")]

mod account;
mod bare;
mod check;
mod child;
mod cli;
mod client;
mod load;
mod machine;
mod meter;
mod peers;
mod report;
mod role;
mod rows;
mod scenario;
mod stack;
mod statements;
mod stub;
mod traffic;
mod trickle;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    // One TLS provider for the whole process; a second call fails, which is harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    let ran = match &cli.command {
        Command::Stub => stub::run().await.map(|()| true),
        Command::Bare => bare::run().await.map(|()| true),
        scenario => scenario::run(scenario, &cli.common).await,
    };
    match ran {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
