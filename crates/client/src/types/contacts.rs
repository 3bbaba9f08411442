//! Contacts and suppressed numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wahana_domain::ContactId;
use wahana_domain::suppressions::SuppressionReasonCode;

use super::Reject;

/// A contact to add, or to change if its number is known.
#[derive(Clone, Debug, Serialize)]
pub struct SaveContact {
    /// Number.
    pub phone: String,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Values for the variables of templates.
    pub attributes: BTreeMap<String, String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// A person of the address book.
#[derive(Clone, Debug, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Number; `None` for somebody who hides it.
    pub phone: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// What became of an uploaded address book.
#[derive(Clone, Debug, Deserialize)]
pub struct ContactImport {
    /// Contacts that are new.
    pub added: u64,
    /// Contacts that were known and are changed.
    pub changed: u64,
    /// Lines that were refused.
    pub rejected: u64,
    /// The first of these.
    pub rejects: Vec<Reject>,
}

/// A number to suppress.
#[derive(Clone, Debug, Serialize)]
pub struct AddSuppression {
    /// Number.
    pub phone: String,
    /// Why, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A person who must not be written to.
#[derive(Clone, Debug, Deserialize)]
pub struct Suppression {
    /// Number; `None` for somebody who hides it.
    pub phone: Option<String>,
    /// Why.
    pub reason: SuppressionReasonCode,
}
