//! Writing CSV. A cell must never be run as a formula by the spreadsheet that opens the file.

use std::io::{self, Write};

use wahana_domain::recipients::RejectCode;

use crate::formula;
use crate::header::REJECT_COLUMNS;
use crate::reader::Rejected;

/// Writes one cell: quoted where needed, with an apostrophe before anything that could be a formula. The
/// reader of this crate removes that apostrophe.
///
/// # Errors
/// The writer's.
pub fn write_csv_field(out: &mut impl Write, cell: &str) -> io::Result<()> {
    let guard = if formula::needs_guard(cell) { "'" } else { "" };
    if !cell.contains([',', '"', '\n', '\r', ';', '\t', '|']) && cell.trim() == cell {
        return write!(out, "{guard}{cell}");
    }
    write!(out, "\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// What a text file begins with, so that spreadsheets read it as UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Writes one line of cells.
///
/// # Errors
/// The writer's.
pub fn write_csv_line<'a>(out: &mut impl Write, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        write_csv_field(out, cell)?;
    }
    out.write_all(b"\r\n")
}

/// Writes the refused lines as a CSV with the same columns and the reasons, to be repaired and uploaded
/// again.
pub struct RejectsWriter<W> {
    out: W,
    columns: usize,
}

impl<W: Write> RejectsWriter<W> {
    /// Writes the header; `columns` is [`crate::Reader::columns`].
    ///
    /// # Errors
    /// The writer's.
    pub fn new(mut out: W, columns: &[String]) -> io::Result<Self> {
        // A repaired file that is refused again gets new reasons in place of the old ones.
        let own = |name: &&str| !REJECT_COLUMNS.contains(name);
        let kept = columns.iter().map(String::as_str).filter(own);
        write_csv_line(&mut out, kept.chain(REJECT_COLUMNS))?;
        let columns = columns.iter().map(String::as_str).filter(own).count();
        Ok(Self { out, columns })
    }

    /// Writes one refused line. Surplus cells are joined in the last column, so that nothing is lost.
    ///
    /// # Errors
    /// The writer's.
    pub fn write(&mut self, rejected: &Rejected) -> io::Result<()> {
        let mut cells = rejected.fields.clone();
        let surplus = cells.split_off(cells.len().min(self.columns));
        cells.resize(self.columns, String::new());
        if let Some(last) = cells.last_mut()
            && surplus.iter().any(|cell| !cell.is_empty())
            && rejected.code == RejectCode::TooManyFields
        {
            *last = format!("{last},{}", surplus.join(","));
        }
        let line = rejected.line.to_string();
        let column = rejected.column.as_deref().unwrap_or_default();
        let cells = cells.iter().map(String::as_str);
        write_csv_line(&mut self.out, cells.chain([line.as_str(), column, rejected.reason.as_str()]))
    }

    /// Returns the writer.
    pub fn into_inner(self) -> W {
        self.out
    }
}
