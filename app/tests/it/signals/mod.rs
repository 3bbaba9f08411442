//! What WAHA signals, and what is done about it: the API, a scheduler and two workers in this process, a simulator as
//! the WAHA server, real Postgres and Redis.

mod doubt;
mod files;
mod inbox;
mod lids;
mod number_checks;
mod restrictions;
mod stack;
mod supervision;
mod typing;
