//! People of running campaigns become messages when their lane has room.

pub(crate) mod personalise;
pub(crate) mod release;
