//! Messages in the formats of the engines: NOWEB's proto, the `WAMessage` of webhooks and lists, and the
//! answers of a send per engine (docs/waha.md 0.2).

use serde_json::{Value, json};

use crate::{
    chats::{Stored, jid_of},
    engine::Engine,
};

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct Proto<'a> {
    pub(crate) chat: &'a str,
    /// The bare id.
    pub(crate) id: &'a str,
    pub(crate) from_me: bool,
    /// Baileys' `message`.
    pub(crate) content: Value,
    /// Unix seconds.
    pub(crate) at: i64,
    /// The account's digits; named in groups and statuses.
    pub(crate) account: &'a str,
}

impl Proto<'_> {
    /// NOWEB's raw form of an own message (transcript C38).
    pub(crate) fn raw(&self) -> Value {
        let mut raw = json!({
            "key": key(self.chat, self.from_me, self.id),
            "message": self.content,
            "messageTimestamp": self.at.to_string(),
            "status": "PENDING",
        });
        if self.from_me && !is_direct(self.chat) {
            raw["participant"] = format!("{}:5@s.whatsapp.net", self.account).into();
        }
        raw
    }

    /// The answer to a send.
    pub(crate) fn answer(&self, engine: Engine) -> Value {
        let serialized = serialized(self.from_me, self.chat, self.id);
        match engine {
            Engine::Noweb => self.raw(),
            Engine::Gows => {
                let info = json!({ "Chat": jid_of(self.chat), "IsFromMe": self.from_me, "ID": self.id, "Timestamp": self.at });
                json!({ "id": serialized, "_data": { "Info": info, "Message": self.content } })
            }
            Engine::Webjs => json!({
                "_data": { "id": { "fromMe": self.from_me, "remote": self.chat, "id": self.id, "_serialized": serialized } },
                "id": { "fromMe": self.from_me, "remote": self.chat, "id": self.id, "_serialized": serialized },
                "ack": 0,
                "from": format!("{}@c.us", self.account),
                "to": self.chat,
                "timestamp": self.at,
            }),
            Engine::Wpp => self.wa_message(body_of(&self.content), 0, true, self.raw()),
        }
    }

    /// The `WAMessage` of webhooks and lists.
    pub(crate) fn wa_message(&self, body: Option<&str>, ack: i8, api: bool, data: Value) -> Value {
        json!({
            "id": serialized(self.from_me, self.chat, self.id),
            "timestamp": self.at,
            "from": self.chat,
            "fromMe": self.from_me,
            "source": if api { "api" } else { "app" },
            "body": body,
            "hasMedia": has_media(&self.content),
            "media": null,
            "ack": ack,
            "ackName": ack_name(ack),
            "location": null,
            "vCards": null,
            "replyTo": null,
            "_data": data,
        })
    }
}

/// A stored message in the format of lists (transcript C78).
pub(crate) fn stored_view(chat: &str, stored: &Stored, account: &str) -> Value {
    let content = content_of(stored.kind, stored.text.as_deref().unwrap_or_default());
    let proto = Proto { chat, id: &stored.id, from_me: stored.from_me, content, at: stored.at, account };
    let mut data = proto.raw();
    data["messageTimestamp"] = stored.at.into();
    data["status"] = (stored.ack + 1).into();
    proto.wa_message(stored.text.as_deref(), stored.ack, stored.api, data)
}

pub(crate) fn text_content(text: &str) -> Value {
    json!({ "extendedTextMessage": { "text": text } })
}

pub(crate) fn content_of(kind: &str, text: &str) -> Value {
    match kind {
        "image" => json!({ "imageMessage": { "caption": text } }),
        "video" => json!({ "videoMessage": { "caption": text } }),
        "document" => json!({ "documentMessage": { "caption": text } }),
        "voice" => json!({ "audioMessage": {} }),
        _ => text_content(text),
    }
}

fn has_media(content: &Value) -> bool {
    ["imageMessage", "videoMessage", "documentMessage", "audioMessage"]
        .iter()
        .any(|kind| content[kind].is_object())
}

fn body_of(content: &Value) -> Option<&str> {
    content["extendedTextMessage"]["text"].as_str()
}

pub(crate) fn key(chat: &str, from_me: bool, id: &str) -> Value {
    json!({ "remoteJid": jid_of(chat), "fromMe": from_me, "id": id })
}

pub(crate) fn serialized(from_me: bool, chat: &str, id: &str) -> String {
    format!("{from_me}_{chat}_{id}")
}

pub(crate) fn is_direct(chat: &str) -> bool {
    !chat.ends_with("@g.us") && !chat.ends_with("@broadcast")
}

pub(crate) fn ack_name(ack: i8) -> &'static str {
    match ack {
        -1 => "ERROR",
        0 => "PENDING",
        1 => "SERVER",
        2 => "DEVICE",
        3 => "READ",
        _ => "PLAYED",
    }
}
