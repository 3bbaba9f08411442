//! Checks of an input beyond its types: lengths, ranges, contradictions. All mistakes are collected, so that one answer
//! names them.

use std::fmt;

use thiserror::Error;
use wahana_domain::{FieldError, Rule};

/// A field and the rule that its value breaks.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{field}: {rule}")]
pub struct WrongField {
    /// The field's path, such as `content.text` or `session_ids[2]`.
    pub field: String,
    /// What is wrong with it.
    pub rule: Rule,
}

impl WrongField {
    /// A field that breaks a rule.
    pub fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self { field: field.into(), rule }
    }

    /// A field inside of the field `parent`, as a function of the domain found it.
    pub fn inside(parent: &str, found: FieldError) -> Self {
        Self::new(format!("{parent}.{}", found.field), found.rule)
    }
}

/// Fields that break rules: at least one, in the order of the checks.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub struct WrongFields {
    /// The one that was found first.
    pub first: WrongField,
    /// The others.
    pub others: Vec<WrongField>,
}

impl fmt::Display for WrongFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        self.others.iter().try_for_each(|other| write!(f, "; {other}"))
    }
}

impl From<WrongField> for WrongFields {
    fn from(first: WrongField) -> Self {
        Self { first, others: Vec::new() }
    }
}

/// Collects what is wrong with an input.
#[derive(Clone, Debug, Default)]
pub struct Check(Vec<WrongField>);

impl Check {
    /// Adds one mistake.
    pub fn wrong(&mut self, field: &str, rule: Rule) -> &mut Self {
        self.0.push(WrongField::new(field, rule));
        self
    }

    /// Adds what a function of the domain found inside of the field `parent`.
    pub fn inside(&mut self, parent: &str, found: Result<(), FieldError>) -> &mut Self {
        self.0.extend(found.err().map(|found| WrongField::inside(parent, found)));
        self
    }

    /// Wants a text of `least` to `most` characters; if `least` is not 0, not only blanks.
    pub fn length(&mut self, field: &str, text: &str, least: usize, most: usize) -> &mut Self {
        let characters = text.chars().count();
        if least > 0 && text.trim().is_empty() {
            self.wrong(field, Rule::Blank);
        } else if characters < least {
            self.wrong(field, Rule::TooShort { min: least as u64, actual: characters as u64 });
        } else if characters > most {
            self.wrong(field, Rule::TooLong { max: most as u64, actual: characters as u64 });
        }
        self
    }

    /// Ends the check.
    ///
    /// # Errors
    /// If anything was wrong.
    pub fn done(&mut self) -> Result<(), WrongFields> {
        let mut wrong = std::mem::take(&mut self.0).into_iter();
        match wrong.next() {
            None => Ok(()),
            Some(first) => Err(WrongFields { first, others: wrong.collect() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_named_in_order() {
        let mut check = Check::default();
        check.length("name", " ", 1, 10).length("code", "abc", 1, 2).length("note", "", 0, 2);
        check.inside("pace", Err(FieldError::new("finish_by", Rule::NotAfterSendAt))).inside("pace", Ok(()));
        let wrong = check.done().unwrap_err();
        assert_eq!(wrong.first, WrongField::new("name", Rule::Blank));
        assert_eq!(
            wrong.others,
            [
                WrongField::new("code", Rule::TooLong { max: 2, actual: 3 }),
                WrongField::new("pace.finish_by", Rule::NotAfterSendAt),
            ]
        );
        assert_eq!(
            wrong.to_string(),
            "name: must not be blank; code: must have at most 2 characters, has 3; \
             pace.finish_by: must be after send_at, and in the future"
        );
        assert_eq!(check.done(), Ok(()), "nothing is left of an ended check");
    }
}
