//! Licences of everything that is compiled in on this platform: an Apache-2.0 work must be able to carry them.

use crate::metadata::{host, metadata};

const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_licence_is_on_the_list() {
    let metadata = metadata(&["--filter-platform", &host()]);
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let licence = package["license"].as_str().unwrap_or("none");
        if !acceptable(licence) {
            wrong.push(format!("{} {}: {licence}", package["name"], package["version"]));
        }
    }
    assert!(wrong.is_empty(), "not on the list of crates/rules:\n{}", wrong.join("\n"));
}

/// Reads the SPDX expressions that occur: OR binds weaker than AND, `/` is an old OR, parentheses around either.
/// `A WITH an exception` only allows more than A.
fn acceptable(expression: &str) -> bool {
    let words = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut words = words.as_slice();
    any(&mut words) && words.is_empty()
}

fn any(words: &mut &[&str]) -> bool {
    let mut good = all(words);
    while eat(words, "OR") {
        good |= all(words);
    }
    good
}

fn all(words: &mut &[&str]) -> bool {
    let mut good = one(words);
    while eat(words, "AND") {
        good &= one(words);
    }
    good
}

fn one(words: &mut &[&str]) -> bool {
    if eat(words, "(") {
        let good = any(words);
        return eat(words, ")") && good;
    }
    let Some((name, rest)) = words.split_first() else { return false };
    *words = rest;
    if eat(words, "WITH") {
        *words = words.get(1..).unwrap_or_default();
    }
    ALLOWED.contains(name)
}

fn eat(words: &mut &[&str], word: &str) -> bool {
    let found = words.first() == Some(&word);
    if found {
        *words = &words[1..];
    }
    found
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
    ] {
        assert!(acceptable(good), "{good}");
    }
    for bad in ["", "none", "GPL-3.0", "GPL-3.0 AND MIT", "MIT AND (GPL-3.0 OR SSPL-1.0)", "MIT MIT", "(MIT"]
    {
        assert!(!acceptable(bad), "{bad}");
    }
}
