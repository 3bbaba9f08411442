//! WhatsApp's chat ids and message ids. Pure functions.
//!
//! WAHA does not normalise a chat id (transcript C40: `+1 213...` becomes a JID that does not exist), so a
//! [`ChatId`] can only be made from validated parts. Messages are matched by the bare id, never by the rest.

use std::fmt;

use serde_json::Value;
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

/// The id of one WhatsApp message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId {
    bare: String,
    serialized: String,
}

impl MessageId {
    /// Reads `{true|false}_{chat}_{ID}[_{participant}]`, or a bare id. `None` for an empty text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let bare = match (parts.next(), parts.next(), parts.next()) {
            (Some("true" | "false"), Some(_), Some(bare)) => bare,
            _ => text,
        };
        if bare.is_empty() {
            return None;
        }
        Some(Self { bare: bare.to_owned(), serialized: text.to_owned() })
    }

    /// Extracts the id from the answer to a send, for all engines (docs/waha.md section 4: the shapes
    /// differ).
    #[must_use]
    pub fn from_answer(answer: &Value) -> Option<Self> {
        let id = &answer["id"];
        if let Some(text) = id.as_str().or_else(|| id["_serialized"].as_str()) {
            return Self::parse(text);
        }
        from_key(&answer["key"]).or_else(|| from_key(&answer["_data"]["key"]))
    }

    /// The part that all engines, webhooks and lists agree on.
    #[must_use]
    pub fn bare(&self) -> &str {
        &self.bare
    }

    /// The whole id, as `reply_to` and the message paths expect it.
    #[must_use]
    pub fn serialized(&self) -> &str {
        &self.serialized
    }
}

/// NOWEB's raw proto has no `id`, only `key` (transcript C38).
fn from_key(key: &Value) -> Option<MessageId> {
    let bare = key["id"].as_str().filter(|id| !id.is_empty())?;
    let chat = chat_of_jid(key["remoteJid"].as_str().unwrap_or_default());
    let from_me = key["fromMe"].as_bool().unwrap_or(true);
    let participant = key["participant"].as_str().map(|jid| format!("_{}", chat_of_jid(jid)));
    let serialized = format!("{from_me}_{chat}_{bare}{}", participant.unwrap_or_default());
    Some(MessageId { bare: bare.to_owned(), serialized })
}

fn chat_of_jid(jid: &str) -> String {
    match jid.split_once('@') {
        Some((user, "s.whatsapp.net" | "c.us")) => format!("{}@c.us", without_device(user)),
        Some((user, server)) => format!("{}@{server}", without_device(user)),
        None => jid.to_owned(),
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

fn without_device(user: &str) -> &str {
    user.split_once(':').map_or(user, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
    fn the_bare_id_is_found_in_every_engines_answer() {
        let answers = [
            json!({"key": {"remoteJid": "12132132131@s.whatsapp.net", "fromMe": true, "id": "3EB0A"}, "status": "PENDING"}),
            json!({"id": "true_12132132131@c.us_3EB0A", "timestamp": 1}),
            json!({"id": "true_12132132131@c.us_3EB0A_12132132130@c.us", "_data": {}}),
            json!({"id": {"fromMe": true, "remote": "12132132131@c.us", "id": "3EB0A", "_serialized": "true_12132132131@c.us_3EB0A"}}),
        ];
        for answer in answers {
            assert_eq!(
                MessageId::from_answer(&answer).map(|id| id.bare().to_owned()),
                Some("3EB0A".into()),
                "{answer}"
            );
        }
        assert_eq!(MessageId::from_answer(&json!({"sent": true})), None);
        assert_eq!(MessageId::from_answer(&Value::Null), None);
    }

    #[test]
    fn the_serialized_id_of_a_group_message_names_the_participant() {
        let answer = json!({"key": {"remoteJid": "1203@g.us", "fromMe": false, "id": "X", "participant": "1213:5@s.whatsapp.net"}});
        assert_eq!(
            MessageId::from_answer(&answer).map(|id| id.serialized),
            Some("false_1203@g.us_X_1213@c.us".into())
        );
    }

    #[test]
    fn client_ids_have_whatsapps_form() {
        assert_eq!(client_message_id(0), "3EB0000000000000000000");
        assert_eq!(client_message_id(u128::MAX), "3EB0FFFFFFFFFFFFFFFFFF");
    }
}
