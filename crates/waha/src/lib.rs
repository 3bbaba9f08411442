//! Typed client of one WAHA server (a "node"), and parser of its webhooks.
//!
//! It knows WAHA's protocol and its quirks, nothing of tenants, queues or the database. It must never retry
//! (every failure has a [`Class`], and the caller decides) and never let WAHA fetch a URL.

mod account;
mod auth;
mod chats;
mod client;
mod clients;
mod error;
mod error_code;
mod groups;
mod ids;
mod node;
mod numbers;
mod received;
mod send;
mod server;
mod sessions;
mod webhook;

pub use account::{AccountState, Capping, Me, Quota, Standing, Timelock};
pub use auth::QrImage;
pub use chats::{ChatMessage, ChatOverview, LidMapping, MessagesQuery};
pub use client::WahaClient;
pub use clients::Clients;
pub use error::{Class, WahaError};
pub use error_code::ErrorCode;
pub use ids::MessageId;
pub use node::{Node, Options};
pub use numbers::NumberCheck;
pub use received::ReceivedFile;
pub use send::{File, Outgoing, Sent};
pub use server::ServerVersion;
pub use sessions::{RetryPolicy, SessionConfig, SessionInfo, SessionStatus, WebhookConfig};
pub use wahana_domain::chat_id::{ChatId, InvalidChatId, client_message_id};
pub use wahana_domain::waha_versions::{Need, keeps_client_id};
pub use webhook::{
    Ack, AckError, AckLevel, Change, ChangeBody, Event, EventError, GroupNews, Message, Payload,
    SessionStatusChange, Source, StatusPoint, sign_hmac, verify_hmac,
};
