//! Sessions: commands to one, and the choice of the one that sends.

pub mod commands;
pub mod sender_choice;
