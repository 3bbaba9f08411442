//! Sending messages, and finding out what became of those whose answer was lost.

mod outgoing;
mod preparing;
mod resolve;
mod restored;
mod send;
mod typing;
mod verdict;

pub(crate) use preparing::prepare as prepare_media;
pub(crate) use resolve::resolve;
pub(crate) use restored::RestorePoint;
pub(crate) use send::{Holds, Sender};
