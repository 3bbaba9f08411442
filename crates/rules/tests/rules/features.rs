//! Features of foreign crates: the same for the binary as for the whole workspace with its tests. Otherwise a crate, and
//! all that stand on it, compile twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::metadata::cargo;

/// The features of each package that `cargo tree` lists with these arguments; a package that is built in several ways
/// has several entries.
fn features(arguments: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let format = ["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}|{f}"];
    let text = String::from_utf8(cargo(&[&format, arguments].concat())).expect("text");
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (package, of) in text.lines().filter_map(|line| line.split_once('|')) {
        if !package.contains('/') {
            features.entry(package.to_owned()).or_default().insert(of.trim_end_matches(" (*)").to_owned());
        }
    }
    features
}

#[test]
fn nothing_compiles_twice_for_the_tests() {
    let binary = features(&["--package", "wahana", "--edges", "normal,build"]);
    let tests = features(&["--workspace", "--edges", "normal,build,dev"]);
    let mut wrong = Vec::new();
    for (package, of) in &binary {
        let others = &tests[package];
        if of.is_disjoint(others) {
            wrong.push(format!("{package}: {of:?} in the binary, {others:?} in the tests"));
        }
    }
    assert!(
        wrong.is_empty(),
        "name these features in app/Cargo.toml, `tests-features`:\n{}",
        wrong.join("\n")
    );
}
