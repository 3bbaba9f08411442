//! What happens to a message after it was sent: its author edits or deletes it, somebody reacts to it.

use serde_json::Value;

use super::flexible;
use crate::{ChatId, MessageId};

/// Something that happened to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bare id of the message that it happened to.
    pub target: String,
    /// The chat.
    pub chat: String,
    /// Whether the session's account did it.
    pub from_me: bool,
    /// The member who did it, in a group; else the chat.
    pub author: String,
    /// Unix seconds; 0 if WAHA does not tell.
    pub timestamp: i64,
    /// What.
    pub kind: ChangeBody,
}

/// What happened to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeBody {
    /// It has other words now; `None` if WAHA does not tell them (NOWEB before 2026.7.2).
    Edited(Option<String>),
    /// It was deleted for everyone.
    Revoked,
    /// Somebody reacted with this emoji; empty: the reaction was taken back.
    Reaction(String),
}

impl Change {
    pub(super) fn edited(payload: &Value) -> Option<Self> {
        let target = bare(&payload["editedMessageId"]).or_else(|| protocol_target(protocol(payload)))?;
        let words = flexible::text(&payload["body"]).or_else(|| edited_words(protocol(payload)));
        Self::of(payload, target, ChangeBody::Edited(words))
    }

    pub(super) fn revoked(payload: &Value) -> Option<Self> {
        let message = if payload["after"].is_object() { &payload["after"] } else { &payload["before"] };
        let target = bare(&payload["revokedMessageId"])
            .or_else(|| protocol_target(protocol(message)))
            .or_else(|| protocol_target(protocol(payload)))
            .or_else(|| MessageId::from_answer(&payload["before"]).map(|id| id.bare().to_owned()))?;
        Self::of(message, target, ChangeBody::Revoked)
    }

    pub(super) fn reaction(payload: &Value) -> Option<Self> {
        let reaction = &payload["reaction"];
        let emoji = reaction["text"].as_str().unwrap_or_default().to_owned();
        Self::of(payload, bare(&reaction["messageId"])?, ChangeBody::Reaction(emoji))
    }

    /// A deletion or edit that an engine tells of as of a message; `None` for real messages.
    pub(super) fn of_protocol(payload: &Value) -> Option<Self> {
        let protocol = protocol(payload);
        let kind = match (protocol["type"].as_str(), protocol["type"].as_i64()) {
            (Some("REVOKE"), _) | (_, Some(0)) => ChangeBody::Revoked,
            (Some("MESSAGE_EDIT"), _) | (_, Some(14)) => {
                ChangeBody::Edited(flexible::text(&payload["body"]).or_else(|| edited_words(protocol)))
            }
            _ => return None,
        };
        Self::of(payload, protocol_target(protocol)?, kind)
    }

    fn of(message: &Value, target: String, kind: ChangeBody) -> Option<Self> {
        let from_me = message["fromMe"].as_bool().unwrap_or(false);
        let from = message["from"].as_str()?;
        let chat = match message["to"].as_str() {
            Some(to) if from_me && !from.ends_with("@g.us") => to,
            _ => from,
        };
        let author = flexible::text(&message["participant"]).unwrap_or_else(|| chat.to_owned());
        let plain =
            |jid: &str| ChatId::parse(jid).map_or_else(|_| jid.to_owned(), |chat| chat.as_str().to_owned());
        Some(Self {
            target,
            chat: plain(chat),
            from_me,
            author: plain(&author),
            timestamp: flexible::integer(&message["timestamp"]).map_or(0, flexible::seconds),
            kind,
        })
    }
}

/// WhatsApp's protocol message about another message, as NOWEB and GOWS pass it on.
fn protocol(payload: &Value) -> &Value {
    let data = &payload["_data"];
    let message = if data["message"].is_object() { &data["message"] } else { &data["Message"] };
    let inner = &message["editedMessage"]["message"]["protocolMessage"];
    if inner.is_object() { inner } else { &message["protocolMessage"] }
}

fn protocol_target(protocol: &Value) -> Option<String> {
    let key = &protocol["key"];
    flexible::text(&key["id"]).or_else(|| flexible::text(&key["ID"]))
}

/// The new words inside the protocol message.
fn edited_words(protocol: &Value) -> Option<String> {
    let edited = &protocol["editedMessage"];
    let captions = ["imageMessage", "videoMessage", "documentMessage"].map(|kind| &edited[kind]["caption"]);
    [&edited["conversation"], &edited["extendedTextMessage"]["text"]]
        .into_iter()
        .chain(captions)
        .find_map(flexible::text)
}

/// The bare id, from a bare or whole one.
fn bare(id: &Value) -> Option<String> {
    MessageId::parse(id.as_str()?).map(|id| id.bare().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn b30_a_deletion_names_its_message_however_the_engine_tells_it() {
        let protocol = json!({"protocolMessage": {"key": {"id": "AAAA"}, "type": "REVOKE"}});
        let after = json!({"id": "false_6281@c.us_BBBB", "from": "62811111111@c.us", "fromMe": false,
            "timestamp": 1_795_353_234, "_data": {"message": protocol}});
        let wanted = Change {
            target: "AAAA".into(),
            chat: "62811111111@c.us".into(),
            from_me: false,
            author: "62811111111@c.us".into(),
            timestamp: 1_795_353_234,
            kind: ChangeBody::Revoked,
        };
        let full = json!({"after": after, "before": null, "revokedMessageId": "AAAA"});
        assert_eq!(Change::revoked(&full), Some(wanted.clone()));
        assert_eq!(Change::revoked(&json!({"after": after})), Some(wanted.clone()), "no id beside it");
        let whole = json!({"after": after, "revokedMessageId": "false_62811111111@c.us_AAAA"});
        assert_eq!(Change::revoked(&whole), Some(wanted.clone()));
        assert_eq!(Change::of_protocol(&after), Some(wanted), "as a message");
        assert_eq!(Change::of_protocol(&json!({"_data": {"message": {"conversation": "hi"}}})), None);
        let settings = json!({"_data": {"message": {"protocolMessage": {"type": "EPHEMERAL_SETTING"}}}});
        assert_eq!(Change::of_protocol(&settings), None);
    }

    #[test]
    fn an_edit_has_its_new_words() {
        let edited = json!({"extendedTextMessage": {"text": "new"}});
        let data = json!({"message": {"protocolMessage": {"key": {"id": "AAAA"}, "type": "MESSAGE_EDIT", "editedMessage": edited}}});
        let payload = |body: Value| json!({"id": "x", "from": "1203@g.us", "participant": "62811111111:3@s.whatsapp.net", "fromMe": false, "body": body, "editedMessageId": "AAAA", "_data": data});
        for body in [json!("new"), json!(""), Value::Null] {
            let change = Change::edited(&payload(body)).unwrap();
            assert_eq!(change.kind, ChangeBody::Edited(Some("new".into())));
            assert_eq!((change.chat.as_str(), change.author.as_str()), ("1203@g.us", "62811111111@c.us"));
        }
    }

    #[test]
    fn a_reaction_may_be_taken_back() {
        let of = |text: &str| {
            let payload = json!({"from": "62811111111@c.us", "fromMe": true, "to": "62822222222@c.us",
                "reaction": {"text": text, "messageId": "true_62822222222@c.us_AAAA"}});
            Change::reaction(&payload).unwrap()
        };
        assert_eq!(
            (of("👍").kind, of("👍").chat),
            (ChangeBody::Reaction("👍".into()), "62822222222@c.us".into())
        );
        assert_eq!(of("").kind, ChangeBody::Reaction(String::new()));
    }
}
