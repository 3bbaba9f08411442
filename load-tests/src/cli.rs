//! The command line.

use clap::{Args, Parser, Subcommand};

use crate::peers::Peer;

/// Measures Wahana on this machine, with baselines from the same run. Uses private services; needs no setup.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Options of all scenarios.
#[derive(Args)]
pub(crate) struct Common {
    /// Seed of numbers and texts.
    #[arg(long, global = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print one JSON object instead of a report.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Sync every commit to disk, as `wahana up` does. Without it fsync is off, also for the baselines.
    #[arg(long, global = true)]
    pub(crate) durable: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Accept messages; baseline: a handler that does one INSERT.
    Api(ApiArgs),
    /// Send messages from the API or a campaign to the recorded `sent`; baseline: loops without a queue.
    Way(WayArgs),
    /// Measure the time from the API's answer to the start of the send on an idle system; baseline: a ping
    /// through Redis.
    Latency(LatencyArgs),
    /// Import a list into a campaign; baseline: COPY.
    Import(ImportArgs),
    /// Inject seeded faults while several processes of each role work; afterwards nothing may be lost or sent
    /// twice.
    Chaos(ChaosArgs),
    /// Send messages of one tenant at a steady rate beside another tenant's million queued jobs; baseline:
    /// the same alone.
    Fairness(FairnessArgs),
    /// Do the same work with other queues on this machine: BullMQ and SAQ.
    Peers(PeersArgs),
    /// Dispatch backlogs of up to a million messages, and run thousands of sessions at a human pace.
    Scale(ScaleArgs),
    /// Run a WAHA stub that accepts everything at once.
    #[command(hide = true)]
    Stub,
    /// Run a handler that does one INSERT into the database of DATABASE_URL.
    #[command(hide = true)]
    Bare,
}

#[derive(Args)]
pub(crate) struct ApiArgs {
    /// Messages with 32 connections, for each side; a quarter of them with one connection.
    #[arg(long, default_value_t = 12_000, value_parser = clap::value_parser!(u64).range(24..=1_000_000))]
    pub(crate) messages: u64,
}

#[derive(Args)]
pub(crate) struct WayArgs {
    /// Messages through the API, and the same number as a campaign and for each loop.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    pub(crate) messages: u64,
    /// WhatsApp sessions that send, without any pause between two messages.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=50))]
    pub(crate) sessions: u16,
    /// Make Postgres count its statements and show the most expensive ones; this costs some CPU itself.
    #[arg(long)]
    pub(crate) statements: bool,
}

#[derive(Args)]
pub(crate) struct LatencyArgs {
    /// Duration.
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

#[derive(Args)]
pub(crate) struct ChaosArgs {
    /// Duration of the faults, after which all work must end.
    #[arg(long, default_value_t = 3.0, value_parser = minutes)]
    pub(crate) minutes: f64,
    /// Recipients of all campaigns together; single messages come on top.
    #[arg(long, default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(60..=1_000_000))]
    pub(crate) recipients: u32,
    /// Keep the logs of all processes in this folder.
    #[arg(long)]
    pub(crate) logs: Option<std::path::PathBuf>,
}

fn short_minutes(text: &str) -> Result<f64, String> {
    let minutes: f64 = text.parse().map_err(|_| "a number of minutes, such as 10 or 0.1".to_owned())?;
    if (0.02..=600.0).contains(&minutes) { Ok(minutes) } else { Err("from 0.02 to 600 minutes".into()) }
}

fn minutes(text: &str) -> Result<f64, String> {
    let minutes: f64 = text.parse().map_err(|_| "a number of minutes, such as 3 or 0.5".to_owned())?;
    if (0.2..=600.0).contains(&minutes) { Ok(minutes) } else { Err("from 0.2 to 600 minutes".into()) }
}

#[derive(Args)]
pub(crate) struct FairnessArgs {
    /// Queued jobs of the big tenant.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    pub(crate) messages: u64,
    /// Sessions of the big tenant that send five times a second; they hold half of its jobs.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    pub(crate) fast_sessions: u16,
    /// Sessions of the big tenant at a human pace, 30 to 60 s between two messages.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) slow_sessions: u16,
    /// How long the small tenant sends alone, and the same beside the big one.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(2..=3600))]
    pub(crate) seconds: u64,
    /// Messages of the small tenant per second.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) rate: u64,
}

#[derive(Args)]
pub(crate) struct PeersArgs {
    /// Messages that each side sends at full speed.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(20..=1_000_000))]
    pub(crate) messages: u64,
    /// WhatsApp sessions of our side, and queues of each peer while all are idle.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) sessions: u16,
    /// How long each side gets single messages.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) seconds: u64,
    /// Messages per second.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) rate: u64,
    /// How long all sides idle.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) idle_seconds: u64,
    /// Queues to compare with.
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["bullmq", "bullmq-together", "saq"])]
    pub(crate) peers: Vec<Peer>,
}

#[derive(Args)]
pub(crate) struct ScaleArgs {
    /// Sessions at a human pace.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u16).range(1..=20_000))]
    pub(crate) sessions: u16,
    /// How long they send.
    #[arg(long, default_value_t = 10.0, value_parser = short_minutes)]
    pub(crate) minutes: f64,
    /// Shortest pause between two messages, in milliseconds.
    #[arg(long, default_value_t = 30_000, value_parser = clap::value_parser!(u32).range(100..=3_600_000))]
    pub(crate) gap_min_ms: u32,
    /// Longest pause, in milliseconds.
    #[arg(long, default_value_t = 60_000, value_parser = clap::value_parser!(u32).range(100..=3_600_000))]
    pub(crate) gap_max_ms: u32,
    /// Lengths of the backlogs that are dispatched, as a campaign and as queued jobs.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 100_000, 1_000_000], value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    pub(crate) backlog: Vec<u64>,
    /// Repetitions of a backlog shorter than 5,000, added up.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=20))]
    pub(crate) runs: u64,
    /// How long the system idles, without and with the many sessions.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) idle_seconds: u64,
    /// Plot the cost over the length of the backlog into this file.
    #[arg(long)]
    pub(crate) svg: Option<std::path::PathBuf>,
}
