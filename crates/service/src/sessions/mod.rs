//! Sessions: which one sends.

pub mod sender_choice;
