//! Spreadsheets: one sheet becomes rows of text. It must never hold a whole sheet, nor unpack more than a limit.

mod cells;
mod guard;
mod ods;
mod xlsx;

use std::io::{Read, Seek};

use wahana_domain::recipients::ListFormat;

use crate::AudienceError;
use crate::table::{Table, TableWriter};

/// What of a workbook is wanted.
pub(crate) struct Wanted<'a> {
    /// The sheet; `None` is the first that has rows.
    pub(crate) sheet: Option<&'a str>,
    /// Most columns.
    pub(crate) columns: usize,
    /// Stop after this many rows.
    pub(crate) rows: Option<u64>,
    /// Most bytes of a row.
    pub(crate) row_bytes: usize,
}

/// The rows of one sheet.
pub(crate) struct Sheet {
    /// Names of all sheets, in order.
    pub(crate) names: Vec<String>,
    /// The one that was read.
    pub(crate) name: String,
    pub(crate) rows: Table,
}

/// Reads a sheet.
pub(crate) fn read<R: Read + Seek>(
    input: R,
    format: ListFormat,
    wanted: &Wanted<'_>,
) -> Result<Sheet, AudienceError> {
    if format == ListFormat::Ods { ods::read(input, wanted) } else { xlsx::read(input, wanted) }
}

impl Wanted<'_> {
    fn table(&self, read: bool) -> Result<TableWriter, AudienceError> {
        Ok(TableWriter::new(if read { self.rows } else { Some(0) }, self.row_bytes)?)
    }

    fn unknown(&self, names: &[String]) -> AudienceError {
        AudienceError::UnknownSheet {
            name: self.sheet.unwrap_or_default().to_owned(),
            found: names.join(", "),
        }
    }
}

/// A workbook that is no workbook inside.
fn damaged(error: impl std::fmt::Display) -> AudienceError {
    AudienceError::Damaged { reason: error.to_string() }
}
