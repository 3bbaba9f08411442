//! docs/cli.md: the reference of all commands, made from the definitions, so that it cannot differ from the help.

use clap::{Arg, Command};

use super::exit::EXIT_CODES;
use super::{command, groups};

const INTRODUCTION: &str = "\
# Command line

Generated from the definitions in `app/src/cli` by `./wahana gen`. The same stands
in `wahana help COMMAND` and `wahana man`. `wahana completions SHELL` prints a completion script.

Commands of *operate* and *data* work on the database of the settings, else on that of the `wahana up` that runs on this
machine. With `--output json` a command prints one JSON array or object on stdout, with `--output jsonl` one object a
line; remarks for people go to stderr. Fields may be added, none is renamed or removed.
";

/// The text of docs/cli.md.
pub(crate) fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    let whole = command();
    text += "\n## Options of all commands\n\n";
    text += &arguments(whole.get_arguments().filter(|arg| !arg.is_hide_set()));
    let codes = EXIT_CODES.lines().skip(1).filter_map(|line| line.trim().split_once("  "));
    text += "\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n";
    codes.for_each(|(code, meaning)| text += &format!("| {code} | {meaning} |\n"));
    text += "\n`services exec` ends with the exit code of its program.\n";
    for group in groups() {
        text += &format!("\n## {}\n", group.title);
        for one in group.commands.get_subcommands() {
            chapter(&mut text, "wahana", one);
        }
    }
    text
}

fn chapter(text: &mut String, above: &str, command: &Command) {
    let name = format!("{above} {}", command.get_name());
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    *text +=
        &format!("\n### {name}\n\n{}\n", about.unwrap_or_default().trim_end_matches('.').to_owned() + ".");
    let own: Vec<&Arg> = command.get_arguments().filter(|arg| !is_general(arg)).collect();
    if !own.is_empty() {
        *text += &format!("\n{}", arguments(own.into_iter()));
    }
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        let (examples, json) = after.split_once("\n\nJSON: ").unwrap_or((after.as_str(), ""));
        let lines: Vec<&str> = examples.lines().skip(1).map(str::trim).collect();
        *text += &format!("\n```sh\n{}\n```\n", lines.join("\n"));
        if !json.is_empty() {
            *text += &format!("\nJSON: {json}.\n");
        }
    }
    command.get_subcommands().for_each(|one| chapter(text, &name, one));
}

fn is_general(arg: &Arg) -> bool {
    arg.is_global_set() || arg.is_hide_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

fn arguments<'a>(all: impl Iterator<Item = &'a Arg>) -> String {
    let row = |arg: &Arg| {
        let values = arg.get_value_names().unwrap_or_default().join(" ");
        let takes = arg.get_action().takes_values();
        let name = match arg.get_long() {
            Some(long) if takes => format!("--{long} {values}"),
            Some(long) => format!("--{long}"),
            None if arg.is_required_set() => format!("<{values}>"),
            None => format!("[{values}]"),
        };
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        // clap takes the full stop off a single sentence.
        if !help.ends_with(['.', '?']) {
            help.push('.');
        }
        let possible: Vec<String> =
            arg.get_possible_values().iter().map(|v| format!("`{}`", v.get_name())).collect();
        if takes && !possible.is_empty() && !arg.is_hide_possible_values_set() {
            help += &format!(" One of {}.", possible.join(", "));
        }
        let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if takes && !default.is_empty() {
            help += &format!(" Default: `{}`.", default.join(" "));
        }
        if let Some(variable) = arg.get_env() {
            help += &format!(" Environment: `{}`.", variable.to_string_lossy());
        }
        format!("| `{name}` | {help} |\n")
    };
    all.map(row).fold("| argument | meaning |\n| --- | --- |\n".to_owned(), |text, row| text + &row)
}
