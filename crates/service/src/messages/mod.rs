//! Messages: what a message or a lane waits for.

pub mod waiting;
