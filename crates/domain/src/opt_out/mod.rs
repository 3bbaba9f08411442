//! Replies that mean "do not write to me again", and those that take it back.
//!
//! Only a message whose every word belongs to such a request counts: the words of courtesy around it are passed over, and
//! what is left has to be one of the phrases in `words/`. A sentence that only contains the word means nothing.

mod intent;
pub mod own_words;
mod phrases;
mod reply;
mod tokens;

pub use intent::{ReplyIntent, Request};
pub use own_words::OwnWords;
pub use reply::{reply_intent, request};

#[cfg(test)]
mod tests {
    use super::{ReplyIntent, reply_intent};

    fn is_opt_out(text: &str) -> bool {
        reply_intent(text) == Some(ReplyIntent::OptOut)
    }

    #[test]
    fn b25_whole_messages_only() {
        for yes in ["STOP", " stop. ", "Berhenti!", "*STOP*", "Opt-out", "unsubscribe\n"] {
            assert!(is_opt_out(yes), "{yes}");
        }
        for no in ["stop by at five", "STOP 12345", "please stop the music", "", "🛑", "berhentikan"] {
            assert!(!is_opt_out(no), "{no}");
        }
    }

    #[test]
    fn b25_spelling_does_not_matter() {
        for yes in [
            "ＳＴＯＰ",
            "𝐒𝐓𝐎𝐏",
            "s t o p",
            "S.T.O.P.",
            "stoppp!!!",
            "STTOOOPPP",
            "“Stop”",
            "🛑 stop 🙏🏽",
            "st\u{200b}op",
            "stop ya kak",
            "Stop. Stop. STOP",
            "hör auf",
            "ho\u{308}r auf",
            "DURDURUN",
            "İPTAL",
        ] {
            assert!(is_opt_out(yes), "{yes}");
        }
    }

    #[test]
    fn b25_marks_that_make_another_word_matter() {
        assert!(is_opt_out("dừng") && is_opt_out("hủy đăng ký"));
        for no in ["đúng", "dùng", "dung", "Huy", "thank you", "tolong", "🙏"] {
            assert!(!is_opt_out(no), "{no}");
        }
    }

    #[test]
    fn b26_words_that_come_back() {
        for yes in
            ["START", "Mulai", "unstop!", "subscribe again please", "tolong langganan lagi ya", "reprendre"]
        {
            assert_eq!(reply_intent(yes), Some(ReplyIntent::OptIn), "{yes}");
        }
        for no in
            ["when do we start?", "start 123", "mulai jam berapa?", "kapan mulai", "subscribe to my channel"]
        {
            assert_eq!(reply_intent(no), None, "{no}");
        }
    }
}
