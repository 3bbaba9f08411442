//! The command line.

use clap::{Args, Parser, Subcommand};

/// Measures Wahana on this machine, beside bare figures of the same run. Private services; nothing to set up.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What all scenarios take.
#[derive(Args)]
pub(crate) struct Common {
    /// Decides numbers and texts.
    #[arg(long, global = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Prints one JSON object on the last line instead of a report.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Syncs every commit to disk, as `wahana up` does. Without it fsync is off, for the bare figures too.
    #[arg(long, global = true)]
    pub(crate) durable: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Accepting messages, against a handler that does one INSERT.
    Api(ApiArgs),
    /// The whole way from the API or a campaign to the recorded `sent`, against loops without a queue.
    Way(WayArgs),
    /// From the API's answer to the start of the send on an idle system, against a ping through Redis.
    Latency(LatencyArgs),
    /// Importing a list into a campaign, against COPY.
    Import(ImportArgs),
    /// A WAHA server that takes everything at once.
    #[command(hide = true)]
    Stub,
    /// A handler that does one INSERT into the database of DATABASE_URL.
    #[command(hide = true)]
    Bare,
}

#[derive(Args)]
pub(crate) struct ApiArgs {
    /// Messages with 32 connections, for each side; a quarter of it with one connection.
    #[arg(long, default_value_t = 12_000, value_parser = clap::value_parser!(u64).range(24..=1_000_000))]
    pub(crate) messages: u64,
}

#[derive(Args)]
pub(crate) struct WayArgs {
    /// Messages through the API, as many again as a campaign, and as many for each loop.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    pub(crate) messages: u64,
    /// WhatsApp sessions that send, without any pause between two messages.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=50))]
    pub(crate) sessions: u16,
}

#[derive(Args)]
pub(crate) struct LatencyArgs {
    /// How long.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) seconds: u64,
    /// Messages per second.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) rate: u64,
    /// WhatsApp sessions that send, without any pause between two messages.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) sessions: u16,
}

#[derive(Args)]
pub(crate) struct ImportArgs {
    /// Lines of the list.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    pub(crate) rows: u64,
}
