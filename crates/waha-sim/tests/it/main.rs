//! The simulator, held against what a real WAHA said and did.

mod client;
mod common;
mod replay;
mod webhooks;
