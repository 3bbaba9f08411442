//! Writing a workbook (XLSX) row by row in constant memory. Every cell is text, so that a spreadsheet shows numbers
//! whole and runs nothing.

use std::io::Write;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::formula;

/// Rows of one sheet, the header included.
const MAX_ROWS: u32 = 1_048_576;
/// Letters that a cell can hold.
const MAX_LETTERS: usize = 32_767;

/// A workbook that is being written. Rows beyond those of one sheet go to further sheets.
pub struct WorkbookWriter {
    book: Workbook,
    header: Vec<String>,
    row: u32,
    sheet: usize,
}

impl WorkbookWriter {
    /// Writes the header.
    ///
    /// # Errors
    /// When no temporary file can be written.
    pub fn new(header: &[String]) -> Result<Self, XlsxError> {
        let mut writer = Self { book: Workbook::new(), header: header.to_vec(), row: 0, sheet: 0 };
        writer.begin()?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When no temporary file can be written, or there are more columns than a sheet can have.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), XlsxError> {
        if self.row == MAX_ROWS {
            self.sheet += 1;
            self.begin()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (column, cell) in cells.into_iter().enumerate() {
            if cell.is_empty() {
                continue;
            }
            let guard = if formula::looks_guarded(cell) { "'" } else { "" };
            let text: String = guard.chars().chain(cell.chars()).take(MAX_LETTERS).collect();
            let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
            sheet.write_string(self.row, column, text)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.book.save_to_writer(out)
    }

    fn begin(&mut self) -> Result<(), XlsxError> {
        self.book.add_worksheet_with_constant_memory()?;
        self.row = 0;
        let header = std::mem::take(&mut self.header);
        self.row(header.iter().map(String::as_str))?;
        self.header = header;
        Ok(())
    }
}
