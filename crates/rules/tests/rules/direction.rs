//! Dependencies between our crates, and where crates from outside may be named.

use crate::metadata::{Dependency, host, metadata, own, packages};

/// Our packages and what of ours they may be built on. What stands first knows least.
const DIRECTION: &[(&str, &[&str])] = &[
    ("backoff", &[]),
    ("blobs", &[]),
    ("batch", &[]),
    ("domain", &[]),
    ("config", &[]),
    ("egress", &[]),
    ("embedded", &["backoff"]),
    ("queue", &["backoff", "batch"]),
    ("trace", &[]),
    ("runtime", &["trace"]),
    ("waha", &["domain"]),
    ("audience", &["domain"]),
    ("client", &["domain"]),
    ("jobs", &["domain"]),
    ("media", &["domain"]),
    ("pacing", &["domain"]),
    ("waha-sim", &["waha"]),
    ("store", &["batch", "blobs", "domain", "jobs", "media", "trace"]),
    ("fleet", &["domain", "store", "waha"]),
    ("service", &["audience", "domain", "media", "pacing", "store"]),
    ("api-kit", &["batch", "domain", "service", "store", "trace", "waha"]),
    (
        "api-messaging",
        &["api-kit", "audience", "batch", "domain", "media", "pacing", "service", "store", "waha"],
    ),
    ("api-platform", &["api-kit", "domain", "store"]),
    ("api-operator", &["api-kit", "domain", "service", "store"]),
    ("api", &["api-kit", "api-messaging", "api-operator", "api-platform", "domain"]),
    (
        "workers",
        &[
            "backoff", "batch", "domain", "egress", "fleet", "jobs", "media", "queue", "service", "store",
            "trace", "waha",
        ],
    ),
    ("scheduler", &["backoff", "domain", "fleet", "jobs", "pacing", "queue", "service", "store", "waha"]),
];

/// See everything, because they are the top: nothing may be built on them.
const TOP: &[&str] = &["app", "testkit", "load-tests", "rules"];
/// Never shipped, so they may also name every crate from outside.
const NOT_SHIPPED: &[&str] = &["testkit", "load-tests", "rules"];

/// Crates from outside (a `*` at the end stands for the rest) that only these may name; the last list: in tests.
const CONFINED: &[(&str, &[&str], &[&str])] = &[
    ("apalis*", &["queue"], &[]),
    ("redis", &["queue"], &[]),
    ("sqlx*", &["store", "domain"], &["app", "embedded"]),
    ("object_store", &["blobs"], &[]),
    ("file-format", &["media"], &[]),
    ("reqwest", &["app", "blobs", "client", "egress", "waha", "waha-sim"], &["api"]),
    ("hyper*", &["waha-sim"], &[]),
    ("axum*", &["api*", "runtime", "waha-sim"], &["app"]),
    ("tower*", &["api*", "waha-sim"], &[]),
    ("utoipa", &["api*", "domain", "pacing"], &[]),
    ("utoipa-*", &["api*"], &[]),
    ("governor", &["api-kit", "workers"], &[]),
    ("cron", &["scheduler"], &[]),
    ("opentelemetry*", &["trace"], &["app"]),
    ("tracing-opentelemetry", &["trace"], &[]),
    ("clap*", &["app"], &[]),
];

#[test]
fn packages_import_each_other_in_one_direction() {
    let mut wrong = Vec::new();
    for package in packages() {
        let allowed = DIRECTION.iter().find(|(name, _)| *name == package.name).map(|(_, allowed)| *allowed);
        if allowed.is_none() && !TOP.contains(&package.name.as_str()) {
            wrong.push(format!(
                "{} is new: give it a line in DIRECTION (crates/rules) and in ARCHITECTURE.md",
                package.name
            ));
        }
        for target in package.dependencies.iter().filter(|d| !d.for_tests_only).filter_map(|d| own(&d.name)) {
            // What must hold is written down once, in testkit; load-tests asks it, too.
            let asks_testkit = target == "testkit" && package.name == "load-tests";
            if TOP.contains(&target) && !asks_testkit
                || allowed.is_some_and(|allowed| !allowed.contains(&target))
            {
                wrong.push(format!("{} may not be built on {target}", package.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_from_outside_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|package| !NOT_SHIPPED.contains(&package.name.as_str())) {
        for dependency in &package.dependencies {
            let rule = CONFINED.iter().find(|(pattern, ..)| matches(pattern, &dependency.name));
            let Some((_, shipped, in_tests)) = rule else { continue };
            let at_home = shipped.iter().any(|pattern| matches(pattern, &package.name));
            let tests = dependency.for_tests_only && in_tests.contains(&package.name.as_str());
            if !at_home && !tests {
                wrong.push(format!(
                    "{} may not name {}; that belongs to {shipped:?}",
                    package.name, dependency.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// cargo-deny looks at the registry of a crate; a copy in a folder has none.
#[test]
fn no_foreign_crate_comes_from_a_folder() {
    let metadata = metadata(&["--filter-platform", &host()]);
    let copied: Vec<&str> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .filter(|package| package["source"].is_null())
        .filter_map(|package| package["name"].as_str())
        .filter(|name| !name.starts_with("wahana"))
        .collect();
    assert!(copied.is_empty(), "take these from the registry, not from a folder: {copied:?}");
}

/// The domain derives how its types are stored. It gets no pool, no runtime, no macros that ask a database.
#[test]
fn the_domain_does_not_do_sql() {
    let packages = packages();
    let domain = packages.iter().find(|package| package.name == "domain").expect("the domain");
    let sqlx: &Dependency = domain.dependencies.iter().find(|d| d.name == "sqlx").expect("its derives");
    assert!(!sqlx.default_features);
    let known = ["derive", "postgres", "uuid"];
    assert!(sqlx.features.iter().all(|feature| known.contains(&feature.as_str())), "{:?}", sqlx.features);
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}
