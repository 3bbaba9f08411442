//! Schemas of the document made strict: an object has no property that the document does not name.
//!
//! Schemas that stand inside an `allOf`, or beside properties in a `oneOf`, stay open, because the object is the sum of
//! them; there the whole is closed by `unevaluatedProperties`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const COMPONENTS: &str = "#/components/schemas/";

/// What a schema is used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// It describes a whole value.
    Whole,
    /// It describes a part of an object, and others describe the rest.
    Part,
}

/// A schema that stands alone: with all that it refers to, and closed.
pub(super) fn close(document: &Value, schema: &Value) -> Value {
    let mut wanted = Wanted::default();
    let mut root = convert(schema, Use::Whole, &mut wanted);
    let mut definitions = Map::new();
    while let Some((name, usage)) = wanted.next() {
        let schema = document.pointer(&format!("/components/schemas/{name}"));
        let schema = schema.unwrap_or_else(|| panic!("the document has no schema {name}"));
        definitions.insert(definition(&name, usage), convert(schema, usage, &mut wanted));
    }
    if let Some(fields) = root.as_object_mut() {
        fields.insert("$defs".to_owned(), Value::Object(definitions));
    }
    root
}

/// Components that a schema refers to and that are not converted yet.
#[derive(Default)]
struct Wanted {
    open: BTreeSet<(String, Use)>,
    done: BTreeSet<(String, Use)>,
}

impl Wanted {
    fn next(&mut self) -> Option<(String, Use)> {
        let next = self.open.pop_first()?;
        self.done.insert(next.clone());
        Some(next)
    }

    fn add(&mut self, name: &str, usage: Use) {
        let wanted = (name.to_owned(), usage);
        if !self.done.contains(&wanted) {
            self.open.insert(wanted);
        }
    }
}

fn definition(name: &str, usage: Use) -> String {
    match usage {
        Use::Whole => name.to_owned(),
        Use::Part => format!("part.{name}"),
    }
}

fn convert(schema: &Value, usage: Use, wanted: &mut Wanted) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    let has = |name: &str| fields.contains_key(name);
    let is_union = has("oneOf") || has("anyOf");
    let is_sum = has("allOf") || is_union && has("properties");
    let of_members = if is_sum { Use::Part } else { usage };
    let mut converted = Map::new();
    for (name, value) in fields {
        let value = match (name.as_str(), value) {
            ("$ref", Value::String(reference)) => json!(refer(reference, usage, wanted)),
            ("allOf" | "oneOf" | "anyOf", Value::Array(members)) => {
                members.iter().map(|member| convert(member, of_members, wanted)).collect()
            }
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, property)| (name.clone(), convert(property, Use::Whole, wanted)))
                .collect::<Map<_, _>>()
                .into(),
            ("items" | "additionalProperties" | "propertyNames", value) => convert(value, Use::Whole, wanted),
            (_, value) => value.clone(),
        };
        converted.insert(name.clone(), value);
    }
    let is_open = !has("additionalProperties") && !has("unevaluatedProperties");
    if usage == Use::Whole && is_open {
        if is_sum {
            converted.insert("unevaluatedProperties".to_owned(), json!(false));
        } else if has("properties") {
            converted.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    Value::Object(converted)
}

fn refer(reference: &str, usage: Use, wanted: &mut Wanted) -> String {
    let name = reference.strip_prefix(COMPONENTS);
    let name = name.unwrap_or_else(|| panic!("{reference} is no schema of the document"));
    wanted.add(name, usage);
    format!("#/$defs/{}", definition(name, usage))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_valid(schema: Value, value: Value) -> bool {
        let document = json!({"components": {"schemas": {
            "Base": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "Sum": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Base"}}}]},
        }}});
        jsonschema::validator_for(&close(&document, &schema)).unwrap().is_valid(&value)
    }

    #[test]
    fn objects_have_no_other_properties() {
        let base = || json!({"$ref": "#/components/schemas/Base"});
        assert!(is_valid(base(), json!({"a": "x"})));
        assert!(!is_valid(base(), json!({"a": "x", "c": 1})));
        assert!(!is_valid(base(), json!({})));
        let free = || json!({"type": "object", "additionalProperties": {"type": "integer"}});
        assert!(is_valid(free(), json!({"any": 1})));
        assert!(!is_valid(free(), json!({"any": "x"})));
    }

    #[test]
    fn sums_are_closed_as_a_whole() {
        let sum = || json!({"$ref": "#/components/schemas/Sum"});
        assert!(is_valid(sum(), json!({"a": "x", "b": {"a": "y"}})));
        assert!(!is_valid(sum(), json!({"a": "x", "c": 1})));
        assert!(!is_valid(sum(), json!({"a": "x", "b": {"a": "y", "b": 1}})), "the parts of a part too");
        let choice = || json!({"oneOf": [{"$ref": "#/components/schemas/Sum"}, {"type": "null"}]});
        assert!(is_valid(choice(), Value::Null));
        assert!(!is_valid(choice(), json!({"a": "x", "c": 1})));
    }
}
