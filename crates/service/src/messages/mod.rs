//! Messages: accepting one, and what it waits for.

pub mod accept;
pub mod reply_to;
pub mod waiting;
