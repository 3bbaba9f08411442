//! Messages: accepting one, its file, what it waits for, and what a line of a lane may do.

pub mod accept;
pub mod line;
pub mod media;
mod mentions;
pub mod reply_to;
pub mod waiting;
