//! The answer of statements that change many rows, some thousand at a time.

/// What a batch did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Changed.
    pub changed: u64,
    /// Of the same selection, not changed yet: ask again.
    pub left: u64,
}
