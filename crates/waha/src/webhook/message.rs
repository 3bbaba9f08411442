//! `message` and `message.any`: a message in a chat of the session.

use serde_json::Value;

use super::{AckLevel, flexible};
use crate::{ChatId, MessageId};

/// Origin of an own message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// WAHA's API: an echo of what we sent.
    Api,
    /// The phone.
    App,
}

/// One message in a chat.
#[derive(Clone, Debug)]
pub struct Message {
    /// Compare the bare id.
    pub id: MessageId,
    /// Unix seconds.
    pub timestamp: i64,
    /// The chat, in both directions on NOWEB. May be a LID or a group.
    pub from: String,
    /// The digits of the other person's number, if the chat is a LID and the engine also gives the number.
    pub number: Option<String>,
    /// The username of the other person, if the engine tells it (NOWEB, in the message's key).
    pub username: Option<String>,
    /// The receiver; absent on NOWEB in 1:1 chats.
    pub to: Option<String>,
    /// The author, in a group.
    pub participant: Option<String>,
    /// Whether the session's account sent it.
    pub from_me: bool,
    /// Its origin, if given.
    pub source: Option<Source>,
    /// Text or caption.
    pub body: Option<String>,
    /// Whether it has a file.
    pub has_media: bool,
    /// The delivery state.
    pub ack: Option<AckLevel>,
    /// The bare id of the message it answers.
    pub reply_to: Option<String>,
    /// The name that the author chose.
    pub push_name: Option<String>,
    /// The unparsed payload.
    pub raw: Value,
}

impl Message {
    /// The chat: `from`, except for own messages of engines that put the account there.
    #[must_use]
    pub fn chat(&self) -> &str {
        match &self.to {
            Some(to) if self.from_me && !self.from.ends_with("@g.us") => to,
            _ => &self.from,
        }
    }

    pub(super) fn read(payload: Value) -> Option<Self> {
        Some(Self {
            id: MessageId::from_answer(&payload)?,
            timestamp: flexible::integer(&payload["timestamp"]).map_or(0, flexible::seconds),
            from: payload["from"].as_str()?.to_owned(),
            number: number_beside(&payload),
            username: flexible::text(&payload["_data"]["key"]["remoteJidUsername"]),
            to: flexible::text(&payload["to"]),
            participant: flexible::text(&payload["participant"]),
            from_me: payload["fromMe"].as_bool().unwrap_or(false),
            source: match payload["source"].as_str() {
                Some("api") => Some(Source::Api),
                Some("app") => Some(Source::App),
                _ => None,
            },
            body: payload["body"].as_str().map(str::to_owned),
            has_media: payload["hasMedia"].as_bool().unwrap_or(false),
            ack: flexible::integer(&payload["ack"]).and_then(AckLevel::from_number),
            reply_to: flexible::text(&payload["replyTo"]["id"]),
            push_name: flexible::text(&payload["_data"]["pushName"]),
            raw: payload,
        })
    }
}

/// Where engines put the phone number of a LID: NOWEB in the message's key (WAHA issue 2010; `senderPn`
/// before 2025.9), GOWS in whatsmeow's `MessageSource`. Some events lack it, and WEBJS has nothing.
fn number_beside(payload: &Value) -> Option<String> {
    let (key, info) = (&payload["_data"]["key"], &payload["_data"]["Info"]);
    let beside = match payload["fromMe"].as_bool() {
        Some(true) => [&key["remoteJidAlt"], &info["RecipientAlt"]],
        _ if key["remoteJidAlt"].is_string() => [&key["remoteJidAlt"], &Value::Null],
        _ => [&key["senderPn"], &info["SenderAlt"]],
    };
    let chats = beside.into_iter().filter_map(|jid| ChatId::parse(jid.as_str()?).ok());
    chats.filter_map(|chat| chat.digits().map(str::to_owned)).next()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_number_beside_a_lid_is_found_where_engines_tell_it() {
        let told = |data: Value, from_me: bool| {
            let payload = json!({"id": "false_1@lid_A", "from": "1@lid", "fromMe": from_me, "_data": data});
            Message::read(payload).unwrap().number
        };
        let number = Some("6281234567890".to_owned());
        assert_eq!(told(json!({"key": {"remoteJidAlt": "6281234567890@s.whatsapp.net"}}), false), number);
        assert_eq!(told(json!({"key": {"remoteJidAlt": "6281234567890@s.whatsapp.net"}}), true), number);
        assert_eq!(told(json!({"key": {"senderPn": "6281234567890@s.whatsapp.net"}}), false), number);
        assert_eq!(told(json!({"Info": {"SenderAlt": "6281234567890:3@s.whatsapp.net"}}), false), number);
        assert_eq!(
            told(json!({"Info": {"SenderAlt": "6281234567890@s.whatsapp.net"}}), true),
            None,
            "that is us"
        );
        assert_eq!(told(json!({"Info": {"RecipientAlt": "6281234567890@s.whatsapp.net"}}), true), number);
        assert_eq!(told(json!({"key": {"remoteJidAlt": "77@lid"}}), false), None);
        assert_eq!(told(json!({}), false), None);
    }
}
