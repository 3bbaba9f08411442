//! Messages to a session, optionally with a file: emits `message.any` and `message`; the chat is no longer
//! cold.

use std::sync::Arc;

use serde_json::json;

use crate::{
    chats::{Stored, chat_of, jid_of},
    config::Version,
    files::SentFile,
    proto::{Proto, content_of},
    session::{Session, Status},
    sim::Sim,
};

/// An incoming message.
pub(crate) struct Letter<'a> {
    /// A number or a chat id.
    pub(crate) from: &'a str,
    pub(crate) text: &'a str,
    pub(crate) push_name: &'a str,
    pub(crate) file: Option<SentFile>,
}

/// What WhatsApp makes of a file.
fn kind_of(file: &SentFile) -> &'static str {
    match file.mimetype.split('/').next().unwrap_or_default() {
        "image" => "image",
        "video" => "video",
        "audio" => "voice",
        _ => "document",
    }
}

impl Sim {
    /// The chat id of the author: the number as WhatsApp has it, or a LID.
    pub(crate) fn writes_as(&self, chat: &str) -> String {
        let Some(number) = chat.strip_suffix("@c.us") else { return chat.to_owned() };
        let seed = self.config.seed;
        let number = self.with_phones(|phones| phones.registered(seed, number));
        if self.with_phones(|phones| phones.writes_under_lid(seed, &number)) {
            format!("99{number}@lid")
        } else {
            format!("{number}@c.us")
        }
    }

    /// Somebody writes. False if the session cannot receive.
    pub(crate) fn receive(&self, session: &Arc<Session>, from: &str, text: &str, push_name: &str) -> bool {
        self.receive_letter(session, Letter { from, text, push_name, file: None })
    }

    /// Somebody writes, perhaps with a file. False if the session cannot receive.
    pub(crate) fn receive_letter(&self, session: &Arc<Session>, letter: Letter<'_>) -> bool {
        let Letter { from, text, push_name, file } = letter;
        let chat = chat_of(from);
        let mut inner = session.lock();
        if inner.status != Status::Working {
            return false;
        }
        let now = self.now();
        let id = self.new_message_id();
        // LIDs of the simulator contain the number, so that the chat of the number is marked, too.
        let behind = chat.strip_suffix("@lid").and_then(|lid| lid.strip_prefix("99"));
        if let Some(number) = behind {
            let person = format!("{number}@c.us");
            inner.chats.entry(person.as_str().into()).or_default().warm = true;
            inner.lids.insert(chat.as_str().into(), person.into());
        }
        let stored = Stored {
            id: id.as_str().into(),
            kind: file.as_ref().map_or("text", kind_of),
            text: Some(text.into()),
            from_me: false,
            api: false,
            at: now / 1000,
            ack: 2,
        };
        let entry = inner.chats.entry(chat.as_str().into()).or_default();
        entry.warm = true;
        entry.keep(stored, self.config.keep_per_chat);
        let content = match &file {
            Some(file) => {
                let mut content = content_of(kind_of(file), text);
                for inner in content.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
                    inner["mimetype"] = json!(file.mimetype);
                }
                content
            }
            None => json!({ "conversation": text }),
        };
        let mut key = json!({ "remoteJid": jid_of(&chat), "fromMe": false, "id": id });
        if let Some(number) =
            behind.filter(|number| self.with_phones(|phones| phones.tells_number(self.config.seed, number)))
        {
            key["remoteJidAlt"] = json!(format!("{number}@s.whatsapp.net"));
        } else if let Some(number) = behind.filter(|_| self.config.version >= Version::V2026_10) {
            // A person who hides the number is found by a username.
            key["remoteJidUsername"] = json!(format!("wa.{number}"));
        }
        let data = json!({
            "key": key,
            "messageTimestamp": now / 1000,
            "pushName": push_name,
            "message": content,
            "status": 3,
        });
        let proto = Proto { chat: &chat, id: &id, from_me: false, content, at: now / 1000, account: "" };
        let mut payload = proto.wa_message(Some(text), 2, false, data);
        if let Some(file) = file {
            payload["media"] =
                self.keep_file(&session.name, payload["id"].as_str().unwrap_or_default(), file);
        }
        self.emit_incoming(session, &mut inner, &payload);
        true
    }
}
