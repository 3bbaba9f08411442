//! What must not come in from outside, however deep. Read from Cargo.lock, so that it holds for every platform.

use crate::metadata::root;

/// Never, and why.
const BANNED: &[(&str, &str)] = &[
    ("openssl", "one TLS: rustls with ring; no system libraries"),
    ("openssl-sys", "one TLS: rustls with ring; no system libraries"),
    ("native-tls", "one TLS: rustls with ring; no system libraries"),
    ("aws-lc-rs", "one TLS: rustls with ring; this one compiles much C"),
    ("aws-lc-sys", "one TLS: rustls with ring; this one compiles much C"),
    ("boring", "one TLS: rustls with ring; this one compiles much C"),
    ("boring-sys", "one TLS: rustls with ring; this one compiles much C"),
    ("cmake", "a build needs cargo and a linker, nothing else"),
    ("bindgen", "a build needs cargo and a linker, nothing else"),
    ("backoff", "unmaintained (RUSTSEC-2025-0012): use backon"),
    ("instant", "unmaintained (RUSTSEC-2024-0384), usually comes with backoff"),
    ("bincode", "unmaintained (RUSTSEC-2025-0141): what is stored is JSON"),
    ("proc-macro-error", "unmaintained (RUSTSEC-2024-0370)"),
    ("rustls-pemfile", "unmaintained (RUSTSEC-2025-0134): rustls-pki-types reads PEM"),
    ("atty", "unmaintained (RUSTSEC-2024-0375): std::io::IsTerminal"),
    ("serde_yaml", "unmaintained: settings are TOML"),
];

/// Not older than this, and why.
const OLDEST: &[(&str, [u64; 3], &str)] =
    &[("time", [0, 3, 47], "RUSTSEC-2026-0009: a date can exhaust the stack")];

/// A second copy of these is a second pool, runtime or type that does not fit the first.
const ONE_COPY: &[&str] =
    &["apalis-core", "axum", "chrono", "hyper", "redis", "reqwest", "rustls", "sqlx-core", "tokio", "uuid"];

struct Locked {
    name: String,
    version: String,
    source: Option<String>,
}

fn locked() -> Vec<Locked> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let field = |block: &str, key: &str| {
        let start = format!("{key} = \"");
        block.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix('"').map(str::to_owned))
    };
    let package = |block: &str| {
        Some(Locked {
            name: field(block, "name")?,
            version: field(block, "version")?,
            source: field(block, "source"),
        })
    };
    let locked: Vec<_> = text.split("[[package]]").filter_map(package).collect();
    assert!(locked.len() > 100, "Cargo.lock reads otherwise than this test expects");
    locked
}

#[test]
fn nothing_banned_comes_in() {
    let locked = locked();
    let found = BANNED.iter().filter(|(name, _)| locked.iter().any(|package| package.name == *name));
    let wrong: Vec<String> = found
        .map(|(name, why)| format!("{name}: {why}; see who brings it with `cargo tree -i {name}`"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_too_old() {
    for package in locked() {
        for (_, oldest, why) in OLDEST.iter().filter(|(name, ..)| *name == package.name) {
            let core = package.version.split(['-', '+']).next().unwrap_or_default();
            let parts: Vec<u64> = core.split('.').filter_map(|part| part.parse().ok()).collect();
            assert!(parts.as_slice() >= oldest.as_slice(), "{} {}: {why}", package.name, package.version);
        }
    }
}

#[test]
fn there_is_one_copy_of_what_must_fit_together() {
    let locked = locked();
    for name in ONE_COPY {
        let versions: Vec<&str> =
            locked.iter().filter(|p| p.name == *name).map(|p| p.version.as_str()).collect();
        assert!(versions.len() == 1, "{name}: {versions:?}");
    }
}

#[test]
fn everything_comes_from_a_registry() {
    for package in locked() {
        let ours = package.source.is_none() && package.name.starts_with("wahana");
        let registry = package.source.as_ref().is_some_and(|source| source.starts_with("registry+"));
        assert!(ours || registry, "{} comes from {:?}", package.name, package.source);
    }
}
