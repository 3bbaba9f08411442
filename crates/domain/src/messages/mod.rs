//! One thing to send or received.

mod content;
mod event;
mod fence;
mod media_kind;
mod preparation;
mod received;
mod state;

pub use content::{Content, MAX_CAPTION_CHARS, MAX_TEXT_CHARS, MediaRef, MediaSource};
pub use event::MessageEvent;
pub use fence::FenceVerdict;
pub use media_kind::{MAX_FILE_BYTES, MediaConversion, MediaKind, MediaLimits};
pub use preparation::PreparationState;
pub use received::{
    Author, ContactCard, ContentType, MessageContent, Origin, ReceivedBody, ReceivedContent, ReceivedMedia,
    ReceivedMessage,
};
pub use state::MessageState;

use serde::{Deserialize, Serialize};

/// Which of the two lines of a session a message waits in.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Debug,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    sqlx::Type,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "message_class", rename_all = "snake_case")]
pub enum Class {
    /// Replies, one-time passwords, receipts: somebody waits for it.
    Transactional,
    /// Campaigns and cold messages: paced, and never sent twice when in doubt.
    Bulk,
}

/// Which way a message went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "message_direction", rename_all = "snake_case")]
pub enum Direction {
    /// From us.
    Outbound,
    /// To us.
    Inbound,
}
