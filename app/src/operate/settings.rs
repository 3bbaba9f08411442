//! `wahana config`: the settings in force, what is wrong with them, and what there is to set.

use std::process::ExitCode;

use serde_json::json;
use wahana_config::Config;

use crate::cli::ConfigCommand;
use crate::context::Context;
use crate::output;

/// Shows, checks or describes the settings.
pub(super) fn run(context: &Context, command: Option<ConfigCommand>) -> anyhow::Result<ExitCode> {
    match command.unwrap_or(ConfigCommand::Show) {
        ConfigCommand::Show => {
            let config = context.config()?;
            let text = config.redacted().to_string();
            context.out.object(&config.redacted_json(), text.trim_end())?;
        }
        ConfigCommand::Check => return check(context),
        ConfigCommand::Default => output::write(wahana_config::DEFAULTS)?,
        ConfigCommand::Schema => {
            output::write(&(serde_json::to_string_pretty(&wahana_config::schema()?)? + "\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn check(context: &Context) -> anyhow::Result<ExitCode> {
    let problems = Config::problems_of_process(context.file.as_deref());
    if problems.is_empty() && !context.out.is_json() {
        println!("the settings are right; `wahana doctor` also looks whether what they name can be reached");
        return Ok(ExitCode::SUCCESS);
    }
    let rows = problems.iter().map(|problem| {
        let key = problem.key().unwrap_or_default().to_owned();
        (json!({"key": problem.key(), "problem": problem.to_string()}), [key, problem.to_string()])
    });
    context.out.rows(["KEY", "PROBLEM"], rows)?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
