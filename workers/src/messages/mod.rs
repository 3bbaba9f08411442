//! Sending messages, and finding out what became of those whose answer was lost.

mod outgoing;
mod resolve;
mod restored;
mod send;
mod typing;
mod verdict;

pub(crate) use resolve::resolve;
pub(crate) use restored::RestorePoint;
pub(crate) use send::{Holds, Sender};
