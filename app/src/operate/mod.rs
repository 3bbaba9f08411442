//! Commands that look at an installation and steer it.

mod audit;
mod controls;
mod doctor;
mod jobs;
mod nodes;
mod operators;
mod plans;
mod settings;
mod top;
mod workers;

use std::process::ExitCode;

pub(crate) use doctor::health;

use crate::cli::OperateCommand;
use crate::context::Context;

/// Runs one of them.
pub(crate) async fn run(context: &Context, command: OperateCommand) -> anyhow::Result<ExitCode> {
    let out = context.out;
    match command {
        OperateCommand::Top(args) => top::run(&context.local()?, &args).await?,
        OperateCommand::Jobs { command } => jobs::run(&context.local()?, out, command).await?,
        OperateCommand::DeadLetters { command } => {
            jobs::dead_letters(&context.local()?, out, command).await?;
        }
        OperateCommand::Pause(args) => controls::pause(&context.local()?, out, args, true).await?,
        OperateCommand::Resume(args) => controls::pause(&context.local()?, out, args, false).await?,
        OperateCommand::Controls => controls::list(&context.local()?, out).await?,
        OperateCommand::Concurrency { queue, slots } => {
            controls::concurrency(&context.local()?, out, queue, slots.0).await?;
        }
        OperateCommand::Workers => workers::list(&context.local()?, out).await?,
        OperateCommand::Nodes { command } => nodes::run(&context.local()?, out, command).await?,
        OperateCommand::Plans { command } => plans::run(&context.local()?, out, command).await?,
        OperateCommand::Operators { command } => operators::run(&context.local()?, out, command).await?,
        OperateCommand::Audit(args) => audit::run(&context.local()?, out, args).await?,
        OperateCommand::Doctor => return doctor::run(context).await,
        OperateCommand::Config { command } => return settings::run(context, command),
    }
    Ok(ExitCode::SUCCESS)
}
