//! A WAHA server that speaks to no one: same routes, status codes, body shapes, delays and quirks as the real one
//! (the transcripts under `tests/data` are replayed against it), with scripted phones and seeded faults behind it.
//!
//! For tests, demos and benchmarks. It never opens a connection except to the webhooks it was told, and never
//! fetches a `file.url`. What WhatsApp itself would do (ack timing, bans) is only imitated.

mod answer;
mod chats;
mod config;
mod connection;
mod events;
mod faults;
mod files;
mod gate;
mod hooks;
mod inbound;
mod lifecycle;
mod outgoing;
mod phones;
mod proto;
mod request;
mod routes;
mod seed;
mod sendlog;
mod server;
mod session;
mod sim;
mod standing;
mod storage;
mod timers;
mod validate;

pub use config::{Engine, SimConfig, Version};
pub use faults::{Fault, Faults, Once};
pub use phones::{AckStyle, PhoneRule, Phones, Range};
pub use sendlog::{Repeat, SendRecord, SignRecord};
pub use server::{SimHandle, SimServer, serve};
pub use storage::Storage;
