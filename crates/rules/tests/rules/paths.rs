//! Paths in documents lead somewhere: a file or folder that Markdown names in backticks exists.

use std::collections::BTreeSet;
use std::path::Path;

use crate::metadata::root;
use crate::tree::files;

/// Placeholders, globs and abbreviations; what has a space is a command.
const NOT_A_PATH: &[&str] = &["<", ">", "*", "{", "$", "...", "…", " "];

/// Files that a program or a release writes, and that a fresh checkout does not have.
const NOT_IN_THE_TREE: &[&str] = &["dashboard/dist", "dashboard/node_modules"];

/// What stands in backticks in this line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The path that this token names, if it names one: its first part is a file or folder of the root or of the
/// document's own folder. `src/a.rs:12` and `docs/a.md#part` name files.
fn path<'a>(token: &'a str, tops: &[&BTreeSet<String>]) -> Option<&'a str> {
    let token = token.split('#').next().unwrap_or_default();
    let token = token.split_once(".rs:").map_or(token, |(file, _)| &token[..file.len() + ".rs".len()]);
    let token = token.strip_prefix("./").unwrap_or(token).trim_end_matches('/');
    let (top, _) = token.split_once('/')?;
    let named = !NOT_A_PATH.iter().any(|part| token.contains(part));
    (named && tops.iter().any(|names| names.contains(top))).then_some(token)
}

fn entries(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn paths_in_documents_exist() {
    let root = root();
    let of_root = entries(&root);
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| file.path.ends_with(".md")) {
        let folder = root.join(&file.path).parent().expect("the folder of a file").to_owned();
        let of_folder = entries(&folder);
        for (n, line) in file.text.lines().enumerate() {
            for token in quoted(line) {
                let Some(path) = path(token, &[&of_root, &of_folder]) else { continue };
                let known = root.join(path).exists() || folder.join(path).exists();
                if !known && !NOT_IN_THE_TREE.iter().any(|made| path.starts_with(made)) {
                    wrong.push(format!("{}:{}: `{token}` does not exist", file.path, n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "write the path as it is now:\n{}", wrong.join("\n"));
}

#[test]
fn paths_are_told_from_other_words() {
    let tops = BTreeSet::from(["docs".to_owned(), "api".to_owned()]);
    let of = |token| path(token, &[&tops]);
    assert_eq!(of("docs/a.md#part"), Some("docs/a.md"));
    assert_eq!(of("api/src/lib.rs:12"), Some("api/src/lib.rs"));
    assert_eq!(of("./docs/adr/"), Some("docs/adr"));
    assert_eq!(of("/api/v1"), None);
    assert_eq!(of("application/json"), None);
    assert_eq!(of("api/<crate>/src"), None);
    assert_eq!(of("docs/*.md"), None);
    let tokens: Vec<&str> = quoted("a `docs/a.md` and `api/b`").collect();
    assert_eq!(tokens, ["docs/a.md", "api/b"]);
}
