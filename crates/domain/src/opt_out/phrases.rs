//! Phrases of opt-outs and opt-ins, read from the files in `words/`, one a language.
//!
//! A line is a comment (`#`), a list (`name = one | two words`), or phrases of an intent: `out: …`, `in: …`, and
//! `alone: …` for words that opt out without a word around them, because with one they may be about an order. A phrase
//! consists of words and lists (`<name>`); a `?` behind one makes it optional, a `=` before a word makes its accents
//! matter. Lists belong to their file, `courtesy` counts in every language.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use super::intent::ReplyIntent;
use super::tokens::{Token, is_stretched, squeezed, tokens};

const FILES: &[&str] = &[
    include_str!("words/arabic.txt"),
    include_str!("words/chinese.txt"),
    include_str!("words/dutch.txt"),
    include_str!("words/english.txt"),
    include_str!("words/filipino.txt"),
    include_str!("words/french.txt"),
    include_str!("words/german.txt"),
    include_str!("words/hindi.txt"),
    include_str!("words/indonesian.txt"),
    include_str!("words/italian.txt"),
    include_str!("words/javanese.txt"),
    include_str!("words/malay.txt"),
    include_str!("words/portuguese.txt"),
    include_str!("words/spanish.txt"),
    include_str!("words/sundanese.txt"),
    include_str!("words/thai.txt"),
    include_str!("words/turkish.txt"),
    include_str!("words/vietnamese.txt"),
];

/// The phrases of every language.
pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for file in FILES {
        phrases.read(file);
    }
    phrases
});

/// Phrases by what they mean.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Words around a request that add nothing to it.
    pub(super) courtesy: PhraseIndex,
    /// Words that opt out when nothing else is said.
    pub(super) alone: PhraseIndex,
    out: PhraseIndex,
    back: PhraseIndex,
    /// Lines that could not be read.
    mistakes: Vec<String>,
}

/// Phrases by the keys of the words that they can begin with.
#[derive(Debug, Default)]
pub(super) struct PhraseIndex {
    phrases: Vec<Phrase>,
    by_first: HashMap<String, Vec<usize>>,
}

impl PhraseIndex {
    pub(super) fn extend(&mut self, phrases: Vec<Phrase>) {
        for phrase in phrases {
            let mut firsts = HashSet::new();
            begin(&phrase, &mut firsts);
            for first in firsts {
                self.by_first.entry(first.to_owned()).or_default().push(self.phrases.len());
            }
            self.phrases.push(phrase);
        }
    }

    /// Where a phrase that begins at `at` may end.
    pub(super) fn ends(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = usize> {
        let first = tokens.get(at).and_then(|token| self.by_first.get(&token.key));
        let phrases = first.into_iter().flatten().filter_map(|place| self.phrases.get(*place));
        phrases.flat_map(move |phrase| ends(phrase, tokens, at))
    }
}

/// Adds the keys of the words that a phrase can begin with; whether it can be empty.
fn begin<'a>(phrase: &'a [Element], firsts: &mut HashSet<&'a str>) -> bool {
    phrase.iter().all(|element| match element {
        Element::Word(word) => {
            firsts.insert(&word.token.key);
            false
        }
        Element::OneOf { phrases, optional } => {
            let empty = phrases.iter().filter(|phrase| begin(phrase, firsts)).count();
            *optional || empty > 0
        }
    })
}

/// Words and lists in order.
pub(super) type Phrase = Vec<Element>;

#[derive(Clone, Debug)]
pub(super) enum Element {
    Word(Word),
    OneOf { phrases: Arc<Vec<Phrase>>, optional: bool },
}

#[derive(Clone, Debug)]
pub(super) struct Word {
    token: Token,
    squeezed: String,
    exact: bool,
}

impl Word {
    /// Whether a word of a message is this one.
    fn is(&self, token: &Token) -> bool {
        let (own, other) = match self.exact {
            true => (&self.token.exact, &token.exact),
            false => (&self.token.folded, &token.folded),
        };
        own == other || is_stretched(other) && squeezed(other) == self.squeezed
    }
}

impl Phrases {
    /// The phrases of one intent.
    pub(super) fn of(&self, intent: ReplyIntent) -> &PhraseIndex {
        match intent {
            ReplyIntent::OptOut => &self.out,
            ReplyIntent::OptIn => &self.back,
        }
    }

    fn read(&mut self, file: &str) {
        let mut lists: HashMap<&str, Arc<Vec<Phrase>>> = HashMap::new();
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (kind, rest) = match line.split_once(": ") {
                Some((kind, rest)) => (kind, rest),
                None => line.split_once(" = ").unwrap_or((line, "")),
            };
            let found: Option<Vec<Phrase>> = rest.split('|').map(|text| phrase(text, &lists)).collect();
            match (kind, found) {
                ("out", Some(found)) => self.out.extend(found),
                ("in", Some(found)) => self.back.extend(found),
                ("alone", Some(found)) => self.alone.extend(found),
                ("courtesy", Some(found)) => self.courtesy.extend(found),
                (name, Some(found)) => {
                    lists.insert(name, Arc::new(found));
                }
                (_, None) => self.mistakes.push(line.to_owned()),
            }
        }
    }
}

/// Reads a phrase; `None` when it has no word that counts or a list that is not above it.
fn phrase(text: &str, lists: &HashMap<&str, Arc<Vec<Phrase>>>) -> Option<Phrase> {
    let mut elements = Phrase::new();
    for part in text.split_whitespace() {
        let (part, optional) = part.strip_suffix('?').map_or((part, false), |part| (part, true));
        let name = part.strip_prefix('<').and_then(|part| part.strip_suffix('>'));
        match name {
            Some(name) => elements.push(Element::OneOf { phrases: lists.get(name)?.clone(), optional }),
            None if optional => {
                elements.push(Element::OneOf { phrases: Arc::new(vec![words(part)]), optional: true })
            }
            None => elements.extend(words(part)),
        }
    }
    let counts = |element: &Element| !matches!(element, Element::OneOf { optional: true, .. });
    elements.iter().any(counts).then_some(elements)
}

fn words(part: &str) -> Phrase {
    let (part, exact) = part.strip_prefix('=').map_or((part, false), |part| (part, true));
    let word = |token: Token| {
        let squeezed = squeezed(if exact { &token.exact } else { &token.folded });
        Element::Word(Word { token, squeezed, exact })
    };
    tokens(part).into_iter().map(word).collect()
}

/// A phrase of these words in order, without lists; `None` if there are none.
pub(super) fn plain(text: &str) -> Option<Phrase> {
    Some(words(text)).filter(|words| !words.is_empty())
}

/// Where this phrase may end if it begins at `at`; in order, each once.
fn ends(phrase: &[Element], tokens: &[Token], at: usize) -> Vec<usize> {
    let mut places = vec![at];
    for element in phrase {
        let mut next = Vec::new();
        for place in places {
            match element {
                Element::Word(word) => {
                    next.extend(tokens.get(place).filter(|t| word.is(t)).map(|_| place + 1))
                }
                Element::OneOf { phrases, optional } => {
                    next.extend(optional.then_some(place));
                    next.extend(phrases.iter().flat_map(|phrase| ends(phrase, tokens, place)));
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return next;
        }
        places = next;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_can_be_read() {
        assert_eq!(PHRASES.mistakes, [""; 0]);
        for file in FILES {
            assert!(file.lines().any(|line| line.starts_with("out: ")), "{file}");
            assert!(file.lines().any(|line| line.starts_with("in: ")), "{file}");
        }
    }

    #[test]
    fn a_line_that_names_no_list_is_a_mistake() {
        let mut phrases = Phrases::default();
        phrases.read("a = x | y z\nout: stop <a>?\nout: <b>\nin: <a>?");
        assert_eq!(phrases.mistakes, ["out: <b>", "in: <a>?"]);
        let words = tokens("stop y z");
        assert_eq!(phrases.out.ends(&words, 0).collect::<Vec<_>>(), [1, 3]);
    }
}
