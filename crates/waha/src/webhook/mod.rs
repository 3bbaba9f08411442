//! Parser of WAHA's webhooks, and the check of their signature.

mod ack;
mod change;
mod event;
pub(crate) mod flexible;
mod group;
mod hmac;
mod message;

pub use ack::{Ack, AckError, AckLevel};
pub use change::{Change, ChangeBody};
pub use event::{Event, EventError, Payload, SessionStatusChange, StatusPoint};
pub use group::GroupNews;
pub use hmac::{sign_hmac, verify_hmac};
pub use message::{Message, Source};
