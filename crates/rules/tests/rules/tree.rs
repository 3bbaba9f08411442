//! The files of the tree, as text.

use std::fs;
use std::path::{Path, PathBuf};

use crate::metadata::root;

/// Not ours, or made by a program.
const SKIPPED: &[&str] = &[".git", ".sqlx", ".local", "target", "node_modules", "dist"];

/// A file of the tree.
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every text file.
pub(crate) fn files() -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    assert!(
        found.iter().any(|file| file.path == "crates/rules/Cargo.toml"),
        "this test looks at the wrong folder"
    );
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("an entry")) {
        let (path, name) = (entry.path(), entry.file_name());
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push(File { path: relative(root, &path), text });
        }
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root).expect("below the root").into();
    path.to_string_lossy().replace('\\', "/")
}
