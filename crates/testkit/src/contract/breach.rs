//! One point at which an exchange and the document disagree.

use std::fmt;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

/// Longest reason that is printed; it may quote a whole object.
const MAX_REASON_CHARS: usize = 400;

/// One point at which an exchange and the document disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The part of the exchange, such as `response body`.
    pub what: String,
    /// Where in it, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What is wrong.
    pub reason: String,
}

impl Breach {
    pub(super) fn new(what: &str, reason: impl Into<String>) -> Self {
        Self { what: what.to_owned(), pointer: String::new(), reason: reason.into() }
    }

    pub(super) fn of(what: &str, error: &ValidationError<'_>) -> Self {
        let reason = reason(error);
        Self { what: what.to_owned(), pointer: error.instance_path().to_string(), reason }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, pointer, reason } = self;
        if pointer.is_empty() {
            write!(f, "{what}: {reason}")
        } else {
            write!(f, "{what} at {pointer}: {reason}")
        }
    }
}

/// For a value that fits none of several schemas, the reasons of each.
fn reason(error: &ValidationError<'_>) -> String {
    let (ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context }) =
        error.kind()
    else {
        return short(&error.to_string());
    };
    let branch = |errors: &Vec<ValidationError<'static>>| {
        let reasons: Vec<String> =
            errors.iter().map(|error| format!("{}: {}", error.instance_path(), reason(error))).collect();
        format!("({})", reasons.join("; "))
    };
    let branches: Vec<String> = context.iter().map(branch).collect();
    format!("fits none of {} schemas: {}", branches.len(), branches.join(" "))
}

fn short(text: &str) -> String {
    if text.chars().count() <= MAX_REASON_CHARS {
        return text.to_owned();
    }
    // The end says what was expected, the begin quotes the value.
    let chars: Vec<char> = text.chars().collect();
    let half = MAX_REASON_CHARS / 2;
    let (begin, end) = (&chars[..half], &chars[chars.len() - half..]);
    format!("{} ... {}", begin.iter().collect::<String>(), end.iter().collect::<String>())
}
