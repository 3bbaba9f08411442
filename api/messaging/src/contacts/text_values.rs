//! Values of variables and attributes: text, and numbers and booleans, which are taken as text.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads an object whose values are texts, numbers or booleans.
///
/// # Errors
/// When a value is an object, a list or null.
pub(crate) fn map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = BTreeMap::<String, Text>::deserialize(deserializer)?;
    Ok(values.into_iter().map(|(name, Text(value))| (name, value)).collect())
}

struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Text, E> {
        Ok(Text(value.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b41_numbers_and_booleans_are_text() {
        let read = |json: &str| map(&mut serde_json::Deserializer::from_str(json));
        let values = read(r#"{"a": 15000, "b": true, "c": 12.5, "d": "x", "e": -1, "f": 15000.0}"#).unwrap();
        let texts: Vec<&str> = values.values().map(String::as_str).collect();
        assert_eq!(texts, ["15000", "true", "12.5", "x", "-1", "15000"]);
        for wrong in [r#"{"a": null}"#, r#"{"a": []}"#, r#"{"a": {}}"#, "[]"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
