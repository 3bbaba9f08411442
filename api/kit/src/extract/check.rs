//! What the types cannot say about a body: lengths and ranges. Collects all mistakes, so that one answer names them.

use crate::problem::{Code, FieldError, Problem};

/// Collects what is wrong with a body.
#[derive(Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// One mistake.
    pub fn wrong(&mut self, field: &str, detail: impl Into<String>) -> &mut Self {
        self.0.push(FieldError { field: field.to_owned(), code: Code::InvalidField, detail: detail.into() });
        self
    }

    /// A text of `least` to `most` characters, not only blanks.
    pub fn length(&mut self, field: &str, text: &str, least: usize, most: usize) -> &mut Self {
        let characters = text.chars().count();
        if characters < least || characters > most {
            self.wrong(field, format!("must have {least} to {most} characters, has {characters}"));
        } else if least > 0 && text.trim().is_empty() {
            self.wrong(field, "must not be blank");
        }
        self
    }

    /// Fails if anything was wrong.
    pub fn done(&mut self) -> Result<(), Problem> {
        let Some(first) = self.0.first() else { return Ok(()) };
        let mut problem = Problem::field(first.field.clone(), first.detail.clone());
        if self.0.len() > 1 {
            problem.errors = std::mem::take(&mut self.0);
        }
        Err(problem)
    }
}
