//! The contract itself: what disagrees with the document is found, what agrees is not.
use serde_json::{Value, json};
use wahana_testkit::contract::{Contract, Exchange};

const ID: &str = "con_01kb8v2m5xe7s9q4h6n0r3t8wz";

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "paths": {"/api/v1/contacts/{id}": {
            "get": {
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 200}}],
                "responses": {
                    "200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Contact"}}}},
                    "404": {"$ref": "#/components/responses/Problem404"},
                },
            },
            "patch": {
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}},
                "responses": {"204": {"description": "No Content"}},
            },
        }},
        "components": {
            "responses": {"Problem404": {
                "description": "not_found",
                "headers": {"X-Request-Id": {"required": true, "schema": {"type": "string"}}},
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }},
            "schemas": {
                "ContactId": {"type": "string", "pattern": "^con_[0-7][0-9a-hjkmnp-tv-z]{25}$"},
                "Contact": {"type": "object", "required": ["id", "name", "since"], "properties": {
                    "id": {"$ref": "#/components/schemas/ContactId"}, "name": {"type": ["string", "null"]},
                    "since": {"type": "string", "format": "date-time"},
                }},
                "Change": {"type": "object", "properties": {"name": {"type": "string"}}},
                "Problem": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}},
            },
        },
    })
}

fn got(status: u16, kind: &str, body: &Value) -> Exchange {
    Exchange {
        method: "GET".to_owned(),
        path: format!("/api/v1/contacts/{ID}"),
        status,
        headers: vec![
            ("content-type".to_owned(), kind.to_owned()),
            ("x-request-id".to_owned(), "r".to_owned()),
        ],
        body: Some(body.to_string().into_bytes()),
        ..Exchange::default()
    }
}

fn contact() -> Value {
    json!({"id": ID, "name": null, "since": "2026-11-30T02:15:00Z"})
}

/// What is wrong, as it is printed.
fn wrong(exchange: &Exchange) -> Vec<String> {
    exchange.check(&Contract::new(document())).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_wrong(exchange: &Exchange, part: &str) {
    let wrong = wrong(exchange);
    assert!(wrong.len() == 1 && wrong[0].contains(part), "{part} in {wrong:?}");
}

#[test]
fn what_agrees_passes() {
    assert_eq!(wrong(&got(200, "application/json; charset=utf-8", &contact())), [""; 0]);
    assert_eq!(wrong(&got(404, "application/problem+json", &json!({"code": "not_found"}))), [""; 0]);
    let outside = Exchange { path: "/healthz".to_owned(), ..got(200, "text/plain", &Value::Null) };
    assert_eq!(wrong(&outside), [""; 0]);
}

#[test]
fn a_wrong_body_is_found() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = contact();
        change(&mut body);
        got(200, "application/json", &body)
    };
    assert_wrong(&with(&|body| body["colour"] = json!("red")), "colour");
    assert_wrong(&with(&|body| drop(body.as_object_mut().unwrap().remove("name"))), "name");
    assert_wrong(&with(&|body| body["id"] = json!("con_1")), "response body at /id");
    assert_wrong(&with(&|body| body["since"] = json!("yesterday")), "date-time");
    assert_wrong(&with(&|body| body["name"] = json!(1)), "response body at /name");
    let cut = Exchange { body: Some(b"{".to_vec()), ..got(200, "application/json", &Value::Null) };
    assert_wrong(&cut, "no JSON");
}

#[test]
fn what_is_not_documented_is_found() {
    assert_wrong(&got(201, "application/json", &contact()), "status: not documented");
    assert_wrong(&got(200, "text/html", &contact()), "content type");
    let bare = Exchange {
        headers: vec![("content-type".to_owned(), "application/problem+json".to_owned())],
        ..got(404, "", &json!({"code": "not_found"}))
    };
    assert_wrong(&bare, "X-Request-Id is missing");
    let other = Exchange { path: "/api/v1/people".to_owned(), ..got(200, "application/json", &contact()) };
    assert_wrong(&other, "operation: not in the document");
    let unknown = |kind: &str| Exchange {
        path: "/api/people".to_owned(),
        ..got(404, kind, &json!({"code": "no_such_route"}))
    };
    assert_eq!(wrong(&unknown("application/problem+json")), [""; 0]);
    assert_wrong(&unknown("text/plain"), "is no problem");
    let query = |query: &str| Exchange {
        path: format!("/api/v1/contacts/{ID}?{query}"),
        ..got(200, "application/json", &contact())
    };
    assert_eq!(wrong(&query("limit=20")), [""; 0]);
    assert_wrong(&query("limit=201"), "limit=201");
    assert_wrong(&query("colour=red"), "colour was taken");
}

#[test]
fn a_request_that_was_taken_is_checked_too() {
    let change = |body: &str, status| Exchange {
        method: "PATCH".to_owned(),
        path: format!("/api/contacts/{ID}"),
        request_type: Some("application/json".to_owned()),
        request: Some(body.into()),
        status,
        ..Exchange::default()
    };
    assert_eq!(wrong(&change(r#"{"name": "Sari"}"#, 204)), [""; 0]);
    assert_wrong(&change(r#"{"name": null}"#, 204), "request body at /name");
    assert_wrong(&change(r#"{"colour": "red"}"#, 204), "colour");
    assert_wrong(&Exchange { body: Some(b"ok".to_vec()), ..change("{}", 204) }, "none is documented");
}

#[test]
#[should_panic(expected = "GET /api/v1/status answered 200: docs/openapi.json says otherwise")]
fn an_exchange_that_disagrees_with_the_committed_document_panics() {
    let exchange = Exchange { path: "/api/v1/status".to_owned(), ..got(200, "application/json", &json!({})) };
    Contract::committed().hold(&exchange);
}
