//! Pages by cursor: newest first, stable while rows are added.

use uuid::Uuid;

/// What part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct PageRequest {
    /// Rows per page.
    pub limit: u32,
    /// Only rows older than this id.
    pub before: Option<Uuid>,
}

impl PageRequest {
    /// One more row than asked for, to see whether there is a next page.
    pub(crate) const fn fetch(self) -> i64 {
        self.limit as i64 + 1
    }
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to give as `before` for the next page.
    pub next: Option<Uuid>,
}

impl<T> Page<T> {
    /// Cuts the extra row off and remembers where to go on.
    pub(crate) fn cut(mut items: Vec<T>, request: PageRequest, id: impl Fn(&T) -> Uuid) -> Self {
        let more = items.len() > request.limit as usize;
        items.truncate(request.limit as usize);
        let next = if more { items.last().map(id) } else { None };
        Self { items, next }
    }
}
