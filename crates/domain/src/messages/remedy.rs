//! What to do about messages that did not arrive, by the stable code that stands with them.

/// What somebody who sent it can do; never empty.
pub fn remedy(code: &str) -> &'static str {
    match code {
        "not_on_whatsapp" => {
            "Correct the number in your list, or take it out. `check_number` finds these before they are written to."
        }
        "rejected_by_whatsapp" => {
            "The person may have blocked you, or WhatsApp does not take this kind of message. Do not repeat it."
        }
        "suppressed" => "The person opted out or stands on the suppression list. Nothing has to be done.",
        "missing_variable" => {
            "The person has no value for a variable of the text: add it to your list, or give the variable a fallback."
        }
        "bad_template" | "bad_content" => {
            "With this person's values the text cannot be sent: shorten or mend it."
        }
        "bad_chat" => "Correct the number in your list.",
        "campaign_cancelled" => {
            "The campaign was cancelled before its turn. Start a new one for these people."
        }
        "session_deleted" => "Its sender was deleted before its turn. Send it again through another one.",
        "expired" => {
            "Its time ran out while it waited. Send it again with a later `expires_at`, or use more senders."
        }
        "not_confirmed" => {
            "WhatsApp's answer was lost and the message not found. Ask before you repeat it: it may have arrived."
        }
        "media_gone" => "Upload the file again and send a new message.",
        "media_too_large" | "payload_too_large" => "Make the file smaller and send a new message.",
        "media_refused" | "media_unavailable" | "media_fetch" => {
            "The address of the file does not answer as it should: upload the file instead, then replay the dead letters."
        }
        "invalid_request" | "refused" | "not_implemented" => {
            "The WAHA server does not take this message: change its content or type. The detail of one says why."
        }
        "unauthorized" | "forbidden" | "session_not_found" | "node_unknown" => {
            "The WAHA server does not know the session or us: the operator has to look, then replay the dead letters."
        }
        _ => "Look at the timeline of one of them; once the cause is mended, replay the dead letters.",
    }
}

#[cfg(test)]
mod tests {
    use super::remedy;

    #[test]
    fn the_common_reasons_have_words_of_their_own() {
        let codes =
            ["not_on_whatsapp", "rejected_by_whatsapp", "suppressed", "missing_variable", "not_confirmed"];
        let unknown = remedy("never heard of");
        assert!(codes.iter().all(|code| remedy(code) != unknown));
        assert!(unknown.contains("timeline"));
    }
}
