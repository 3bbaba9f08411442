//! WhatsApp's message ids. Messages are matched by the bare id, never by the rest. Pure functions.

use serde_json::Value;
use wahana_domain::chat_id::without_device;

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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
}
