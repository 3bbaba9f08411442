//! Numbers that have two forms. WhatsApp keeps some numbers as they were before their country changed its plan: Mexico
//! with a 1 after the country code, Brazil without the ninth digit, Ivory Coast and Benin with 8 digits. Argentina puts a
//! 9 before mobile numbers abroad.
//!
//! Sources: WAHA's apps for number forms of Brazil, Mexico and Argentina (2026.9); ITU notices of the national plans of
//! Ivory Coast (31 January 2021) and Benin (30 November 2024). The same rules stand in the SQL function `person_of`;
//! `crates/store/tests/it/schema.rs` compares both.

/// The number as its country writes it today; `None` when it is written so already, or the country has one form.
/// Whether the answer exists is for the caller to check.
pub(super) fn today(digits: &str) -> Option<String> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = |code: &str, len: usize| digits.strip_prefix(code).filter(|rest| rest.len() == len);
    if let Some(rest) = rest("521", 10) {
        return Some(format!("52{rest}"));
    }
    // Of 8 digits, those from 2 to 5 are landlines.
    if let Some(rest) = rest("55", 10).filter(|rest| !matches!(rest.as_bytes()[2], b'2'..=b'5')) {
        return Some(format!("55{}9{}", &rest[..2], &rest[2..]));
    }
    if let Some(rest) = rest("54", 10).filter(|rest| !rest.starts_with('9')) {
        return Some(format!("549{rest}"));
    }
    if let Some(rest) = rest("225", 8) {
        return ivory_coast(rest).map(|operator| format!("225{operator}{rest}"));
    }
    rest("229", 8).map(|rest| format!("22901{rest}"))
}

/// What stands before the 8 digits of an old mobile number of Ivory Coast since 2021, by its operator: Moov, MTN, Orange.
/// `None` for landlines.
fn ivory_coast(old: &str) -> Option<&'static str> {
    match (old.as_bytes()[0], old.as_bytes()[1]) {
        (b'1'..=b'3', _) => None,
        (_, b'0'..=b'3') => Some("01"),
        (_, b'4'..=b'6') => Some("05"),
        _ => Some("07"),
    }
}

/// The other forms of a number of today, in the order in which WhatsApp is asked for them.
pub(super) fn others(digits: &str) -> Vec<String> {
    let rest = |code: &str, len: usize| digits.strip_prefix(code).filter(|rest| rest.len() == len);
    let older = if let Some(rest) = rest("52", 10) {
        Some(format!("521{rest}"))
    } else if let Some(rest) = rest("55", 11).filter(|rest| rest.as_bytes()[2] == b'9') {
        Some(format!("55{}{}", &rest[..2], &rest[3..]))
    } else if let Some(rest) = rest("549", 10) {
        Some(format!("54{rest}"))
    } else if let Some(rest) = rest("225", 10).filter(|rest| matches!(&rest[..2], "01" | "05" | "07")) {
        Some(format!("225{}", &rest[2..]))
    } else {
        rest("22901", 8).map(|rest| format!("229{rest}"))
    };
    // Only what leads back to this number is a form of it.
    older.into_iter().filter(|older| today(older).as_deref() == Some(digits)).collect()
}
