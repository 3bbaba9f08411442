//! Contexts: the folders of every layer have the same names, know each other in one direction only, and no two modules
//! know each other.

use crate::modules::{Crate, Module};

/// From the lowest to the highest: a context may name those above it in this list, and `KERNEL`.
const CONTEXTS: &[&str] = &[
    "jobs",
    "fleet",
    "accounts",
    "sessions",
    "contacts",
    "messages",
    "inbox",
    "campaigns",
    "imports",
    "analytics",
    "notifications",
    "operator",
];

/// Crates in folders by context, each with what of it is not a context: it may be named by all (and names none), or it
/// stands above all.
struct Layer {
    folder: &'static str,
    kernel: &'static [&'static str],
    top: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer { folder: "jobs", kernel: &["job", "outcome", "retry"], top: &["catalog"] },
    Layer { folder: "crates/store", kernel: &["db"], top: &[] },
    Layer { folder: "crates/service", kernel: &["checks"], top: &[] },
    Layer { folder: "api/messaging", kernel: &["audience", "exports"], top: &[] },
    Layer { folder: "api/platform", kernel: &[], top: &[] },
    Layer { folder: "api/operator", kernel: &[], top: &[] },
    Layer { folder: "workers", kernel: &["reasons"], top: &["lanes", "plain"] },
    Layer { folder: "scheduler", kernel: &[], top: &[] },
];

/// All crates of ours with sources.
const CRATES: &[&str] = &[
    "api",
    "api/kit",
    "api/messaging",
    "api/operator",
    "api/platform",
    "app",
    "config",
    "jobs",
    "load-tests",
    "scheduler",
    "workers",
    "crates/audience",
    "crates/backoff",
    "crates/batch",
    "crates/blobs",
    "crates/client",
    "crates/domain",
    "crates/egress",
    "crates/embedded",
    "crates/fleet",
    "crates/media",
    "crates/pacing",
    "crates/queue",
    "crates/runtime",
    "crates/service",
    "crates/store",
    "crates/testkit",
    "crates/trace",
    "crates/waha",
    "crates/waha-sim",
];

#[test]
fn contexts_have_the_same_names_in_every_layer_and_one_direction() {
    let mut wrong = Vec::new();
    for layer in LAYERS {
        let place = |module: &Module| -> Option<usize> {
            let first = module.first()?;
            if layer.kernel.contains(&&**first) {
                return Some(0);
            }
            if layer.top.contains(&&**first) {
                return Some(CONTEXTS.len() + 1);
            }
            CONTEXTS.iter().position(|context| context == first).map(|place| place + 1)
        };
        for (module, targets) in &Crate::read(layer.folder).uses {
            if module.is_empty() {
                continue;
            }
            let Some(own) = place(module) else {
                wrong.push(format!("{}/src/{}: not a context; see CONTEXTS", layer.folder, module.join("/")));
                continue;
            };
            for target in targets {
                if place(target).is_some_and(|other| other > own) {
                    wrong.push(format!(
                        "{}: {} may not name {}, which is above it",
                        layer.folder,
                        module.join("::"),
                        target.join("::")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_modules_name_each_other_in_a_circle() {
    let mut wrong = Vec::new();
    for folder in CRATES {
        for circle in Crate::read(folder).circles() {
            let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            wrong.push(format!("{folder}: {} -> {}", names.join(" -> "), names[0]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_is_looked_at() {
    let mut known: Vec<&str> = CRATES.iter().filter_map(|folder| folder.rsplit('/').next()).collect();
    for package in crate::metadata::packages() {
        let name = package.name.strip_prefix("api-").unwrap_or(&package.name);
        let found = known.iter().position(|one| *one == name);
        assert!(found.is_some() || name == "rules", "{} is missing in CRATES", package.name);
        if let Some(at) = found {
            known.remove(at);
        }
    }
    assert!(known.is_empty(), "no such crates: {known:?}");
}
