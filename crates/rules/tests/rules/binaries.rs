//! How many test binaries there are: each one links the whole product.

use serde_json::Value;

use crate::metadata::metadata;

#[test]
fn a_crate_has_one_binary_of_integration_tests() {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("packages");
    let tests = |package: &Value| -> Vec<String> {
        let targets = package["targets"].as_array().expect("targets").iter();
        let tests = targets.filter(|target| target["kind"][0] == "test");
        tests.map(|target| target["name"].to_string()).collect()
    };
    let mut wrong = Vec::new();
    for package in packages {
        let tests = tests(package);
        if tests.len() > 1 {
            wrong.push(format!(
                "{}: {}; make them modules of tests/it/main.rs",
                package["name"],
                tests.join(", ")
            ));
        }
    }
    assert!(packages.iter().any(|package| tests(package).len() == 1), "this test sees no tests");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
