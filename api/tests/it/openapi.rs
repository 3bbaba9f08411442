//! What is committed for readers and generators is what the code says. `UPDATE=1` writes it anew.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use wahana_api::Code;
use wahana_domain::access::Scope;
use wahana_testkit::contract::Contract;

fn check(file: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, wanted).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == wanted,
        "docs/{file} is not what the code says; run the tests of wahana-api with UPDATE=1"
    );
}

#[test]
fn the_committed_document_is_the_codes() {
    check("openapi.json", &(wahana_api::openapi().to_pretty_json().unwrap() + "\n"));
}

#[test]
fn the_committed_errors_are_the_codes() {
    check("errors.md", &wahana_api::problem::errors_markdown());
}

#[test]
fn codes_are_stable_names_and_told_apart() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code:?}");
        assert!(code.status().is_client_error() || code.status().is_server_error(), "{code:?}");
        assert!(!code.title().is_empty() && code.doc().ends_with('.'), "{code:?}");
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
}

#[test]
fn names_in_the_document_are_those_on_the_wire() {
    let document = serde_json::to_value(wahana_api::openapi()).unwrap();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    assert_eq!(document["components"]["schemas"]["Code"]["enum"], json!(codes));
    assert_eq!(document["components"]["schemas"]["Scope"]["enum"], json!(scopes));
}

#[test]
fn every_operation_is_described_and_every_reference_leads_somewhere() {
    let document = serde_json::to_value(wahana_api::openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let what = format!("{method} {path}");
            assert!(
                names.insert(operation["operationId"].as_str().unwrap().to_owned()),
                "{what}: the operationId is taken"
            );
            assert!(
                operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
                "{what} has no summary"
            );
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{what} has one tag");
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses {
                assert!(
                    response["$ref"].is_string() || response["description"].is_string(),
                    "{what}: {status} has no description"
                );
            }
            assert!(responses.keys().any(|status| status.starts_with('2')), "{what} has no success");
            assert!(
                responses.contains_key("429")
                    && responses.contains_key("500")
                    && responses.contains_key("503"),
                "{what}"
            );
        }
    }
    let mut wanted = BTreeSet::new();
    references(&document, &mut wanted);
    for reference in wanted {
        let place = reference.trim_start_matches('#');
        assert!(document.pointer(place).is_some(), "{reference} leads nowhere");
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                found.insert(reference.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_operation_with_json_has_a_good_example() {
    let document = serde_json::to_value(wahana_api::openapi()).unwrap();
    let contract = Contract::new(document.clone());
    let mut wrong = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("/paths/{}/{method}", path.replace('/', "~1"));
            let answers =
                operation["responses"].as_object().unwrap().keys().filter(|one| one.starts_with('2'));
            let bodies = answers.map(|status| format!("{at}/responses/{status}"));
            for body in bodies.chain([format!("{at}/requestBody")]) {
                let media_type = format!("{body}/content/application~1json");
                let Some(content) = document.pointer(&media_type) else { continue };
                let what = body.replace("~1", "/");
                match content.get("example") {
                    None => wrong.push(format!("{what} has no example")),
                    Some(example) => {
                        let breaches = contract.breaches(&what, &format!("{media_type}/schema"), example);
                        wrong.extend(breaches.iter().map(ToString::to_string));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "give the type an example, see api/src/openapi/examples.rs:\n{}",
        wrong.join("\n")
    );
}
