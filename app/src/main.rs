//! `wahana`: one binary, the role is a subcommand. The only place that knows every crate.
#![allow(clippy::print_stdout, reason = "a command line program talks on stdout")]

mod backup;
mod cli;
mod controls;
mod dashboard;
mod demo;
mod doctor;
mod jobs;
mod nodes;
mod operators;
mod roles;
mod sim;
mod table;
mod top;
mod up;
mod wire;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, ServicesCommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // One TLS provider for the whole process; a second call is refused, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let code = run(Cli::parse()).await.unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        eprint_error(&error);
        ExitCode::FAILURE
    });
    wahana_runtime::flush();
    code
}

#[expect(clippy::print_stderr, reason = "the last word of a failed command, seen with any log filter")]
fn eprint_error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let file = cli.config.as_deref();
    match cli.command {
        Command::Up(args) => up::run(wire::config(file)?, &args).await?,
        Command::Api => roles::api(wire::config(file)?).await?,
        Command::Worker => roles::worker(wire::config(file)?).await?,
        Command::Scheduler => roles::scheduler(wire::config(file)?).await?,
        Command::Migrate => roles::migrate(wire::config(file)?).await?,
        Command::Demo(args) => return demo::run(wire::config(file)?, &args).await,
        Command::Nodes { command } => nodes::run(&wire::local(file)?, command).await?,
        Command::Operators { command } => operators::run(&wire::local(file)?, command).await?,
        Command::Top(args) => top::run(&wire::local(file)?, &args).await?,
        Command::Jobs { command } => jobs::run(&wire::local(file)?, command).await?,
        Command::DeadLetters { command } => jobs::dead_letters(&wire::local(file)?, command).await?,
        Command::Workers => jobs::workers(&wire::local(file)?).await?,
        Command::Pause(args) => controls::pause(&wire::local(file)?, args, true).await?,
        Command::Resume(args) => controls::pause(&wire::local(file)?, args, false).await?,
        Command::Concurrency { queue, slots } => {
            controls::concurrency(&wire::local(file)?, &queue, &slots).await?;
        }
        Command::Controls => controls::list(&wire::local(file)?).await?,
        Command::Audit(args) => operators::audit(&wire::local(file)?, args).await?,
        Command::Backup(args) => backup::backup(&wire::local(file)?, &args).await?,
        Command::Restore(args) => backup::restore(wire::config(file)?, &args).await?,
        Command::ResumeSending(args) => backup::resume_sending(&wire::local(file)?, &args).await?,
        Command::WahaSim(args) => sim::run(&args).await?,
        Command::Doctor => return doctor::run(file).await,
        Command::Health => return doctor::health(&wire::config(file)?).await,
        Command::Openapi => println!("{}", wahana_api::openapi().to_pretty_json()?),
        Command::Config => print!("{}", wire::config(file)?.redacted()),
        Command::Services { command: ServicesCommand::Exec { command } } => {
            let status = wahana_embedded::exec_with_services(command).await?;
            return Ok(ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(1)));
        }
    }
    Ok(ExitCode::SUCCESS)
}
