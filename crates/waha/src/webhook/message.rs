//! `message` and `message.any`: a message in a chat of the session.

use serde_json::Value;

use super::{AckLevel, flexible};
use crate::MessageId;

/// Who made an own message.
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
    /// The receiver; absent on NOWEB in 1:1 chats.
    pub to: Option<String>,
    /// Who wrote it in a group.
    pub participant: Option<String>,
    /// Whether the session's account wrote it.
    pub from_me: bool,
    /// Who made it, if told.
    pub source: Option<Source>,
    /// Text or caption.
    pub body: Option<String>,
    /// Whether a file belongs to it.
    pub has_media: bool,
    /// How far it got.
    pub ack: Option<AckLevel>,
    /// The bare id of the message it answers.
    pub reply_to: Option<String>,
    /// The name the writer gave himself.
    pub push_name: Option<String>,
    /// The payload as it came.
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
