//! What can be typed, what is refused, and that the help is complete.

use super::*;

fn parse(line: &str) -> Result<Cli, String> {
    let matches = command().try_get_matches_from(line.split(' ')).map_err(|error| error.to_string())?;
    Cli::from_arg_matches(&matches).map_err(|error| error.to_string())
}

fn refusal(line: &str) -> String {
    match parse(line) {
        Ok(_) => panic!("accepted: {line}"),
        Err(text) => text,
    }
}

/// Every command that does something, with its whole name.
fn leaves(above: &str, command: &clap::Command, found: &mut Vec<(String, clap::Command)>) {
    for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let name = format!("{above} {}", one.get_name());
        if one.has_subcommands() {
            leaves(&name, one, found);
        } else {
            found.push((name, one.clone()));
        }
    }
}

#[test]
fn definitions_are_sound() {
    command().debug_assert();
}

#[test]
fn closed_lists_are_checked_and_named() {
    for (line, words) in [
        ("wahana jobs search --state foo", ["dead", "delivered"]),
        ("wahana jobs search --kind foo", ["send_message", "resolve_lids"]),
        ("wahana concurrency foo 3", ["lanes", "maintenance"]),
        ("wahana concurrency lanes many", ["1000", "default"]),
        ("wahana pause nothing", ["outbound", "session"]),
        ("wahana --output xml workers", ["table", "jsonl"]),
        ("wahana dead-letters replay --since yesterday", ["2026-01-31T00:00:00Z", "2h"]),
        ("wahana resume-sending --drop-older-than 2w", ["such as", "2h"]),
        ("wahana jobs show 7", ["job_", "msg_"]),
        ("wahana jobs search --recipient Ana", ["phone number", "+62"]),
        ("wahana jobs search --session org_01h455vb4pex5vsknk084sn02q", ["ses_", "26 characters"]),
    ] {
        let text = refusal(line);
        assert!(words.iter().all(|word| text.contains(word)), "{line}: {text}");
    }
}

#[test]
fn commands_keep_their_names() {
    for line in [
        "wahana jobs search --state dead",
        "wahana jobs search --recipient 6281234567890 --json",
        "wahana jobs show msg_01h455vb4pex5vsknk084sn02q --json",
        "wahana dead-letters list --json",
        "wahana dead-letters replay --code timeout --preview",
        "wahana pause outbound --reason maintenance",
        "wahana resume cam_01h455vb4pex5vsknk084sn02q",
        "wahana nodes drain waha-1 --may-scan",
        "wahana backup /backups/monday --with-keys",
        "wahana resume-sending --yes --drop-older-than 2h",
        "wahana services exec -- cargo nextest run --json",
        "wahana config",
        "wahana config check",
        "wahana --config x.toml up --data /data",
        "wahana openapi",
        "wahana health",
        "wahana audit --json --limit 3",
        "wahana completions zsh",
        "wahana man --out pages",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}: {error}");
        }
    }
}

#[test]
fn the_format_is_one_of_three() {
    let format = |line: &str| parse(line).unwrap_or_else(|error| panic!("{error}")).format();
    assert_eq!(format("wahana workers"), Format::Table);
    assert_eq!(format("wahana workers --output json"), Format::Json);
    assert_eq!(format("wahana --output jsonl workers"), Format::Jsonl);
    assert_eq!(format("wahana workers --json"), Format::Jsonl);
}

#[test]
fn every_command_has_examples_that_parse() {
    let mut found = Vec::new();
    leaves("wahana", &command(), &mut found);
    assert!(found.len() > 40, "{}", found.len());
    for (name, leaf) in found {
        let about = leaf.get_about().unwrap_or_else(|| panic!("{name} has no help")).to_string();
        assert!(about.starts_with(char::is_uppercase), "{name}: {about}");
        let after = leaf.get_after_help().unwrap_or_else(|| panic!("{name} has no examples")).to_string();
        let examples = after.split("\n\n").next().unwrap_or_default();
        for line in examples.lines().skip(1) {
            // Without variables before it and redirections behind it; quoted arguments are words of their own.
            let line = &line[line.find("wahana").unwrap_or_else(|| panic!("{name}: {line}"))..];
            let line =
                line.split([" > ", " | "].iter().find(|end| line.contains(**end)).unwrap_or(&"\0")).next();
            let mut words: Vec<String> = vec![String::new()];
            let mut quote = None;
            for c in line.unwrap_or_default().chars() {
                match (c, quote) {
                    ('"' | '\'', None) => quote = Some(c),
                    (c, Some(end)) if c == end => quote = None,
                    (' ', None) => words.push(String::new()),
                    _ => words.last_mut().expect("a word").push(c),
                }
            }
            // The variable before the example stands for this.
            if name == "wahana nodes add" {
                words.extend(["--api-key".to_owned(), "key".to_owned()]);
            }
            if let Err(error) = command().try_get_matches_from(&words) {
                panic!("{name}: {words:?}: {error}");
            }
        }
    }
}

#[test]
fn the_help_shows_each_command_once_in_its_group() {
    let help = command().render_help().to_string();
    let mut at = 0;
    for title in ["Run:", "Operate:", "Data:", "Develop:", "Options:", "Exit codes:"] {
        let next = help.find(&format!("\n{title}\n")).unwrap_or_else(|| panic!("no {title} in\n{help}"));
        assert!(next > at, "{title} is out of order");
        at = next;
    }
    for command in command().get_subcommands().filter(|command| command.get_name() != "help") {
        let line = format!("\n  {:<14}  ", command.get_name());
        assert_eq!(help.matches(&line).count(), 1, "{} in\n{help}", command.get_name());
    }
    assert!(help.lines().all(|line| line.chars().count() <= 120), "{help}");
}

/// `UPDATE=1` writes it anew. The reference is that of a build with everything.
#[test]
#[cfg(feature = "dev")]
fn docs_cli_md_is_what_the_help_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli.md");
    let text = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).expect("docs/cli.md can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "docs/cli.md is stale: UPDATE=1 ./wahana test -p wahana cli");
}

#[test]
fn completion_scripts_know_closed_lists() {
    let mut script = Vec::new();
    clap_complete::generate(clap_complete::Shell::Bash, &mut command(), "wahana", &mut script);
    let script = String::from_utf8(script).expect("text");
    for word in ["resume-sending", "send_message", "outbound", "jsonl"] {
        assert!(script.contains(word), "no {word}");
    }
}
