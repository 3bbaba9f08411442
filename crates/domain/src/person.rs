//! Keys of people: one for all forms of a number, and for the LID of somebody who hides the number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed::closed_enum;
use crate::{ChatId, Phone};

/// The key of a person, and of their chat, in all tables: `<digits>@c.us` with the number in the form of today, or
/// `<digits>@lid` while no number is known. Which chat WhatsApp writes to may differ: see `people.chat_id`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct PersonKey(String);

impl PersonKey {
    /// The person with this number, in whatever form.
    #[must_use]
    pub fn of_phone(phone: &Phone) -> Self {
        Self(format!("{}@c.us", phone.today().digits()))
    }

    /// The person of this chat; `None` for a group. That the number of a LID is known is not looked up.
    #[must_use]
    pub fn of_chat(chat: &ChatId) -> Option<Self> {
        if chat.is_lid() {
            return Some(Self(chat.as_str().to_owned()));
        }
        chat.digits().and_then(Phone::from_whatsapp).map(|phone| Self::of_phone(&phone))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The LID, while no number is known.
    #[must_use]
    pub fn lid(&self) -> Option<&str> {
        self.0.ends_with("@lid").then_some(self.0.as_str())
    }

    /// The digits of the number in the form of today; `None` for a LID.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        self.0.strip_suffix("@c.us")
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person as a request or a file names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedPerson {
    /// The key.
    pub key: PersonKey,
    /// The number as it was given; `None` for somebody who is known by a LID only.
    pub phone: Option<Phone>,
}

impl NamedPerson {
    /// The person with this number.
    #[must_use]
    pub fn of_phone(phone: Phone) -> Self {
        Self { key: PersonKey::of_phone(&phone), phone: Some(phone) }
    }

    /// The digits of the number as it was given.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        self.phone.as_ref().map(Phone::digits)
    }
}

closed_enum! {
    /// How it is known that an identity belongs to a person.
    IdentitySource {
        /// WhatsApp answered a check of the number.
        NumberCheck = "number_check",
        /// WAHA told the number behind the LID when it was asked.
        LidLookup = "lid_lookup",
        /// A message of the person told both.
        Message = "message",
        /// The receipt of a message to the number came from the LID.
        Receipt = "receipt",
        /// A member of the organization said so.
        Member = "member",
    }
}

/// Reads a username of WhatsApp, with or without an `@` before it: 3 to 35 of `a-z`, `0-9`, `.` and `_`, at least one
/// letter, no dot at the ends and no two in a row. Capital letters are taken as small ones.
#[must_use]
pub fn username(text: &str) -> Option<String> {
    let name = text.trim().trim_start_matches('@').to_lowercase();
    let fits = (3..=35).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_'))
        && name.bytes().any(|b| b.is_ascii_lowercase())
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..");
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(chat: &str) -> Option<String> {
        PersonKey::of_chat(&ChatId::parse(chat).unwrap()).map(|key| key.to_string())
    }

    #[test]
    fn all_forms_of_a_number_are_one_person() {
        assert_eq!(key("558412345678@c.us"), key("5584912345678@s.whatsapp.net"));
        assert_eq!(key("5215512345678:7@s.whatsapp.net").as_deref(), Some("525512345678@c.us"));
        assert_eq!(key("99887766554433:2@lid").as_deref(), Some("99887766554433@lid"));
        assert_eq!(key("120363000000000001@g.us"), None);
    }

    #[test]
    fn usernames_have_whatsapps_form() {
        assert_eq!(username("@Budi.Santoso_1").as_deref(), Some("budi.santoso_1"));
        for bad in ["ab", "123", ".budi", "budi.", "bu..di", "budi santoso", "@", "büdi"] {
            assert_eq!(username(bad), None, "{bad}");
        }
    }
}
