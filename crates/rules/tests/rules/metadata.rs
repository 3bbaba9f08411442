//! What cargo says about the workspace.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// `cargo metadata` with these arguments, without network.
pub(crate) fn metadata(arguments: &[&str]) -> Value {
    let answer = cargo(&[&["metadata", "--offline", "--format-version", "1"], arguments].concat());
    serde_json::from_slice(&answer).expect("cargo metadata prints JSON")
}

/// The platform this was built on: a checkout has the sources of its own platform only.
pub(crate) fn host() -> String {
    let version = String::from_utf8(cargo(&["-vV"])).expect("text");
    version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host").to_owned()
}

/// What cargo prints when it is called with these arguments.
pub(crate) fn cargo(arguments: &[&str]) -> Vec<u8> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// One of our packages and what it names in its Cargo.toml.
pub(crate) struct Package {
    /// Without the prefix: `store`; the binary is `app`.
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
}

pub(crate) struct Dependency {
    /// As written, with our prefix.
    pub(crate) name: String,
    pub(crate) for_tests_only: bool,
    pub(crate) features: Vec<String>,
    pub(crate) default_features: bool,
}

/// Our packages.
pub(crate) fn packages() -> Vec<Package> {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("packages").iter().map(package).collect::<Vec<_>>();
    assert!(
        packages.iter().any(|package| package.name == "store"),
        "the packages have other names than this test expects"
    );
    packages
}

fn package(package: &Value) -> Package {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let name = text(&package["name"]);
    let dependency = |one: &Value| Dependency {
        name: text(&one["name"]),
        for_tests_only: one["kind"] == "dev",
        features: one["features"].as_array().into_iter().flatten().map(text).collect(),
        default_features: one["uses_default_features"] == true,
    };
    Package {
        name: if name == "wahana" { "app".to_owned() } else { own(&name).unwrap_or(&name).to_owned() },
        dependencies: package["dependencies"].as_array().into_iter().flatten().map(dependency).collect(),
    }
}

/// The bare name of a package of ours.
pub(crate) fn own(name: &str) -> Option<&str> {
    name.strip_prefix("wahana-")
}
