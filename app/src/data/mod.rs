//! Commands that write, bring back or fill the data of an installation.

mod backup;
#[cfg(feature = "dev")]
mod seed;

use std::process::ExitCode;

use crate::cli::DataCommand;
use crate::context::Context;

/// Runs one of them.
pub(crate) async fn run(context: &Context, command: DataCommand) -> anyhow::Result<ExitCode> {
    let out = context.out;
    match command {
        DataCommand::Backup(args) => backup::backup(&context.local()?, out, &args).await?,
        DataCommand::Restore(args) => backup::restore(context.config()?, out, &args).await?,
        DataCommand::ResumeSending(args) => backup::resume_sending(&context.local()?, out, &args).await?,
        #[cfg(feature = "dev")]
        DataCommand::Seed(args) => seed::run(&context.local()?, out, args).await?,
    }
    Ok(ExitCode::SUCCESS)
}
