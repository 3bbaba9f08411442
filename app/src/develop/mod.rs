//! Commands for those who work on Wahana, or with its command line.

#[cfg(feature = "dev")]
mod demo;
#[cfg(feature = "dev")]
mod sim;

use std::process::ExitCode;

#[cfg(feature = "dev")]
pub(crate) use sim::run as simulator;

use crate::cli::{self, DevelopCommand, ServicesCommand};
use crate::context::Context;
use crate::output;

/// Runs one of them.
#[cfg_attr(not(feature = "dev"), expect(unused_variables, reason = "only the demo asks"))]
pub(crate) async fn run(context: &Context, command: DevelopCommand) -> anyhow::Result<ExitCode> {
    match command {
        #[cfg(feature = "dev")]
        DevelopCommand::Demo(args) => return demo::run(context.config()?, context.out, &args).await,
        DevelopCommand::Openapi => output::write(&(wahana_api::openapi().to_pretty_json()? + "\n"))?,
        DevelopCommand::Services { command: ServicesCommand::Exec { command } } => {
            let status = wahana_embedded::exec_with_services(command).await?;
            return Ok(ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(1)));
        }
        DevelopCommand::Completions { shell } => cli::completions(shell)?,
        DevelopCommand::Man { markdown: true, .. } => output::write(&cli::reference())?,
        DevelopCommand::Man { out, .. } => cli::man(out)?,
    }
    Ok(ExitCode::SUCCESS)
}
