//! Replies that mean "do not write to me again".

/// Words of English and Indonesian that opt out when they are the whole message.
const WORDS: &[&str] = &[
    "stop",
    "berhenti",
    "unsubscribe",
    "quit",
    "cancel",
    "end",
    "revoke",
    "opt out",
    "optout",
    "stop promo",
    "berhenti berlangganan",
    "stop wa",
    "jangan kirim lagi",
];

/// Whether this reply, taken as a whole, asks to be left alone. "STOP!" does; "stop by at five" does not.
pub fn is_opt_out(text: &str) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    WORDS.contains(&words.join(" ").as_str())
}

#[cfg(test)]
mod tests {
    use super::is_opt_out;

    #[test]
    fn whole_messages_only() {
        for yes in ["STOP", " stop. ", "Berhenti!", "*STOP*", "Opt-out", "unsubscribe\n"] {
            assert!(is_opt_out(yes), "{yes}");
        }
        for no in ["stop by at five", "STOP 12345", "please stop the music", "", "🛑", "berhentikan"] {
            assert!(!is_opt_out(no), "{no}");
        }
    }
}
