//! How a list is to be read, and what is refused as too much.

use std::collections::BTreeSet;

use wahana_domain::phone::Country;

use crate::header::Mapping;

/// How to read a file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The country of numbers without a country code.
    pub default_country: Country,
    /// `None` = the columns are guessed from their names.
    pub mapping: Option<Mapping>,
    /// Variables that every person must have (`Template::required`).
    pub required: BTreeSet<String>,
    /// What is refused as too much.
    pub limits: Limits,
    /// Where the names of the columns are.
    pub header: HeaderRow,
    /// The sheet of a workbook; `None` = the first with rows.
    pub sheet: Option<String>,
    /// Only the first lines are wanted, for a preview.
    pub preview: bool,
}

/// Where the names of the columns are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HeaderRow {
    /// In the first line that looks like names of columns; a list that begins with a number is refused.
    #[default]
    Wanted,
    /// The same, but a list that begins with a number has none.
    Guessed,
    /// In the first line.
    First,
    /// There are none.
    Missing,
}

/// What is refused as too much.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum length of a line and of a record, in bytes of UTF-8.
    pub line_bytes: usize,
    /// Maximum number of columns, used or not; only a guard of the memory.
    pub columns: usize,
    /// Maximum number of lines.
    pub lines: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { line_bytes: 64 * 1024, columns: 1024, lines: 5_000_000 }
    }
}
