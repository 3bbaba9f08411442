//! Log of messages that were sent, so that a test can check whether one was sent, and whether twice.

use std::collections::{HashMap, VecDeque};

use serde::Serialize;
use serde_json::Value;

/// One message that WhatsApp has.
#[derive(Clone, Debug, Serialize)]
pub struct SendRecord {
    /// The session's name.
    pub session: Box<str>,
    /// The chat id.
    pub chat_id: Box<str>,
    /// `text`, `image`, `document`, ...
    pub kind: &'static str,
    /// Text or caption, at most 256 characters.
    pub text: Box<str>,
    /// The id the client chose, if any.
    pub client_id: Option<Box<str>>,
    /// The file, if it carries one.
    pub file: Option<FileRecord>,
    /// The bare message id.
    pub message_id: Box<str>,
    /// Unix milliseconds.
    pub at: i64,
}

/// A file as WhatsApp got it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRecord {
    /// As WAHA was told.
    pub mimetype: Box<str>,
    /// Of documents.
    pub filename: Option<Box<str>>,
    /// In bytes.
    pub size: u64,
    /// Of the bytes, in base64.
    pub sha256: Box<str>,
}

impl FileRecord {
    /// Reads Baileys' message.
    pub(crate) fn of(content: &Value) -> Option<Self> {
        let media = content.as_object()?.values().find(|media| media["fileSha256"].is_string())?;
        let text = |field: &str| media[field].as_str().map(Into::into);
        Some(Self {
            mimetype: text("mimetype").unwrap_or_default(),
            filename: text("fileName"),
            size: media["fileLength"].as_str().and_then(|size| size.parse().ok()).unwrap_or_default(),
            sha256: text("fileSha256").unwrap_or_default(),
        })
    }
}

/// A presence that an account showed in a chat: `seen`, `typing`, `paused`.
#[derive(Clone, Debug, Serialize)]
pub struct SignRecord {
    /// The session's name.
    pub session: Box<str>,
    /// The chat id.
    pub chat_id: Box<str>,
    /// Which.
    pub sign: &'static str,
    /// Unix milliseconds.
    pub at: i64,
}

/// Something that was sent more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// The session's name.
    pub session: String,
    /// The chat id.
    pub chat_id: String,
    /// The client's id, or the text.
    pub what: String,
    /// How often.
    pub count: usize,
}

#[derive(Debug, Default)]
pub(crate) struct SendLog {
    records: VecDeque<SendRecord>,
    signs: VecDeque<SignRecord>,
    total: u64,
}

impl SendLog {
    pub(crate) fn push(&mut self, record: SendRecord, limit: usize) {
        if self.records.len() >= limit.max(1) {
            self.records.pop_front();
        }
        self.records.push_back(record);
        self.total += 1;
    }

    pub(crate) fn push_sign(&mut self, sign: SignRecord, limit: usize) {
        if self.signs.len() >= limit.max(1) {
            self.signs.pop_front();
        }
        self.signs.push_back(sign);
    }

    pub(crate) fn signs(&self) -> Vec<SignRecord> {
        self.signs.iter().cloned().collect()
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Records at or after `since` (Unix milliseconds), of one session or of all.
    pub(crate) fn since(&self, since: i64, session: Option<&str>) -> Vec<SendRecord> {
        let fits =
            |record: &&SendRecord| record.at >= since && session.is_none_or(|name| &*record.session == name);
        self.records.iter().filter(fits).cloned().collect()
    }
}

/// The (session, chat, client id) that occur more than once.
pub(crate) fn repeated_ids(records: &[SendRecord]) -> Vec<Repeat> {
    repeated(records, |record| record.client_id.as_deref())
}

/// The (session, chat, text) that occur more than once.
pub(crate) fn repeated_texts(records: &[SendRecord]) -> Vec<Repeat> {
    repeated(records, |record| Some(&*record.text))
}

fn repeated<'a>(records: &'a [SendRecord], what: impl Fn(&'a SendRecord) -> Option<&'a str>) -> Vec<Repeat> {
    let mut counts: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for record in records {
        if let Some(what) = what(record) {
            *counts.entry((&record.session, &record.chat_id, what)).or_default() += 1;
        }
    }
    let many = counts.into_iter().filter(|(_, count)| *count > 1);
    let mut repeats: Vec<Repeat> = many
        .map(|((session, chat, what), count)| Repeat {
            session: session.to_owned(),
            chat_id: chat.to_owned(),
            what: what.to_owned(),
            count,
        })
        .collect();
    repeats.sort_by(|a, b| (&a.session, &a.chat_id, &a.what).cmp(&(&b.session, &b.chat_id, &b.what)));
    repeats
}
