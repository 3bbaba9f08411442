//! Stored messages of a chat, so that they can be read back.

use std::collections::VecDeque;

/// One message of a chat, small.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// The bare id.
    pub(crate) id: Box<str>,
    pub(crate) kind: &'static str,
    pub(crate) text: Option<Box<str>>,
    pub(crate) from_me: bool,
    /// Made through the API, not on the phone.
    pub(crate) api: bool,
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) ack: i8,
}

/// One chat of a session.
#[derive(Debug, Default)]
pub(crate) struct Chat {
    /// Attempts to write to it, including failed ones. Determines faults and acks.
    pub(crate) tries: u32,
    /// Whether the other side ever wrote.
    pub(crate) warm: bool,
    messages: VecDeque<Stored>,
}

impl Chat {
    pub(crate) fn keep(&mut self, message: Stored, limit: usize) {
        if self.messages.len() >= limit.max(1) {
            self.messages.pop_front();
        }
        self.messages.push_back(message);
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Stored> {
        self.messages.iter().rev().find(|message| &*message.id == id)
    }

    /// Advances a message's ack. False if it has that ack already.
    pub(crate) fn acknowledge(&mut self, id: &str, ack: i8) -> bool {
        let Some(message) = self.messages.iter_mut().rev().find(|message| &*message.id == id) else {
            return true;
        };
        let forward = ack == -1 || ack > message.ack;
        if forward {
            message.ack = ack;
        }
        forward
    }

    /// By time; of the same second the first sent first, both ways (transcript C78).
    pub(crate) fn sorted(&self, newest_first: bool) -> Vec<&Stored> {
        let mut messages: Vec<&Stored> = self.messages.iter().collect();
        messages.sort_by_key(|message| if newest_first { -message.at } else { message.at });
        messages
    }

    pub(crate) fn last(&self) -> Option<&Stored> {
        self.messages.back()
    }
}

/// The chat id as this server keeps it: digits and `@c.us` for people.
pub(crate) fn chat_of(jid: &str) -> String {
    match jid.strip_suffix("@s.whatsapp.net") {
        Some(user) => format!("{}@c.us", user.split(':').next().unwrap_or(user)),
        None if jid.contains('@') => jid.to_owned(),
        None => format!("{jid}@c.us"),
    }
}

/// The JID as WhatsApp writes it. WAHA does not check it (transcript C40).
pub(crate) fn jid_of(chat: &str) -> String {
    match chat.strip_suffix("@c.us") {
        Some(user) => format!("{user}@s.whatsapp.net"),
        None if chat.contains('@') => chat.to_owned(),
        None => format!("{chat}@s.whatsapp.net"),
    }
}
