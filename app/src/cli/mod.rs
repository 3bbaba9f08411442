//! The command line: what can be typed. What commands do stands in `roles`, `up`, `operate`, `data` and `develop`.
//!
//! Commands are grouped for the help (run, operate, data, develop), not for typing: `wahana jobs search`. Each has
//! examples, and says what it prints with `--output json`. docs/cli.md is generated from here (`reference`).

mod data;
mod develop;
mod exit;
mod nodes;
mod operate;
mod plans;
mod reference;
mod run;
mod values;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::output::{self, Format};

pub(crate) use data::{BackupArgs, DataCommand, RestoreArgs, ResumeArgs};
pub(crate) use develop::{DevelopCommand, ServicesCommand};
pub(crate) use exit::{code, not_found, refused, usage};
pub(crate) use nodes::{AddNode, NodesCommand};
pub(crate) use operate::{
    AuditArgs, ConfigCommand, DeadArgs, DeadLettersCommand, JobSearchArgs, JobsCommand, OperateCommand,
    OperatorsCommand, PauseArgs, TopArgs,
};
pub(crate) use plans::PlansCommand;
pub(crate) use reference::markdown as reference;
pub(crate) use run::{RunCommand, UpArgs};
#[cfg(feature = "dev")]
pub(crate) use {data::SeedArgs, develop::DemoArgs, run::SimArgs};

/// Examples below the help of a command, and after a semicolon what it prints with `--output json`.
macro_rules! examples {
    ($($line:literal),+ $(,)?) => { concat!("Examples:", $("\n  ", $line),+) };
    ($($line:literal),+ ; $json:literal) => { concat!("Examples:", $("\n  ", $line),+, "\n\nJSON: ", $json) };
}
use examples;

/// A self-hosted, multi-tenant WhatsApp messaging platform on WAHA.
#[derive(Parser)]
#[command(name = "wahana", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Settings on top of the defaults; see config/default.toml.
    #[arg(long, global = true, env = "WAHANA_CONFIG", value_hint = clap::ValueHint::FilePath, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Format of stdout; remarks go to stderr.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
    /// The same as `--output jsonl`.
    #[arg(long, global = true, hide = true, conflicts_with = "output")]
    json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// All commands, by group.
#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Run(RunCommand),
    #[command(flatten)]
    Operate(OperateCommand),
    #[command(flatten)]
    Data(DataCommand),
    #[command(flatten)]
    Develop(DevelopCommand),
}

impl Cli {
    /// Reads the arguments of this process; what is wrong with them ends it with exit code 2.
    pub(crate) fn read() -> Self {
        let matches: ArgMatches = command().get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// How to print.
    pub(crate) const fn format(&self) -> Format {
        if self.json { Format::Jsonl } else { self.output }
    }
}

/// A group of commands.
struct Group {
    title: &'static str,
    commands: clap::Command,
}

fn groups() -> [Group; 4] {
    let group = |title, augment: fn(clap::Command) -> clap::Command| Group {
        title,
        commands: augment(clap::Command::new(title)),
    };
    [
        group("Run", RunCommand::augment_subcommands),
        group("Operate", OperateCommand::augment_subcommands),
        group("Data", DataCommand::augment_subcommands),
        group("Develop", DevelopCommand::augment_subcommands),
    ]
}

/// The command line with its help in groups.
pub(crate) fn command() -> clap::Command {
    let command = Cli::command();
    let (header, literal) =
        (command.get_styles().get_header().to_owned(), command.get_styles().get_literal().to_owned());
    let mut help = "{about-with-newline}\n{usage-heading} {usage}\n\n".to_owned();
    for group in groups() {
        help += &format!("{header}{}:{header:#}\n", group.title);
        for one in group.commands.get_subcommands() {
            let about = one.get_about().map(ToString::to_string).unwrap_or_default();
            let name = format!("{:<14}", one.get_name());
            help += &format!("  {literal}{name}{literal:#}  {}\n", about.trim_end_matches('.'));
        }
        help.push('\n');
    }
    help += &format!("{header}Options:{header:#}\n{{options}}{{after-help}}");
    let after = format!("{}\n\n`wahana help COMMAND` has options and examples.", exit::EXIT_CODES);
    command.help_template(help).after_help(after)
}

/// Prints the completion script of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "wahana", &mut script);
    output::write(&String::from_utf8(script)?)
}

/// Prints the manual page, or writes the pages of all commands into a folder.
pub(crate) fn man(out: Option<PathBuf>) -> anyhow::Result<()> {
    match out {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command()).render(&mut page)?;
            output::write(&String::from_utf8(page)?)
        }
        Some(folder) => {
            std::fs::create_dir_all(&folder)?;
            Ok(clap_mangen::generate_to(command(), folder)?)
        }
    }
}
