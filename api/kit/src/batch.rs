//! The answer of operations that change many rows, some thousand at a time.

use serde::Serialize;
use utoipa::ToSchema;
use wahana_store::Batch;

/// What was done to many things.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchView {
    #[schema(example = 12)]
    changed: u64,
    /// Of the same selection, not changed yet: at most 1,000 messages or 10,000 contacts go at once, so ask again until
    /// it is 0.
    #[schema(example = 0)]
    left: u64,
}

impl BatchView {
    /// Nothing was done, so many there are.
    pub const fn counted(left: u64) -> Self {
        Self { changed: 0, left }
    }
}

impl From<Batch> for BatchView {
    fn from(Batch { changed, left }: Batch) -> Self {
        Self { changed, left }
    }
}
