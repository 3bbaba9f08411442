//! Messages and conversations.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::{ConversationId, MessageId, ReasonCode, SessionId};

/// A message to send.
#[derive(Clone, Debug, Serialize)]
pub struct SendMessage {
    /// Its sender.
    pub session_id: SessionId,
    /// Number or chat.
    pub to: String,
    /// What it says.
    pub content: Content,
    /// Transactional, unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// When it is due; now, unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_at: Option<DateTime<Utc>>,
}

impl SendMessage {
    /// A transactional text, due now.
    pub fn text(session_id: SessionId, to: impl Into<String>, text: impl Into<String>) -> Self {
        Self { session_id, to: to.into(), content: super::text(text), class: None, send_at: None }
    }
}

/// A message.
#[derive(Clone, Debug, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its session.
    pub session_id: SessionId,
    /// Number or chat.
    pub chat_id: String,
    /// How far it is.
    pub state: MessageState,
    /// What went wrong.
    #[serde(default)]
    pub error: Option<MessageError>,
}

/// What went wrong with a message.
#[derive(Clone, Debug, Deserialize)]
pub struct MessageError {
    /// For programs.
    pub code: ReasonCode,
}

/// Which messages are wanted.
#[derive(Clone, Debug, Default)]
pub struct MessagesQuery {
    /// Of this session.
    pub session: Option<SessionId>,
    /// In this state.
    pub state: Option<MessageState>,
    /// Most rows.
    pub limit: Option<u32>,
}

impl MessagesQuery {
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("session", self.session.map(|id| id.to_string())),
            ("state", self.state.map(|state| state.to_string())),
            ("limit", self.limit.map(|limit| limit.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// A chat in which somebody wrote.
#[derive(Clone, Debug, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Its session.
    pub session_id: SessionId,
    /// The chat.
    pub chat_id: String,
    /// Number of the person; none while WhatsApp hides it.
    #[serde(default)]
    pub phone: Option<String>,
    /// Messages that nobody has read.
    pub unread: u32,
    /// Its newest message.
    pub last_message: LastMessage,
}

/// The newest message of a chat.
#[derive(Clone, Debug, Deserialize)]
pub struct LastMessage {
    /// The beginning of its text.
    #[serde(default)]
    pub preview: Option<String>,
}
