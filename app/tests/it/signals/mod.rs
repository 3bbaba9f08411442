//! What WAHA signals, and what is done about it: the API, a scheduler and two workers in this process, a simulator as
//! the WAHA server, real Postgres and Redis.

mod doubt;
mod files;
mod groups;
mod inbox;
mod kinds;
mod lids;
mod number_checks;
mod people;
mod rejections;
mod restrictions;
mod slow_sends;
mod stack;
mod supervision;
mod typing;
