//! Words of a message, made comparable: compatibility forms, case, punctuation and emoji make no difference.

use unicode_normalization::UnicodeNormalization;

/// A word of a message, or one character of a script that puts no spaces between words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// In lower case, with its marks.
    pub(super) exact: String,
    /// Without accents and other marks.
    pub(super) folded: String,
    /// The same without repeated letters: words that count as one have one key.
    pub(super) key: String,
}

impl Token {
    fn of(exact: String) -> Self {
        let folded = folded(&exact);
        Self { key: squeezed(&folded), folded, exact }
    }
}

/// The words of a text. Letters that stand alone in a row are one word: `S.T.O.P.`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let plain: String = text.chars().filter(|c| !is_ignored(*c)).nfkc().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in plain.to_lowercase().nfc() {
        let alone = is_unspaced(c);
        if alone || !is_of_word(c) {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        if alone {
            words.push(c.to_string());
        } else if is_of_word(c) {
            word.push(c);
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    joined(words).into_iter().map(Token::of).collect()
}

/// The word with every run of one letter shortened to one letter.
pub(super) fn squeezed(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether letters are repeated as nobody spells: three in a row, or two at the end.
pub(super) fn is_stretched(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let last = letters.len().saturating_sub(2);
    letters.windows(3).any(|run| matches!(run, [a, b, c] if a == b && b == c))
        || matches!(letters.get(last..), Some([a, b]) if a == b)
}

/// Single Latin letters in a row of at least three become one word.
fn joined(words: Vec<String>) -> Vec<String> {
    let is_single = |word: &String| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut out = Vec::new();
    for run in words.chunk_by(|a, b| is_single(a) && is_single(b)) {
        if run.len() >= 3 {
            out.push(run.concat());
        } else {
            out.extend_from_slice(run);
        }
    }
    out
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    for c in word.nfkd().filter(|c| !is_mark(*c)) {
        match c {
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            other => out.push(other),
        }
    }
    out
}

/// Apostrophes, and characters that show nothing.
fn is_ignored(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{640}')
}

/// Accents of Latin, vowels of Arabic, the dot below of Devanagari.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\u{93c}')
}

/// Letters, digits, and the marks that belong to them.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '\u{94d}'
}

/// Thai, Chinese and Japanese put no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_comparable() {
        let read =
            |text: &str| tokens(text).into_iter().map(|token| token.folded).collect::<Vec<_>>().join(" ");
        assert_eq!(read("  Don’t—STOP!! 🛑"), "dont stop");
        assert_eq!(read("Désabonnez-moi"), "desabonnez moi");
        assert_eq!(read("İptal, Iptal"), "iptal iptal");
        assert_eq!(read("s-t-o-p me"), "stop me");
        assert_eq!(read("退订。"), "退 订");
        assert_eq!(read("شكرًا"), "شكرا");
    }

    #[test]
    fn stretched_words_are_known() {
        assert!(is_stretched("stoppp") && is_stretched("stopp"));
        assert!(
            !is_stretched("stoop")
                && !is_stretched("cancellation")
                && !is_stretched("a")
                && !is_stretched("")
        );
        assert_eq!(squeezed("sttoooppp"), "stop");
    }
}
