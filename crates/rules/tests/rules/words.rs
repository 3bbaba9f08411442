//! Words that we do not use, with what to write instead. Plain technical English: the noun of the field first, in the
//! indicative, one word per thing (docs/glossary.md). Spelling is checked by `.ci/lint`.

use crate::tree::{File, files};

/// Names that nobody finds by searching for what the thing is. Forbidden in code as whole words.
const NAMES: &[(&str, &str)] = &[
    ("Desk", "AcceptBatcher"),
    ("Shift", "WorkerIncarnation"),
    ("Slip", "LeaseHandle"),
    ("Ears", "wake_listener"),
    ("Heard", "WakeEvent"),
    ("Lights", "InstallationStatus"),
    ("Board", "StatusCache"),
    ("Sight", "ChangeCursor"),
    ("Roster", "session_reconciler"),
    ("Happening", "TimelineEvent"),
    ("News", "InboundBatch"),
    ("Noted", "LimitCache"),
    ("Gather", "Batcher"),
    ("Linger", "BatchWindow"),
    ("MOST", "MAX_<what>"),
    ("MOST_*", "MAX_<what>"),
    ("*_MOST", "MAX_<what>"),
    ("of_session_one", "get_session_message"),
    ("ears", "wake_listener"),
    ("lights", "status"),
    ("roster", "session_reconciler"),
];

/// Riddles and inversions. Forbidden in code and documents, wherever they begin.
const PHRASES: &[(&str, &str)] = &[
    ("Whoever ", "name the actor: the worker, the caller, the sender"),
    (" whoever ", "name the actor: the worker, the caller, the sender"),
    ("/// Who ", "say what the field or function is: \"Callers that ...\", \"The owner of ...\""),
    ("// Who ", "say what the code does: \"Callers that ...\", \"Sessions that ...\""),
    ("//! Who ", "say what the module is"),
    ("hides behind", "\"is known only by its LID\""),
    ("his hands", "\"does nothing\""),
    ("Lets it go", "\"Resumes\", \"Releases\""),
    ("lets it go", "\"resumes\", \"releases\""),
];

/// This file, and what a program writes.
const EXEMPT: &[&str] =
    &["crates/rules/tests/rules/words.rs", "docs/openapi.json", "dashboard/src/api/schema.ts", "deny.toml"];

const CODE: &[&str] = &[".rs", ".lua", ".sql"];
const DOCUMENTS: &[&str] = &[".md", ".toml", ".yml", ".yaml"];

/// `path:line: word: what to write instead`.
fn hits(file: &File) -> Vec<String> {
    let is = |ends: &[&str]| ends.iter().any(|end| file.path.ends_with(end));
    let (code, document) = (is(CODE), is(DOCUMENTS));
    if EXEMPT.contains(&file.path.as_str()) || !(code || document) {
        return Vec::new();
    }
    // Most files have none of them: only what occurs somewhere in the file is looked for line by line.
    let names = NAMES.iter().filter(|(name, _)| code && file.text.contains(name.trim_matches('*')));
    let phrases = PHRASES.iter().filter(|(phrase, _)| file.text.contains(phrase));
    let (names, phrases): (Vec<_>, Vec<_>) = (names.collect(), phrases.collect());
    if names.is_empty() && phrases.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let names = names.iter().filter(|(name, _)| words(line).any(|word| matches(name, word)));
        let phrases = phrases.iter().filter(|(phrase, _)| line.contains(phrase));
        for (word, instead) in names.chain(phrases) {
            found.push(format!("{}:{}: \"{}\": write {instead}", file.path, number + 1, word.trim()));
        }
    }
    found
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// `*` at one end stands for the rest of the word.
fn matches(pattern: &str, word: &str) -> bool {
    if let Some(start) = pattern.strip_suffix('*') {
        word.starts_with(start)
    } else if let Some(end) = pattern.strip_prefix('*') {
        word.ends_with(end)
    } else {
        word == pattern
    }
}

#[test]
fn nobody_writes_in_riddles() {
    let wrong: Vec<String> = files().iter().flat_map(hits).collect();
    assert!(wrong.is_empty(), "write plain technical English:\n{}", wrong.join("\n"));
}

#[test]
fn words_are_found_where_they_stand() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let hit = |path: &str, text: &str| !hits(&file(path, text)).is_empty();
    assert!(hit("a.rs", "struct Desk {"));
    assert!(hit("a.rs", "const MOST_ROWS: usize = 3;") && hit("a.rs", "const ROWS_MOST: usize = 3;"));
    assert!(
        hit("a.rs", "    /// Who has no entry has none under way.")
            && hit("a.md", "Whoever stood still waits.")
    );
    assert!(!hit("a.rs", "struct Dashboard; // the Desktop") && !hit("a.md", "Shift+Enter sends."));
    assert!(!hit("a.png", "Whoever stood still waits."));
    assert_eq!(hits(&file("b.rs", "\nlet x = Slip::new();")), ["b.rs:2: \"Slip\": write LeaseHandle"]);
}
