//! What can be wrong with the value of a field: one rule per kind of mistake, with the figures that belong to it.
//!
//! The table is `table.rs`. Programs read the rule's code and parameters, people read its sentence; the dashboard has
//! a text per code in each language (`dashboard/src/i18n/*/rules.json`). Nothing here decides what is allowed: that
//! do the functions that return a rule.

mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use table::{Rule, RuleCode};

/// A field and the rule that its value breaks.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct FieldError {
    /// The field's path inside what was checked, such as `breaks.min_ms`.
    pub field: &'static str,
    /// What is wrong with it.
    pub rule: Rule,
}

impl FieldError {
    /// A field that breaks a rule.
    pub const fn new(field: &'static str, rule: Rule) -> Self {
        Self { field, rule }
    }
}

/// Names that belong to a rule: values that are allowed, fields of which one is wanted.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub Vec<String>);

impl Names {
    /// Of names known to the code.
    pub fn of<T: AsRef<str>>(names: &[T]) -> Self {
        Self(names.iter().map(|name| name.as_ref().to_owned()).collect())
    }
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// A parameter of a rule, as JSON has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RuleParam)]
#[serde(untagged)]
pub enum Param {
    /// A limit or a count.
    Number(u64),
    /// A name, or what was expected.
    Text(String),
    /// Names or values.
    List(Vec<String>),
}

impl From<u64> for Param {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Names> for Param {
    fn from(names: Names) -> Self {
        Self::List(names.0)
    }
}

/// The parameters of a rule by name.
pub type Params = BTreeMap<&'static str, Param>;

/// Stands between the sentence and the rule in an error of serde.
const MARK: &str = " [rule ";

impl Rule {
    /// As an error of a `Deserialize`: serde carries text only, so the rule travels behind its sentence.
    pub fn in_serde<E: serde::de::Error>(&self) -> E {
        E::custom(self.marked())
    }

    /// The sentence with the rule behind it, for a `TryFrom` that serde calls.
    pub fn marked(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{self}{MARK}{json}]")
    }

    /// The rule that a `Deserialize` of ours put into serde's error.
    pub fn from_serde(message: &str) -> Option<Self> {
        let (_, json) = message.split_once(MARK)?;
        serde_json::Deserializer::from_str(json).into_iter().next()?.ok()
    }
}
