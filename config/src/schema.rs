//! `config/schema.json`: the settings as a JSON schema, for editors. It is made from `default.toml`, whose comments are
//! its descriptions, so that there is one text per key.

use serde_json::{Map, Value as Json, json};
use toml::Value;

use crate::ranges::RANGES;
use crate::{ConfigError, DEFAULTS, SECRETS, layers};

/// Texts that are one of a list.
const CHOICES: &[(&str, &[&str])] = &[("log.format", &["auto", "pretty", "json"])];

/// The schema of a settings file.
///
/// # Errors
/// `default.toml` does not read.
pub fn schema() -> Result<Json, ConfigError> {
    let mut sections = Map::new();
    for (section, keys) in &layers::defaults()? {
        let keys = keys.as_table().into_iter().flatten();
        let properties: Map<String, Json> =
            keys.map(|(key, default)| (key.clone(), property(section, key, default))).collect();
        sections.insert(
            section.clone(),
            json!({"type": "object", "additionalProperties": false, "properties": properties}),
        );
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of Wahana",
        "description": "A settings file for --config or WAHANA_CONFIG; what it leaves out has the default.",
        "type": "object",
        "additionalProperties": false,
        "properties": sections,
    });
    // The same text whatever other crates ask of serde_json.
    schema.sort_all_objects();
    Ok(schema)
}

fn property(section: &str, key: &str, default: &Value) -> Json {
    let name = format!("{section}.{key}");
    let mut property = Map::new();
    property.insert("description".into(), description(section, key).into());
    let (kind, default) = match default {
        Value::Integer(n) => ("integer", json!(n)),
        Value::Float(n) => ("number", json!(n)),
        Value::Boolean(b) => ("boolean", json!(b)),
        other => ("string", json!(other.as_str().unwrap_or_default())),
    };
    property.insert("type".into(), kind.into());
    property.insert("default".into(), default);
    if matches!(kind, "integer" | "number") {
        let range = RANGES.iter().find(|range| range.key == name);
        // Whole bounds as whole numbers.
        let bound = |n: f64| if kind == "integer" { json!(n as i64) } else { json!(n) };
        property.insert("minimum".into(), bound(range.map_or(0.0, |range| range.least)));
        if let Some(most) = range.and_then(|range| range.most) {
            property.insert("maximum".into(), bound(most));
        }
    }
    if let Some((_, choices)) = CHOICES.iter().find(|(choice, _)| *choice == name) {
        property.insert("enum".into(), json!(choices));
    }
    if SECRETS.contains(&&*name) {
        property.insert("writeOnly".into(), true.into());
    }
    Json::Object(property)
}

/// The comment above the key.
fn description(section: &str, key: &str) -> String {
    let heading = format!("[{section}]");
    let mut comment: Vec<&str> = Vec::new();
    for line in DEFAULTS.lines().skip_while(|line| *line != heading).skip(1) {
        match line.strip_prefix("# ") {
            Some(text) => comment.push(text),
            None if line.split_once(" = ").is_some_and(|(name, _)| name == key) => break,
            None => comment.clear(),
        }
    }
    comment.join(" ")
}
