//! Messages: accepting one, what it waits for, and what a line of a lane may do.

pub mod accept;
pub mod line;
mod mentions;
pub mod reply_to;
pub mod waiting;
