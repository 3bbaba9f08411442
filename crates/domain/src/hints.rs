//! What a screen may be told to look at again.

use serde::{Deserialize, Serialize};

/// What can change.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    sqlx::Type,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum HintKind {
    /// A session: its status, health, pace, name, or when it last sent or received.
    Session,
    /// A message came, or its state changed.
    Message,
    /// A campaign: its state, or how far it is.
    Campaign,
    /// A conversation: somebody wrote, or somebody looked.
    Conversation,
    /// A job gave up, or was put back to work.
    Job,
}

impl HintKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Session, Self::Message, Self::Campaign, Self::Conversation, Self::Job];
}
