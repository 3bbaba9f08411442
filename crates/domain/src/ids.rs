//! Typed ids: one row per kind. Outside they read `msg_01kd…` (prefix + 26 base32 characters, the TypeID form),
//! inside they are UUID version 7, so that they sort by creation time.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Crockford's alphabet in lower case, as TypeID uses it.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LEN: usize = 26;

/// A string that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id like `{prefix}_` followed by 26 characters of 0-9 a-z without i, l, o, u")]
pub struct InvalidId {
    /// The prefix that was wanted, without the underscore.
    pub prefix: &'static str,
}

fn encode(uuid: Uuid) -> String {
    let value = uuid.as_u128();
    (0..TEXT_LEN).rev().map(|i| char::from(ALPHABET[(value >> (5 * i)) as usize & 31])).collect()
}

fn decode(text: &str) -> Option<Uuid> {
    // 26 characters carry 130 bits; the first may only hold the top three of the 128.
    if text.len() != TEXT_LEN || text.as_bytes()[0] > b'7' {
        return None;
    }
    text.bytes()
        .try_fold(0u128, |value, byte| {
            let digit = ALPHABET.iter().position(|a| *a == byte)?;
            Some(value << 5 | digit as u128)
        })
        .map(Uuid::from_u128)
}

/// A UUID version 7 for this instant; `random` fills the bits after the milliseconds.
pub fn uuid_v7(at: DateTime<Utc>, random: u128) -> Uuid {
    let millis = at.timestamp_millis().max(0) as u64;
    let mut bytes = [0u8; 10];
    bytes.copy_from_slice(&random.to_be_bytes()[6..]);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new id that sorts at `at`; `random` makes it unique.
            pub fn new(at: DateTime<Utc>, random: u128) -> Self {
                Self(uuid_v7(at, random))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", Self::PREFIX, encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_")).and_then(decode).map(Self)
                    .ok_or(InvalidId { prefix: Self::PREFIX })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|_| crate::Rule::BadId { example: concat!($prefix, "_...").into() }.in_serde())
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$")))
                    .examples([concat!($prefix, "_01kb8v2m5xe7s9q4h6n0r3t8wz")])
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

    )+};
}

ids! {
    /// An organization: the tenant that owns every row.
    OrganizationId = "org";
    /// A person who can log in; may be a member of several organizations.
    UserId = "usr";
    /// An API key.
    ApiKeyId = "key";
    /// A logged-in device (one family of refresh tokens).
    DeviceId = "dev";
    /// A WAHA server.
    NodeId = "nod";
    /// A WhatsApp account paired with us, placed on one node; also its lane.
    SessionId = "ses";
    /// A person in an organization's address book.
    ContactId = "con";
    /// A message, sent or received; for a campaign message also its recipient.
    MessageId = "msg";
    /// A chat of a session in which somebody wrote.
    ConversationId = "cnv";
    /// A stored file.
    MediaId = "med";
    /// A file that is fetched or converted before it is sent.
    MediaPreparationId = "mpr";
    /// A campaign.
    CampaignId = "cam";
    /// Several sessions behind one sender.
    SenderPoolId = "pool";
    /// Numbers that are checked together.
    NumberCheckId = "chk";
    /// An import of a list of people.
    ImportId = "imp";
    /// A unit of asynchronous work.
    JobId = "job";
    /// A link by which somebody without a login pairs a session.
    PairingLinkId = "plk";
    /// A session that goes from one node to another.
    SessionMoveId = "mov";
    /// An event that WAHA told us.
    InboundEventId = "evt";
    /// An act in the audit log.
    AuditEventId = "aud";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_is_the_typeid_form() {
        // From the TypeID specification's valid.yml.
        let uuid = Uuid::parse_str("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        assert_eq!(MessageId(uuid).to_string(), "msg_01h455vb4pex5vsknk084sn02q");
        assert_eq!("msg_01h455vb4pex5vsknk084sn02q".parse(), Ok(MessageId(uuid)));
        assert_eq!(encode(Uuid::nil()), "00000000000000000000000000");
        assert_eq!(encode(Uuid::max()), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
    }

    #[test]
    fn other_kinds_and_junk_are_refused() {
        for bad in [
            "ses_01h455vb4pex5vsknk084sn02q",
            "01h455vb4pex5vsknk084sn02q",
            "msg_",
            "msg_81h455vb4pex5vsknk084sn02q",
            "msg_01H455VB4PEX5VSKNK084SN02Q",
            "msg_01h455vb4pex5vsknk084sn02",
            "msg_01h455vb4pex5vsknk084sn0ü",
            "",
        ] {
            assert_eq!(bad.parse::<MessageId>(), Err(InvalidId { prefix: "msg" }), "{bad}");
        }
    }

    #[test]
    fn ids_sort_by_time() {
        let at = |ms| DateTime::from_timestamp_millis(ms).unwrap();
        assert!(MessageId::new(at(1_000), u128::MAX) < MessageId::new(at(1_001), 0));
        assert_eq!(MessageId::new(at(1_000), 7).0.get_version_num(), 7);
    }
}
