//! Intent of a reply: a message that asks for one thing and says nothing else.

use super::intent::ReplyIntent;
use super::phrases::{PHRASES, PhraseIndex};
use super::tokens::{Token, tokens};

/// Longer messages say something else.
const MAX_WORDS: usize = 64;
/// Longer texts are not even split into words.
const MAX_BYTES: usize = 1_000;

/// What this reply, taken as a whole, asks for. "STOP!" does; "stop by at five" does not.
pub fn reply_intent(text: &str) -> Option<ReplyIntent> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let tokens = tokens(text);
    if tokens.is_empty() || tokens.len() > MAX_WORDS {
        return None;
    }
    if PHRASES.alone.ends(&tokens, 0).any(|end| end == tokens.len()) {
        return Some(ReplyIntent::OptOut);
    }
    let is = |intent: ReplyIntent| is_nothing_but(&tokens, PHRASES.of(intent), &PHRASES.courtesy);
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
