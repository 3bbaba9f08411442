//! One file per scenario: it starts its stack, measures, checks, and reports.

mod api;
mod chaos;
mod fairness;
mod import;
mod latency;
mod loops;
mod peers;
mod ping;
mod scale;
mod sending;
mod way;

use crate::cli::{Command, Common};
use crate::machine;
use crate::report::Report;
use crate::stack::Stack;

/// Runs one; returns whether its messages added up.
pub(crate) async fn run(command: &Command, common: &Common) -> anyhow::Result<bool> {
    match command {
        Command::Api(args) => api::run(args, common).await,
        Command::Way(args) => way::run(args, common).await,
        Command::Latency(args) => latency::run(args, common).await,
        Command::Import(args) => import::run(args, common).await,
        Command::Chaos(args) => chaos::run(args, common).await,
        Command::Fairness(args) => fairness::run(args, common).await,
        Command::Peers(args) => peers::run(args, common).await,
        Command::Scale(args) => scale::run(args, common).await,
        Command::Stub | Command::Bare => anyhow::bail!("not a scenario"),
    }
}

/// A report with the state of the machine before the load.
async fn report(scenario: &'static str, common: &Common, stack: &Stack) -> anyhow::Result<Report> {
    let machine = machine::machine();
    let versions = machine::versions(stack.store.pool(), &stack.services.redis_url).await?;
    Ok(Report::new(scenario, common, machine, versions))
}
