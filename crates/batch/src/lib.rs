//! Group commit: what many callers want at the same moment is done together, and each gets its answer.
//!
//! Most of what a statement costs it costs once, however many rows it has. While one batch is being worked on, the next
//! one gathers; nobody waits for a batch to fill unless its [`BatchWindow`] says so.
//!
//! - [`Batcher`]: one task, each caller waits for an answer.
//! - [`KeyedBatcher`]: the same per key, with a task only while a key has work: keys do not wait for each other.
//! - [`Collector`]: one task, nobody waits for an answer.
//!
//! A caller that goes away loses only its own answer: its item is worked on, and so are those of the others. A batch
//! whose work panics is lost with a [`NoAnswer`] for each of its callers; the next batch is worked on.
//!
//! Must never: know what an item is, or do anything itself.

mod batcher;
mod collector;
mod keyed;
mod refused;
mod window;

pub use batcher::{Batcher, share};
pub use collector::Collector;
pub use keyed::{KeyedBatcher, Verdict};
pub use refused::{Attempt, together_or_alone};
pub use window::{Announced, BatchWindow, Expected};

/// The work on the batch ended without an answer: it panicked, or the runtime is ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the batch ended without an answer")]
pub struct NoAnswer;

#[cfg(test)]
mod tests;
