//! WhatsApp's chat ids, and the message ids that we choose. Pure functions.
//!
//! WAHA does not normalise a chat id (transcript C40: `+1 213...` becomes a JID that does not exist), so a
//! [`ChatId`] can only be made from validated parts.

use std::fmt;

use thiserror::Error;

/// A chat id that WAHA understands: `<digits>@c.us`, `<digits>@g.us` or `<digits>@lid`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChatId(String);

/// The text is not a clean number or chat id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a normalised WhatsApp number or chat id")]
pub struct InvalidChatId;

impl ChatId {
    /// The chat of a phone number: 6 to 15 digits with country code, without `+` or spaces.
    ///
    /// # Errors
    /// [`InvalidChatId`] for anything else.
    pub fn phone(digits: &str) -> Result<Self, InvalidChatId> {
        let clean = (6..=15).contains(&digits.len()) && !digits.starts_with('0') && all_digits(digits);
        if clean { Ok(Self(format!("{digits}@c.us"))) } else { Err(InvalidChatId) }
    }

    /// Reads a chat id, or a bare number. `@s.whatsapp.net` becomes `@c.us` and a device part is dropped.
    ///
    /// # Errors
    /// [`InvalidChatId`] when a part is not clean.
    pub fn parse(text: &str) -> Result<Self, InvalidChatId> {
        let Some((user, server)) = text.split_once('@') else { return Self::phone(text) };
        match server {
            "c.us" | "s.whatsapp.net" => Self::phone(without_device(user)),
            "g.us" if is_group(user) => Ok(Self(format!("{user}@g.us"))),
            "lid" if all_digits(without_device(user)) => Ok(Self(format!("{}@lid", without_device(user)))),
            _ => Err(InvalidChatId),
        }
    }

    /// The form that WAHA expects.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The phone number's digits; `None` for a group or a LID (which hides the number).
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        self.0.strip_suffix("@c.us")
    }

    /// Whether this is a group.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.0.ends_with("@g.us")
    }

    /// Whether this is a LID: an id in place of a number that WhatsApp hides.
    #[must_use]
    pub fn is_lid(&self) -> bool {
        self.0.ends_with("@lid")
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The id we choose for a message, so that it can be found again: `3EB0` and 18 upper-case hex digits, the
/// form of WhatsApp's own web client (transcript C38). `random` gives the lowest 72 bits.
#[must_use]
pub fn client_message_id(random: u128) -> String {
    format!("3EB0{:018X}", random & ((1 << 72) - 1))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Old group ids are `<creator>-<time>`.
fn is_group(user: &str) -> bool {
    user.split_once('-').map_or_else(|| all_digits(user), |(a, b)| all_digits(a) && all_digits(b))
}

/// Whether a chat id as WAHA reports it names a person or a group, and not a channel (`@newsletter`), the stories or a
/// broadcast list (`@broadcast`).
#[must_use]
pub fn is_person_or_group(chat: &str) -> bool {
    chat.rsplit_once('@')
        .is_some_and(|(_, server)| matches!(server, "c.us" | "s.whatsapp.net" | "lid" | "g.us"))
}

/// The user part of a JID without its device: `12132132131:5` is `12132132131`.
#[must_use]
pub fn without_device(user: &str) -> &str {
    user.split_once(':').map_or(user, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clean_chat_ids_pass() {
        assert_eq!(ChatId::parse("12132132131").map(|id| id.to_string()), Ok("12132132131@c.us".into()));
        assert_eq!(
            ChatId::parse("12132132131:5@s.whatsapp.net").map(|id| id.to_string()),
            Ok("12132132131@c.us".into())
        );
        assert!(
            ChatId::parse("120363000000000001@g.us").is_ok_and(|id| id.is_group() && id.digits().is_none())
        );
        assert!(ChatId::parse("12132132131-1414141414@g.us").is_ok());
        assert!(ChatId::parse("123456789012345@lid").is_ok_and(|id| id.is_lid() && id.digits().is_none()));
        for bad in [
            "",
            "+1 213-213-2131",
            "+12132132131",
            "08123456789",
            "1234",
            "abc@c.us",
            "1@x",
            "@g.us",
            "status@broadcast",
        ] {
            assert_eq!(ChatId::parse(bad), Err(InvalidChatId), "{bad}");
        }
    }

    #[test]
    fn channels_and_stories_are_neither_person_nor_group() {
        for chat in ["12132132131@c.us", "12132132131:5@s.whatsapp.net", "99@lid", "120363000000000001@g.us"]
        {
            assert!(is_person_or_group(chat), "{chat}");
        }
        for other in ["120363000000000001@newsletter", "status@broadcast", "1414141414@broadcast", "x", ""] {
            assert!(!is_person_or_group(other), "{other}");
        }
    }

    #[test]
    fn client_ids_have_whatsapps_form() {
        assert_eq!(client_message_id(0), "3EB0000000000000000000");
        assert_eq!(client_message_id(u128::MAX), "3EB0FFFFFFFFFFFFFFFFFF");
    }
}
