//! `wahana`: one binary, the role is a subcommand. The only place that knows every crate.
#![allow(clippy::print_stdout, reason = "a command line program talks on stdout")]

mod cli;
mod context;
mod dashboard;
mod data;
mod develop;
mod media;
mod operate;
mod output;
mod roles;
mod up;
mod wire;

use std::process::ExitCode;

use crate::cli::{Cli, Command, RunCommand};
use crate::context::Context;
use crate::output::Output;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // One TLS provider for the whole process; a second call is refused, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let code = run(Cli::read()).await.unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        eprint_error(&error);
        cli::code(&error)
    });
    wahana_runtime::flush();
    code
}

#[expect(clippy::print_stderr, reason = "the last word of a failed command, seen with any log filter")]
fn eprint_error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let context = Context { out: Output(cli.format()), file: cli.config };
    match cli.command {
        Command::Run(command) => process(&context, command).await,
        Command::Operate(command) => operate::run(&context, command).await,
        Command::Data(command) => data::run(&context, command).await,
        Command::Develop(command) => develop::run(&context, command).await,
    }
}

async fn process(context: &Context, command: RunCommand) -> anyhow::Result<ExitCode> {
    match command {
        RunCommand::Up(args) => up::run(context.config()?, &args).await?,
        RunCommand::Api => roles::api(context.config()?).await?,
        RunCommand::Worker => roles::worker(context.config()?).await?,
        RunCommand::Scheduler => roles::scheduler(context.config()?).await?,
        RunCommand::Migrate => roles::migrate(context.config()?).await?,
        RunCommand::Health => return operate::health(&context.config()?).await,
        #[cfg(feature = "dev")]
        RunCommand::WahaSim(args) => develop::simulator(&args).await?,
    }
    Ok(ExitCode::SUCCESS)
}
