//! WAHA's validation of a session's body, with its messages (transcripts A24 to A29).

use serde_json::{Map, Value, json};

use crate::answer::Refusal;

const EVENTS: &str = "session.status, message, message.reaction, message.any, message.ack, message.ack.group, message.waiting, message.revoked, message.edited, state.change, group.join, group.leave, group.v2.join, group.v2.leave, group.v2.update, group.v2.participants, presence.update, poll.vote, poll.vote.failed, chat.archive, call.received, call.accepted, call.rejected, label.upsert, label.deleted, label.chat.added, label.chat.deleted, event.response, event.response.failed, engine.event, *";

/// Fields of a configuration that WAHA keeps; others are dropped silently.
const KEPT: [&str; 9] =
    ["metadata", "proxy", "debug", "ignore", "client", "noweb", "gows", "webjs", "webhooks"];

/// Shape B if the body of a new session is wrong.
pub(crate) fn session_body(body: &Value) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    if let Some(name) = body["name"].as_str() {
        check_name(name, &mut wrong);
    }
    if !matches!(body["start"], Value::Null | Value::Bool(_)) {
        wrong.push("start must be a boolean value".to_owned());
    }
    check_metadata(&body["config"]["metadata"], &mut wrong);
    check_webhooks(&body["config"]["webhooks"], &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::bad_request(json!(wrong))) }
}

/// The configuration as WAHA stores and shows it (transcript C13: `markOnline` is added).
pub(crate) fn normalized_config(config: &Value) -> Value {
    let Some(config) = config.as_object() else { return json!({}) };
    let mut kept: Map<String, Value> =
        KEPT.iter().filter_map(|name| Some(((*name).to_owned(), config.get(*name)?.clone()))).collect();
    if let Some(noweb) = kept.get_mut("noweb").and_then(Value::as_object_mut) {
        noweb.entry("markOnline").or_insert(Value::Bool(true));
    }
    Value::Object(kept)
}

fn check_name(name: &str, wrong: &mut Vec<String>) {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        wrong.push("Session name can only contain alphanumeric characters, hyphens, and underscores (a-z, A-Z, 0-9, -, _) or be empty".to_owned());
    }
    if name.len() > 54 {
        wrong.push("name must be shorter than or equal to 54 characters".to_owned());
    }
}

fn check_metadata(metadata: &Value, wrong: &mut Vec<String>) {
    let strings = match metadata {
        Value::Null => true,
        Value::Object(entries) => entries.values().all(Value::is_string),
        _ => false,
    };
    if !strings {
        wrong.push("config.metadata accepts string key-value pairs only".to_owned());
    }
}

fn check_webhooks(webhooks: &Value, wrong: &mut Vec<String>) {
    match webhooks {
        Value::Null => (),
        Value::Array(hooks) => {
            for (index, hook) in hooks.iter().enumerate() {
                check_webhook(index, hook, wrong);
            }
        }
        _ => wrong.push("config.webhooks must be an array".to_owned()),
    }
}

fn check_webhook(index: usize, hook: &Value, wrong: &mut Vec<String>) {
    let url = hook["url"].as_str().unwrap_or_default();
    if !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        wrong.push(format!("config.webhooks.{index}.url must be a URL address"));
    }
    let known =
        |event: &Value| event.as_str().is_some_and(|event| EVENTS.split(", ").any(|name| name == event));
    match &hook["events"] {
        Value::Array(events) if events.iter().all(known) => (),
        Value::Array(_) => wrong.push(format!(
            "config.webhooks.{index}.each value in events must be one of the following values: {EVENTS}"
        )),
        _ => wrong.push(format!("config.webhooks.{index}.events must be an array")),
    }
    let retries = &hook["retries"];
    if !matches!(retries["attempts"], Value::Null | Value::Number(_)) {
        wrong.push(format!(
            "config.webhooks.{index}.retries.attempts must be a number conforming to the specified constraints"
        ));
    }
    let policies = ["linear", "exponential", "constant"];
    if !retries["policy"].is_null()
        && !retries["policy"].as_str().is_some_and(|policy| policies.contains(&policy))
    {
        wrong.push(format!(
            "config.webhooks.{index}.retries.policy must be one of the following values: {}",
            policies.join(", ")
        ));
    }
}
