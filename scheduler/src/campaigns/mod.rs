//! People of running campaigns become messages when their lane has room.

pub(crate) mod release;
