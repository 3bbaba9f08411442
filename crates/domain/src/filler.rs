//! From a campaign's content to what one person reads: the template filled in, one variant of each choice picked.
//!
//! The scheduler writes messages with it and the API shows people what those will be; there is no second opinion.

use std::collections::BTreeMap;

use crate::messages::Content;
use crate::template::{InvalidTemplate, Template};
use crate::{FieldError, MessageId, Reason};

/// A campaign's content with its template read once.
#[derive(Clone, Debug)]
pub struct Filler<'a> {
    content: &'a Content,
    template: Result<Option<Template>, InvalidTemplate>,
}

/// Why a person cannot be written to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unfillable {
    /// The content's words are no template.
    Template(InvalidTemplate),
    /// The person has no value for these variables.
    Missing(Vec<String>),
    /// With this person's values it is nothing that can be sent.
    Content(FieldError),
}

impl Unfillable {
    /// The reason that stands with a message for it.
    pub const fn reason(&self) -> Reason {
        match self {
            Self::Template(_) => Reason::BadTemplate,
            Self::Missing(_) => Reason::MissingVariable,
            Self::Content(_) => Reason::BadContent,
        }
    }
}

impl<'a> Filler<'a> {
    /// Reads the template.
    pub fn new(content: &'a Content) -> Self {
        Self { content, template: content.words().map(Template::parse).transpose() }
    }

    /// The content as it was written.
    pub const fn content(&self) -> &'a Content {
        self.content
    }

    /// The template in the words; `None` for content without words.
    pub fn template(&self) -> Result<Option<&Template>, &InvalidTemplate> {
        self.template.as_ref().map(Option::as_ref)
    }

    /// What this person reads. The same person gets the same words again: after a restore they are looked for before
    /// they are sent. Another `wording` picks other variants; 0 is the one that is sent.
    pub fn fill(
        &self,
        person: MessageId,
        values: &BTreeMap<String, String>,
        wording: u32,
    ) -> Result<Content, Unfillable> {
        let template = self.template().map_err(|error| Unfillable::Template(error.clone()))?;
        let Some(template) = template else { return Ok(self.content.clone()) };
        let mut dice = Dice(person.0.as_u128() as u64 ^ u64::from(wording).wrapping_mul(GOLDEN));
        let words = template
            .render(values, &mut |variants| dice.pick(variants))
            .map_err(|missing| Unfillable::Missing(missing.names))?;
        let content = self.content.clone().with_words(words);
        content.validate().map_err(Unfillable::Content)?;
        Ok(content)
    }
}

/// What a template is filled with: a person's variables, and the name and number unless those say otherwise.
pub fn values(
    mut variables: BTreeMap<String, String>,
    name: Option<String>,
    phone: &str,
) -> BTreeMap<String, String> {
    if let Some(name) = name {
        variables.entry("name".into()).or_insert(name);
    }
    variables.entry("phone".into()).or_insert_with(|| phone.to_owned());
    variables
}

/// 2^64 divided by the golden ratio: steps that spread evenly.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// SplitMix64: no chance, only the same even choice for the same person on every machine and in every version.
struct Dice(u64);

impl Dice {
    fn pick(&mut self, variants: usize) -> usize {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % variants.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn text(words: &str) -> Content {
        Content::Text { text: words.into(), link_preview: None, reply_to: None, mentions: Vec::new() }
    }

    fn person(n: u128) -> MessageId {
        MessageId::new(DateTime::UNIX_EPOCH, n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
    }

    #[test]
    fn each_person_keeps_a_wording_and_all_wordings_are_used() {
        let content = text("{a|b|c}{d|e}");
        let filler = Filler::new(&content);
        let read = |n, wording| filler.fill(person(n), &BTreeMap::new(), wording).unwrap();
        assert!((0..50).all(|n| read(n, 0) == read(n, 0)));
        for wordings in
            [(0..300).map(|n| read(n, 0)).collect::<Vec<_>>(), (0..300).map(|w| read(7, w)).collect()]
        {
            for words in ["ad", "ae", "bd", "be", "cd", "ce"] {
                let n = wordings.iter().filter(|content| content.words() == Some(words)).count();
                assert!((25..80).contains(&n), "{words}: {n} of 300");
            }
        }
    }

    #[test]
    fn who_cannot_be_written_to_says_why() {
        let filled = |words: &str| {
            let (content, none) = (text(words), BTreeMap::new());
            Filler::new(&content).fill(person(1), &none, 0).map_err(|error| error.reason())
        };
        assert_eq!(filled("Hi {{name}}"), Err(Reason::MissingVariable));
        assert_eq!(filled("Hi {{name"), Err(Reason::BadTemplate));
        assert_eq!(filled("{{name| }}"), Err(Reason::BadContent));
        assert_eq!(filled("Hi {{name|you}}"), Ok(text("Hi you")));
    }

    #[test]
    fn a_variable_goes_before_the_column() {
        let variables = BTreeMap::from([("name".to_owned(), "Ana".to_owned())]);
        let values = values(variables, Some("A. Wijaya".into()), "628123");
        assert_eq!((values["name"].as_str(), values["phone"].as_str()), ("Ana", "628123"));
    }
}
