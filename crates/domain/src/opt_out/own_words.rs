//! Words of an organization's own that opt out or in. They count like those of all languages: with courtesy around them,
//! and only if nothing else is said.

use super::intent::Request;
use super::phrases::{PhraseIndex, plain};
use super::tokens::tokens;

/// Most words of its own that an organization may have.
pub const MAX_OWN_WORDS: usize = 50;
/// Most characters of one of them.
pub const MAX_OWN_WORD: usize = 60;

/// Words of an organization's own.
#[derive(Debug, Default)]
pub struct OwnWords(Vec<(Request, PhraseIndex)>);

impl OwnWords {
    /// Reads them. Words in which nothing can be said, such as a smiley, are left out.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, Request)>) -> Self {
        let mut own: Vec<(Request, PhraseIndex)> = Vec::new();
        for (text, request) in words {
            let Some(phrase) = plain(text) else { continue };
            match own.iter_mut().find(|(known, _)| *known == request) {
                Some((_, index)) => index.extend(vec![phrase]),
                None => {
                    let mut index = PhraseIndex::default();
                    index.extend(vec![phrase]);
                    own.push((request, index));
                }
            }
        }
        Self(own)
    }

    /// Those that ask for the same, in the order in which they were first given.
    pub(super) fn requests(&self) -> impl Iterator<Item = (Request, &PhraseIndex)> {
        self.0.iter().map(|(request, index)| (*request, index))
    }
}

/// Words as they are kept: small letters, single spaces; `None` when nothing can be said with them.
#[must_use]
pub fn normal(text: &str) -> Option<String> {
    let tokens = tokens(text);
    let words: Vec<&str> = tokens.iter().map(|token| token.exact.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
