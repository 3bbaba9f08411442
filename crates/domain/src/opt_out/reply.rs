//! Intent of a reply: a message that asks for one thing and says nothing else.

use super::intent::{ReplyIntent, Request};
use super::own_words::OwnWords;
use super::phrases::{PHRASES, PhraseIndex};
use super::tokens::{Token, tokens};
use crate::consent::OptOutScope;

/// Words that say that all messages are meant, whatever the organization decided.
const ENDS_ALL: &[&str] = &["all", "stopall", "everything", "semua"];
/// Longer messages say something else.
const MAX_WORDS: usize = 64;
/// Longer texts are not even split into words.
const MAX_BYTES: usize = 1_000;

/// What this reply, taken as a whole, asks for. "STOP!" does; "stop by at five" does not.
pub fn reply_intent(text: &str) -> Option<ReplyIntent> {
    request(text, &OwnWords::default()).map(|request| request.intent)
}

/// The same, with an organization's own words; these count first.
pub fn request(text: &str, own: &OwnWords) -> Option<Request> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let tokens = tokens(text);
    if tokens.is_empty() || tokens.len() > MAX_WORDS {
        return None;
    }
    let of_own = own.requests().find(|(_, words)| is_nothing_but(&tokens, words, &PHRASES.courtesy));
    if let Some((request, _)) = of_own {
        return Some(request);
    }
    let scope =
        tokens.iter().any(|token| ENDS_ALL.contains(&token.folded.as_str())).then_some(OptOutScope::All);
    in_all_languages(&tokens).map(|intent| Request { intent, scope })
}

fn in_all_languages(tokens: &[Token]) -> Option<ReplyIntent> {
    if PHRASES.alone.ends(tokens, 0).any(|end| end == tokens.len()) {
        return Some(ReplyIntent::OptOut);
    }
    let is = |intent: ReplyIntent| is_nothing_but(tokens, PHRASES.of(intent), &PHRASES.courtesy);
    ReplyIntent::ALL.iter().copied().find(|intent| is(*intent))
}

/// Whether the words are phrases and courtesy from the first to the last, with at least one phrase.
fn is_nothing_but(tokens: &[Token], phrases: &PhraseIndex, courtesy: &PhraseIndex) -> bool {
    // Each place that is reached, by whether a phrase was before it.
    let mut reached = vec![[false, false]; tokens.len() + 1];
    reached[0][0] = true;
    for at in 0..tokens.len() {
        let [polite, asked] = reached[at];
        if !polite && !asked {
            continue;
        }
        for end in courtesy.ends(tokens, at) {
            reached[end][0] |= polite;
            reached[end][1] |= asked;
        }
        for end in phrases.ends(tokens, at) {
            reached[end][1] = true;
        }
    }
    reached[tokens.len()][1]
}
