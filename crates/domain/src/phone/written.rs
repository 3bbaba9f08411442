//! A telephone number as people and programs write it in a cell, reduced to its digits. It must never drop or add a
//! digit: text whose digits are uncertain is refused.

use super::InvalidPhone;
use super::digits::ascii;

/// Maximum number of characters of one number.
const MAX_CHARS: usize = 60;
/// A piece of a cell with fewer digits is a part of a number, not a number.
const WHOLE: usize = 7;
/// What tools write before a number: lead forms of Facebook, addresses of calls and chats.
const PREFIXES: [&str; 7] = [
    "p:",
    "tel:",
    "whatsapp:",
    "https://wa.me/",
    "http://wa.me/",
    "wa.me/",
    "https://api.whatsapp.com/send?phone=",
];
/// Words between two numbers, in the languages of our users.
const OR: [&str; 13] = ["or", "and", "atau", "dan", "o", "y", "ou", "e", "oder", "und", "et", "veya", "of"];
/// Marks between two numbers. Single numbers are grouped with some of them, too.
const BETWEEN: [char; 8] = [';', '/', '\\', ',', '|', '&', '\n', '\r'];

/// The cell in ASCII: digits, signs and letters; without invisible marks, the prefix of a tool, and the quotation of a
/// spreadsheet (`="0812"`).
pub(super) fn plain(cell: &str) -> Result<String, InvalidPhone> {
    let text: String = cell.chars().filter(|c| !invisible(*c)).map(fold).collect();
    let mut text = text.trim();
    text = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    text = text.strip_prefix('\'').unwrap_or(text).trim();
    let prefix = PREFIXES.iter().find(|prefix| starts_with(text, prefix));
    text = text[prefix.map_or(0, |prefix| prefix.len())..].trim();
    if text.is_empty() { Err(InvalidPhone::Empty) } else { Ok(text.to_owned()) }
}

/// The pieces of a cell that stand between marks or words that separate two numbers.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut before = ' ';
    for word in text.split_inclusive([' ', '\n']) {
        if OR.iter().any(|or| word.trim().eq_ignore_ascii_case(or)) {
            pieces.push(String::new());
            continue;
        }
        for c in word.chars() {
            let begun = pieces.last().is_some_and(|piece| piece.contains(|c: char| c.is_ascii_digit()));
            let between = BETWEEN.contains(&c) || (c == ':' && before == ':');
            // The plus of a second number, not that of an exponent.
            if between || (c == '+' && begun && !matches!(before, 'e' | 'E')) {
                pieces.push(String::new());
            }
            before = c;
            if let Some(piece) = pieces.last_mut().filter(|_| !between && c != ':') {
                piece.push(c);
            }
        }
    }
    pieces.retain(|piece| piece.contains(|c: char| c.is_alphanumeric()));
    pieces
}

/// Whether a piece has enough digits to be a number of its own.
pub(super) fn is_whole(piece: &str) -> bool {
    piece.chars().filter(char::is_ascii_digit).count() >= WHOLE
}

/// The digits of one number, with the plus if it is written with one.
pub(super) fn number(text: &str) -> Result<String, InvalidPhone> {
    if text.chars().count() > MAX_CHARS {
        return Err(InvalidPhone::NotANumber);
    }
    if let Some(exact) = scientific(text.trim()) {
        return exact;
    }
    let mut out = String::new();
    for c in without_fraction(text.trim())?.chars() {
        match c {
            '0'..='9' => out.push(c),
            '+' if out.is_empty() => out.push(c),
            ' ' | '-' | '.' | '(' | ')' | '[' | ']' | '_' => {}
            _ if BETWEEN.contains(&c) && c != '&' => {}
            _ => return Err(InvalidPhone::NotANumber),
        }
    }
    if out.trim_start_matches('+').is_empty() { Err(InvalidPhone::NotANumber) } else { Ok(out) }
}

/// A number in scientific notation, such as `6.281234567890E+12`; `None` for other text. A spreadsheet that shows
/// fewer digits than the number has leaves the others out.
fn scientific(text: &str) -> Option<Result<String, InvalidPhone>> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let Some((kept, cut)) = fraction.split_at_checked(exponent) else {
        return Some(Err(InvalidPhone::Rounded));
    };
    let exact = cut.bytes().all(|byte| byte == b'0');
    Some(if exact { Ok(format!("{whole}{kept}")) } else { Err(InvalidPhone::NotANumber) })
}

/// Takes off the `.0` or `,00` that programs write behind numbers that they hold as a fraction. Another fraction is no
/// telephone number.
pub(super) fn without_fraction(text: &str) -> Result<&str, InvalidPhone> {
    let Some((whole, fraction)) = text.rsplit_once(['.', ',']) else { return Ok(text) };
    let only_mark = !whole.contains(&text[whole.len()..=whole.len()]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !only_mark || !digits(fraction) || !is_whole(whole) {
        return Ok(text);
    }
    let zeros = fraction.bytes().all(|byte| byte == b'0');
    // A number that is held as a fraction has neither a plus nor a zero in front.
    let held_as_fraction = digits(whole) && !whole.starts_with('0');
    match (zeros, fraction.len() <= 2) {
        (true, short) if short || held_as_fraction => Ok(whole),
        (false, true) => Err(InvalidPhone::NotANumber),
        _ => Ok(text),
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Marks without width: of writing direction, of joining, of byte order.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Digits of other scripts, and signs of other widths and shapes, as their ASCII form.
fn fold(c: char) -> char {
    if let Some(digit) = ascii(c) {
        return digit;
    }
    match c {
        '\n' | '\r' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{30fc}' | '\u{ff70}' | '~' => '-',
        '\u{fe62}' => '+',
        '\u{b7}' | '\u{2022}' | '\u{2024}' | '\u{3002}' | '\u{66b}' | '\u{ff61}' => '.',
        '\u{60c}' | '\u{66c}' | '\u{3001}' => ',',
        '\u{61b}' => ';',
        '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{85}' => '\n',
        '\u{2044}' | '\u{2215}' => '/',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
