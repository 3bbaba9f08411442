//! An example for every JSON body of every operation, put together from what the types say: the example of a schema or
//! a property, its default, its first allowed value. What has none of these is an error that a test finds
//! (`api/tests/it/openapi.rs`): a text or a number needs an example of its own.

use serde_json::{Map, Value};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi, RefOr};

/// The time of all examples.
const TIME: &str = "2026-11-30T02:15:00Z";
const JSON: &str = "application/json";

/// Which side writes a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Clients leave out what they need not say.
    Request,
    /// We say everything.
    Response,
}

/// Schemas by name.
pub(super) struct Examples(Value);

impl Examples {
    pub(super) fn of(document: &OpenApi) -> Self {
        let components = document.components.as_ref();
        Self(serde_json::to_value(components.map(|components| &components.schemas)).unwrap_or_default())
    }

    /// Adds examples to the request and the successes of an operation, where it has none of its own.
    pub(super) fn add(&self, operation: &mut Operation) {
        if let Some(RefOr::T(body)) = &mut operation.request_body
            && let Some(RefOr::T(content)) = body.content.get_mut(JSON)
        {
            self.fill(content, Side::Request);
        }
        let successes =
            operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2'));
        for (_, response) in successes {
            if let RefOr::T(response) = response
                && let Some(RefOr::T(content)) = response.content.get_mut(JSON)
            {
                self.fill(content, Side::Response);
            }
        }
    }

    fn fill(&self, content: &mut Content, side: Side) {
        if content.example.is_none() && content.examples.is_empty() {
            let schema = content.schema.as_ref().and_then(|schema| serde_json::to_value(schema).ok());
            content.example = schema.map(|schema| self.compose(&schema, side));
        }
    }

    /// A value of this schema; null where the schema says too little.
    fn compose(&self, schema: &Value, side: Side) -> Value {
        if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)) {
            return example.clone();
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
            return self.compose(&self.0[name], side);
        }
        if let Some(first) =
            schema["enum"].get(0).or_else(|| schema.get("default").filter(|v| !v.is_object()))
        {
            return first.clone();
        }
        let choices = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
        let choice = choices.and_then(|choices| choices.iter().find(|choice| choice["type"] != "null"));
        let mut value = choice.map_or(Value::Null, |choice| self.compose(choice, side));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            merge(&mut value, self.compose(part, side));
        }
        merge(&mut value, self.compose_by_type(schema, side));
        value
    }

    fn compose_by_type(&self, schema: &Value, side: Side) -> Value {
        let kind = schema["type"].as_str().or_else(|| schema["type"].get(0)?.as_str());
        match (kind, schema["format"].as_str()) {
            (Some("object"), _) => self.object(schema, side),
            (Some("array"), _) => Value::Array(vec![self.compose(&schema["items"], side)]),
            (Some("boolean"), _) => Value::Bool(false),
            (Some("string"), Some("date-time")) => TIME.into(),
            (Some("string"), Some("date")) => TIME[..10].into(),
            (Some("integer" | "number"), _) => schema["minimum"].as_i64().filter(|least| *least > 0).into(),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, side: Side) -> Value {
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut object = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|one| one == name.as_str());
            let has_own = property.get("example").is_some() || property.get("examples").is_some();
            if has_own || !is_nullable(property) && (is_required || side == Side::Response) {
                object.insert(name.clone(), self.compose(property, side));
            } else if is_required {
                object.insert(name.clone(), Value::Null);
            }
        }
        Value::Object(object)
    }
}

fn is_nullable(schema: &Value) -> bool {
    schema["type"].as_array().is_some_and(|types| types.iter().any(|one| one == "null"))
        || schema["oneOf"].as_array().is_some_and(|choices| choices.iter().any(|one| one["type"] == "null"))
}

fn merge(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(fields), Value::Object(more)) => fields.extend(more),
        (value @ Value::Null, more) => *value = more,
        _ => {}
    }
}
