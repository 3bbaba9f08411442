//! What the types cannot say about a body: lengths and ranges. Collects all mistakes, so that one answer names them.

use wahana_domain::{FieldError, Rule};

use crate::problem::{FieldErrorView, Problem};

/// Collects what is wrong with a body.
#[derive(Default)]
pub struct Check(Vec<(String, Rule)>);

impl Check {
    /// One mistake.
    pub fn wrong(&mut self, field: &str, rule: Rule) -> &mut Self {
        self.0.push((field.to_owned(), rule));
        self
    }

    /// What a function of the domain found inside of the field `parent`.
    pub fn inside(&mut self, parent: &str, found: Result<(), FieldError>) -> &mut Self {
        if let Err(FieldError { field, rule }) = found {
            self.wrong(&format!("{parent}.{field}"), rule);
        }
        self
    }

    /// A text of `least` to `most` characters, not only blanks.
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

    /// Fails if anything was wrong.
    pub fn done(&mut self) -> Result<(), Problem> {
        let Some((field, rule)) = self.0.first() else { return Ok(()) };
        let mut problem = Problem::field(field.clone(), rule.clone());
        if self.0.len() > 1 {
            problem.errors = self.0.iter().map(|(field, rule)| FieldErrorView::new(field, rule)).collect();
        }
        Err(problem)
    }
}
