//! Every operation once more: what it leaves in the audit log, and how it refuses what it cannot read.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, TestApp};

use super::{Operation, Things, all_well, operations, told};

/// Acts that leave no row in the audit log: messages and checks of numbers have their own history, the others change
/// nothing that lasts.
const UNAUDITED: [&str; 15] = [
    "send_message",
    "send_text",
    "send_image",
    "send_video",
    "send_document",
    "send_voice",
    "check_numbers",
    "read_conversation",
    "preview_policy",
    "session_pairing_code",
    "refresh",
    // Asked for a preview here.
    "tag_contacts",
    // Nothing is dead here.
    "retry_messages",
    "replay_dead_letters",
    "replay_all_dead_letters",
];

#[tokio::test]
async fn f16_what_changes_something_stands_in_the_audit_log() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let things = Things::make(&app, &acme).await;
    let mut operations = operations();
    operations.retain(|operation| operation.method != Method::GET && !UNAUDITED.contains(&&*operation.name));
    // What takes things or the caller's own login away comes last.
    let last = |operation: &Operation| {
        let own = ["logout", "revoke_device", "revoke_api_key"].contains(&&*operation.name);
        (own, operation.method == Method::DELETE || operation.name.starts_with("delete"))
    };
    operations.sort_by_key(last);
    let mut done = Vec::new();
    for operation in &operations {
        let reply = things.call(&acme, operation).await;
        if reply.status < 300 {
            done.push((reply.header("x-request-id").to_owned(), told(operation, &reply)));
        }
    }
    let audited: BTreeSet<String> = app
        .texts("select request_id from audit_events where request_id is not null")
        .await
        .into_iter()
        .collect();
    let wrong: Vec<String> =
        done.iter().filter(|(id, _)| !audited.contains(id)).map(|(_, told)| told.clone()).collect();
    all_well(&wrong);
    assert!(done.len() > 30, "{} operations were tried: {done:?}", done.len());
}

/// Words of the parsers that stand in no sentence for people.
const PARSER_WORDS: [&str; 12] = [
    "untagged",
    "flattened",
    "variant",
    " enum",
    "struct ",
    "serde",
    " at line ",
    "EOF",
    "deserialize",
    "newtype",
    " u32",
    " i64",
];

#[tokio::test]
async fn f11_no_endpoint_answers_in_the_words_of_a_parser() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let things = Things::make(&app, &acme).await;
    let mut wrong = Vec::new();
    let wrongs =
        [json!(7), json!(-1.5), json!("x"), json!(null), json!(true), json!([]), json!({}), json!([[1]])];
    for operation in operations().iter().filter(|o| o.content_type.as_deref() == Some("application/json")) {
        let body = things.body(&operation.name);
        let mut bodies: Vec<String> = wrongs.iter().map(Value::to_string).collect();
        bodies.extend(["", "{", "{\"a\" 1}", "nothing", "[1,"].map(str::to_owned));
        for (field, value) in body.as_object().into_iter().flatten() {
            for other in &wrongs {
                let mut changed = body.clone();
                changed[field] = other.clone();
                bodies.push(changed.to_string());
                for inner in value.as_object().into_iter().flat_map(|inner| inner.keys()) {
                    let mut changed = body.clone();
                    changed[field][inner] = other.clone();
                    bodies.push(changed.to_string());
                }
            }
        }
        for text in bodies {
            let path = things.path(&operation.path);
            let request = acme.request(operation.method.clone(), &path);
            let reply =
                Reply::to(request.header("content-type", "application/json").body(text.clone())).await;
            let detail = reply.body["detail"].as_str().unwrap_or_default().to_owned()
                + &reply.body["errors"].to_string()
                + &reply.body["params"].to_string();
            let refused = reply.status >= 400;
            if reply.status >= 500 || refused && PARSER_WORDS.iter().any(|word| detail.contains(word)) {
                wrong.push(format!("{text}\n  {}", told(operation, &reply)));
            }
        }
    }
    all_well(&wrong);
}
