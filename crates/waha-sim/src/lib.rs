//! A WAHA simulator: the routes, status codes, body shapes, delays and quirks of the real server (the
//! transcripts under `tests/data` are replayed against it), with scripted phones and seeded faults.
//!
//! For tests, demos and benchmarks. It must never open a connection except to configured webhooks, and never
//! fetch a `file.url`. The behaviour of WhatsApp itself (ack timing, bans) is only approximated.

mod answer;
mod chats;
mod config;
mod connection;
mod engine;
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

pub use config::{SimConfig, SimGroup, Version};
pub use engine::Engine;
pub use faults::{Fault, Faults, Once};
pub use phones::{AckStyle, PhoneRule, Phones, Range};
pub use sendlog::{FileRecord, Repeat, SendRecord, SignRecord};
pub use server::{SimHandle, SimServer, serve};
pub use storage::Storage;
