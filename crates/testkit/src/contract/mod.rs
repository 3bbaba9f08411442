//! docs/openapi.json as a contract: every exchange of a test with the API is held against the committed document.
//!
//! An undocumented status, content type, header or property is a failure, and so is a documented one that is missing.
//! Never loosened for one test: either the document or the product is wrong.

mod breach;
mod closed;
mod exchange;
mod operations;

pub use breach::Breach;
pub use exchange::Exchange;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::Value;

use operations::Operations;

/// A document, its operations, and the schemas that were compiled so far.
pub struct Contract {
    document: Value,
    operations: Operations,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Contract {
    /// The committed document; read once per process.
    pub fn committed() -> &'static Self {
        static COMMITTED: OnceLock<Contract> = OnceLock::new();
        COMMITTED.get_or_init(|| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
            let text = std::fs::read_to_string(&path).expect("docs/openapi.json");
            Self::new(serde_json::from_str(&text).expect("docs/openapi.json is JSON"))
        })
    }

    /// The contract of this document.
    pub fn new(document: Value) -> Self {
        let operations = Operations::of(&document);
        Self { document, operations, validators: Mutex::default() }
    }

    /// What is wrong with a value, held against the schema at this JSON pointer of the document.
    pub fn breaches(&self, what: &str, schema: &str, value: &Value) -> Vec<Breach> {
        self.validator(schema).iter_errors(value).map(|error| Breach::of(what, &error)).collect()
    }

    fn validator(&self, schema: &str) -> Arc<Validator> {
        let mut known = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = known.get(schema) {
            return validator.clone();
        }
        let at = self.document.pointer(schema).unwrap_or_else(|| panic!("nothing at {schema}"));
        let closed = closed::close(&self.document, at);
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .offline()
            .build(&closed)
            .unwrap_or_else(|error| panic!("the schema at {schema}: {error}"));
        known.entry(schema.to_owned()).or_insert(Arc::new(validator)).clone()
    }

    /// Panics with all that is wrong, if anything is.
    #[track_caller]
    pub fn hold(&self, exchange: &Exchange) {
        let breaches = exchange.check(self);
        if breaches.is_empty() {
            return;
        }
        let list: Vec<String> = breaches.iter().map(|breach| format!("  {breach}")).collect();
        panic!(
            "{} {} answered {}: docs/openapi.json says otherwise\n{}\n  body: {}",
            exchange.method,
            exchange.path,
            exchange.status,
            list.join("\n"),
            exchange.body.as_deref().map(String::from_utf8_lossy).unwrap_or_default(),
        );
    }
}
