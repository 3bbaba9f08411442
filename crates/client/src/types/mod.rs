//! Requests and answers, as far as our programs use them. Answers name the fields that are read; what else the API
//! tells is skipped. `tests/document.rs` compares all of them with docs/openapi.json.

mod accounts;
mod campaigns;
mod contacts;
mod messages;
mod sessions;

use serde::Deserialize;

pub use accounts::{
    ApiKey, CreateApiKey, Login, NewApiKey, Organization, Profile, Register, Registered, Tokens, User,
};
pub use campaigns::{Campaign, CreateCampaign, Import, Progress, Reject};
pub use contacts::{AddSuppression, Contact, ContactImport, SaveContact, Suppression};
pub use messages::{Conversation, LastMessage, Message, MessageError, MessagesQuery, SendMessage};
pub use sessions::{CreateSenderPool, CreateSession, NewMember, Qr, SenderPool, Session};

/// A page of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// Asks for the next page; none after the last.
    #[serde(default)]
    pub next_cursor: Option<String>,
}

/// A text message.
pub fn text(text: impl Into<String>) -> wahana_domain::messages::Content {
    wahana_domain::messages::Content::Text {
        text: text.into(),
        link_preview: None,
        reply_to: None,
        mentions: Vec::new(),
    }
}
