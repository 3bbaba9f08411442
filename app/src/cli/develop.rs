//! Commands for those who work on Wahana, or with its command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::examples;

/// Develop and integrate.
#[derive(Subcommand)]
pub(crate) enum DevelopCommand {
    /// Run a whole campaign on a throwaway stack: import, sending, delivery, report.
    #[cfg(feature = "dev")]
    #[command(after_help = examples!(
        "wahana demo",
        "wahana demo --recipients 5000 --keep";
        "an object with recipients, totals (by state), rejected, duplicates_sent, seconds, accounted_for"
    ))]
    Demo(DemoArgs),
    /// Print the OpenAPI document.
    #[command(after_help = examples!("wahana openapi > openapi.json"))]
    Openapi,
    /// Run a program with throwaway Postgres and Redis.
    #[command(arg_required_else_help = true)]
    Services {
        #[command(subcommand)]
        command: ServicesCommand,
    },
    /// Print the completion script of a shell.
    #[command(after_help = examples!(
        "wahana completions bash > ~/.local/share/bash-completion/completions/wahana",
        "wahana completions zsh > ~/.zfunc/_wahana",
        "wahana completions fish > ~/.config/fish/completions/wahana.fish"
    ))]
    Completions {
        /// Shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write the pages of all commands.
    #[command(after_help = examples!("wahana man | man -l -", "wahana man --out /usr/local/share/man/man1"))]
    Man {
        /// Folder for the pages of all commands.
        #[arg(long, value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
        /// Print docs/cli.md instead.
        #[arg(long, hide = true, conflicts_with = "out")]
        markdown: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum ServicesCommand {
    /// Start both, run the program with DATABASE_URL and REDIS_URL, and end both.
    #[command(after_help = examples!("wahana services exec -- cargo nextest run"))]
    Exec {
        /// Program and arguments.
        #[arg(required = true, trailing_var_arg = true, value_hint = ValueHint::CommandWithArguments)]
        command: Vec<OsString>,
    },
}

#[cfg(feature = "dev")]
#[derive(Args)]
pub(crate) struct DemoArgs {
    /// People of the campaign.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) recipients: u32,
    /// Leave everything running at the end, and print addresses and keys.
    #[arg(long)]
    pub(crate) keep: bool,
}
