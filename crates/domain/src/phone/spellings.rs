//! Numbers that have two spellings. WhatsApp writes some numbers as they were before their country changed its plan:
//! Mexico with a 1 after the country code, Brazil without the ninth digit. Argentina puts a 9 before mobile numbers.

/// The number as its country writes it today; `None` when it is written so already, or the country has one spelling.
/// Whether the answer exists is for the caller to check.
pub(super) fn modern(digits: &str) -> Option<String> {
    if !digits.is_ascii() {
        return None;
    }
    match (digits.get(..2)?, digits.len()) {
        ("52", 13) => digits.strip_prefix("521").map(|rest| format!("52{rest}")),
        ("55", 12) => Some(format!("{}9{}", &digits[..4], &digits[4..])),
        _ => None,
    }
}

/// What two spellings of one number have in common: the digits without the mark of mobile numbers. `modern` is the
/// number as its country writes it today.
pub(super) fn common(modern: &str) -> String {
    match modern.strip_prefix("549") {
        Some(rest) if rest.len() == 10 => format!("54{rest}"),
        _ => modern.to_owned(),
    }
}
