//! Fragments of the changelog (`changes/README.md`): their names and their form.

use crate::tree::{File, files};

const KINDS: &[&str] = &["added", "changed", "fixed", "removed", "security"];
const MAX_LINES: usize = 5;
const MAX_COLUMNS: usize = 120;

#[test]
fn fragments_of_the_changelog_are_well_formed() {
    let fragments = files()
        .into_iter()
        .filter(|file| file.path.starts_with("changes/") && file.path != "changes/README.md");
    let wrong: Vec<String> = fragments.filter_map(|file| objection(&file)).collect();
    assert!(wrong.is_empty(), "see changes/README.md:\n{}", wrong.join("\n"));
}

fn objection(file: &File) -> Option<String> {
    let name = file.path.strip_prefix("changes/")?;
    let text = file.text.trim_end();
    let what = match name.strip_suffix(".md").and_then(|name| name.split_once('-')) {
        Some((kind, what)) if KINDS.contains(&kind) && !what.is_empty() && !what.contains('/') => None,
        _ => Some(format!("is not named <kind>-<what>.md with a kind of {KINDS:?}")),
    };
    let what = what.or_else(|| text.is_empty().then(|| "is empty".to_owned()));
    let what = what
        .or_else(|| (text.lines().count() > MAX_LINES).then(|| format!("has more than {MAX_LINES} lines")));
    let what = what.or_else(|| {
        let long = text.lines().any(|line| line.chars().count() > MAX_COLUMNS);
        long.then(|| format!("has a line of more than {MAX_COLUMNS} columns"))
    });
    let what = what.or_else(|| {
        let markup = text.starts_with(['#', '-', '*']) || text.contains("\n\n");
        markup.then(|| "is not one plain paragraph".to_owned())
    });
    let what =
        what.or_else(|| (!text.ends_with(['.', '`'])).then(|| "does not end with a period".to_owned()));
    what.map(|what| format!("{} {what}", file.path))
}

#[test]
fn malformed_fragments_are_refused() {
    let fragment = |path: &str, text: &str| File { path: format!("changes/{path}"), text: text.to_owned() };
    assert_eq!(objection(&fragment("added-export.md", "Contacts can be exported.\n")), None);
    for (path, text) in [
        ("export.md", "Contacts can be exported."),
        ("new-export.md", "Contacts can be exported."),
        ("added-.md", "Contacts can be exported."),
        ("added-export.txt", "Contacts can be exported."),
        ("added-export.md", "\n"),
        ("added-export.md", "# Contacts can be exported."),
        ("added-export.md", "Contacts can be exported.\n\nAll of them."),
        ("added-export.md", "Contacts can be exported"),
        ("added-export.md", "a\nb\nc\nd\ne\nf."),
    ] {
        assert!(objection(&fragment(path, text)).is_some(), "{path}: {text:?} passed");
    }
}
