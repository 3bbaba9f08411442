//! Jobs that act on a session: start, restart, logout, asking the account.

pub(crate) mod account;
pub(crate) mod commands;
