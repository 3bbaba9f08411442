//! What the client calls, sends and reads stands in docs/openapi.json: operations by name, method and path; fields of
//! requests by the schema; answers by decoding one that is made from the schema.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use wahana_client::{Operation, types};
use wahana_domain::messages::Class;
use wahana_domain::{OrganizationId, SenderPoolId, SessionId};

fn document() -> Value {
    serde_json::from_str(include_str!("../../../../docs/openapi.json")).expect("docs/openapi.json is JSON")
}

/// The operation as the document has it, with its method and path.
fn find(document: &Value, name: &str) -> Option<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths.iter().find_map(|(path, operations)| {
        let (method, found) = operations.as_object()?.iter().find(|(_, o)| o["operationId"] == name)?;
        Some((method.to_uppercase(), path.clone(), found.clone()))
    })
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => resolve(document, document.pointer(&name[1..]).expect("the schema exists")),
        None => schema,
    }
}

/// The smallest value that the schema allows: required fields only.
fn sample(document: &Value, schema: &Value) -> Value {
    let schema = resolve(document, schema);
    if let Some(one) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()).and_then(|all| all.first()) {
        return sample(document, one);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind.unwrap_or("object") {
        "string" => json!(sample_text(schema)),
        "integer" | "number" => json!(schema["minimum"].as_i64().unwrap_or(0)),
        "boolean" => json!(true),
        "array" => json!([sample(document, &schema["items"])]),
        "object" => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let field = |name: &Value| {
                let name = name.as_str().expect("a name");
                (name.to_owned(), sample(document, &schema["properties"][name]))
            };
            Value::Object(required.iter().map(field).collect::<Map<_, _>>())
        }
        other => panic!("a schema of type {other}: {schema}"),
    }
}

fn sample_text(schema: &Value) -> String {
    if schema["format"] == "date-time" {
        return "2026-01-31T00:00:00Z".to_owned();
    }
    // Ids are the only pattern that the client decodes.
    match schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^')?.split_once('_')) {
        Some((prefix, _)) => format!("{prefix}_01h455vb4pex5vsknk084sn02q"),
        None => "text".to_owned(),
    }
}

fn reads<T: DeserializeOwned>(name: &str) {
    let document = document();
    let (.., operation) = find(&document, name).unwrap_or_else(|| panic!("no operation {name}"));
    let answers = operation["responses"].as_object().expect("answers");
    let good = answers.iter().filter(|(status, _)| status.starts_with('2'));
    let schemas: Vec<&Value> =
        good.map(|(_, answer)| &answer["content"]["application/json"]["schema"]).collect();
    assert!(!schemas.is_empty(), "{name} has no good answer");
    for schema in schemas {
        let answer = sample(&document, schema);
        if let Err(error) = serde_json::from_value::<T>(answer.clone()) {
            panic!("the answer of {name} does not read: {error} in {answer}");
        }
    }
}

fn sends(name: &str, request: impl Serialize) {
    let document = document();
    let (.., operation) = find(&document, name).unwrap_or_else(|| panic!("no operation {name}"));
    let schema =
        resolve(&document, &operation["requestBody"]["content"]["application/json"]["schema"]).clone();
    let sent = serde_json::to_value(request).expect("JSON");
    let sent = sent.as_object().expect("an object");
    for field in sent.keys() {
        assert!(schema["properties"].get(field).is_some(), "{name} takes no {field}");
    }
    for field in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(sent.contains_key(field), "{name} requires {field}");
    }
}

#[test]
fn operations_stand_in_the_document() {
    let document = document();
    for operation in Operation::ALL {
        let (method, path, _) =
            find(&document, operation.name).unwrap_or_else(|| panic!("no operation {}", operation.name));
        assert_eq!((&*method, &*path), (operation.method.as_str(), operation.path), "{}", operation.name);
    }
}

#[test]
fn answers_read_as_the_document_promises_them() {
    reads::<types::Registered>("register");
    reads::<types::Tokens>("login");
    reads::<types::Profile>("get_profile");
    reads::<types::NewApiKey>("create_api_key");
    reads::<types::Page<types::Session>>("list_sessions");
    reads::<types::Session>("create_session");
    reads::<types::Session>("get_session");
    reads::<types::Session>("stop_session");
    reads::<types::Qr>("session_qr");
    reads::<types::Page<types::SenderPool>>("list_sender_pools");
    reads::<types::SenderPool>("create_sender_pool");
    reads::<types::Page<types::Campaign>>("list_campaigns");
    for operation in [
        "create_campaign",
        "get_campaign",
        "start_campaign",
        "pause_campaign",
        "resume_campaign",
        "cancel_campaign",
    ] {
        reads::<types::Campaign>(operation);
    }
    reads::<types::Progress>("campaign_progress");
    reads::<types::Import>("add_recipients");
    reads::<types::Message>("send_message");
    reads::<types::Page<types::Message>>("list_messages");
    reads::<types::Contact>("save_contact");
    reads::<types::ContactImport>("import_contacts");
    reads::<types::Suppression>("add_suppression");
    reads::<types::Page<types::Conversation>>("list_conversations");
}

#[test]
fn requests_have_the_fields_of_the_document() {
    let text = || "text".to_owned();
    let session: SessionId = "ses_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
    let at = Some(chrono::DateTime::UNIX_EPOCH);
    let (email, password, name) = (text(), text(), text());
    sends("register", types::Register { email, password, name, organization: text() });
    sends("login", types::Login { email: text(), password: text() });
    sends("create_api_key", types::CreateApiKey { name: text(), scopes: Vec::new() });
    sends("create_session", types::CreateSession { name: text(), policy: Some(Default::default()) });
    let members = vec![types::NewMember { session_id: session }];
    sends("create_sender_pool", types::CreateSenderPool { name: text(), members });
    let content = types::text("text");
    let session_ids = vec![session];
    let pace = Some(Default::default());
    sends("create_campaign", types::CreateCampaign { name: text(), session_ids, content, send_at: at, pace });
    let message = types::SendMessage::text(session, "+6281234567890", "text");
    sends("send_message", types::SendMessage { class: Some(Class::Bulk), send_at: at, ..message });
    let (attributes, tags) = (Default::default(), Vec::new());
    sends("save_contact", types::SaveContact { phone: text(), name: Some(text()), attributes, tags });
    sends("add_suppression", types::AddSuppression { phone: text(), detail: Some(text()) });
}

/// Ids of the document and of the domain have the same form, or the samples above prove nothing.
#[test]
fn samples_of_ids_are_ids() {
    let document = document();
    let id = |name: &str| sample(&document, &document["components"]["schemas"][name]);
    assert!(serde_json::from_value::<SessionId>(id("SessionId")).is_ok());
    assert!(serde_json::from_value::<OrganizationId>(id("OrganizationId")).is_ok());
    assert!(serde_json::from_value::<SenderPoolId>(id("SenderPoolId")).is_ok());
}
