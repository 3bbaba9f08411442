//! The rows of a spreadsheet in a temporary file, so that they are read like the lines of a CSV file. It must never
//! grow beyond its limit: a small workbook can repeat a long text a million times.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use crate::AudienceError;
use crate::records::{Problem, Record};

/// Most bytes of the rows of one sheet.
const MAX_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Stands for the number of cells of a row that is too long.
const TOO_LONG: u32 = u32::MAX;
/// Letters that are kept of a row that is too long.
const SHOWN: usize = 100;

/// Rows that are being written.
pub(crate) struct TableWriter {
    out: BufWriter<File>,
    bytes: u64,
    rows: u64,
    width: usize,
    /// Stop after this many rows.
    most: Option<u64>,
    /// Most bytes of a row.
    row_bytes: usize,
}

/// Rows that were written.
pub(crate) struct Table {
    input: BufReader<File>,
    width: usize,
}

impl TableWriter {
    pub(crate) fn new(most: Option<u64>, row_bytes: usize) -> io::Result<Self> {
        let out = BufWriter::with_capacity(64 * 1024, tempfile::tempfile()?);
        Ok(Self { out, bytes: 0, rows: 0, width: 0, most, row_bytes })
    }

    /// Adds a row, its cells from the first column on; rows without any text are left out.
    pub(crate) fn row(&mut self, line: u64, cells: &[String]) -> Result<(), AudienceError> {
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        if filled == 0 || self.full() {
            return Ok(());
        }
        let text: usize = cells[..filled].iter().map(String::len).sum();
        if text > self.row_bytes {
            return self.long_row(line, &cells[0]);
        }
        let size = cells[..filled].iter().map(|cell| cell.len() as u64 + 4).sum::<u64>() + 12;
        self.bytes += size;
        if self.bytes > MAX_BYTES {
            return Err(AudienceError::TooBig { mib: MAX_BYTES / 1024 / 1024 });
        }
        self.width = self.width.max(filled);
        self.rows += 1;
        self.out.write_all(&line.to_le_bytes())?;
        self.out.write_all(&(filled as u32).to_le_bytes())?;
        for cell in &cells[..filled] {
            self.out.write_all(&(cell.len() as u32).to_le_bytes())?;
            self.out.write_all(cell.as_bytes())?;
        }
        Ok(())
    }

    /// Adds the beginning of a row that is too long.
    fn long_row(&mut self, line: u64, cell: &str) -> Result<(), AudienceError> {
        let start: String = cell.chars().take(SHOWN).collect();
        self.rows += 1;
        self.bytes += start.len() as u64 + 16;
        self.out.write_all(&line.to_le_bytes())?;
        self.out.write_all(&TOO_LONG.to_le_bytes())?;
        self.out.write_all(&(start.len() as u32).to_le_bytes())?;
        self.out.write_all(start.as_bytes())?;
        Ok(())
    }

    /// Whether no more rows are wanted.
    pub(crate) fn full(&self) -> bool {
        self.most.is_some_and(|most| self.rows >= most)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub(crate) fn finish(self) -> Result<Table, AudienceError> {
        let mut file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Table { input: BufReader::with_capacity(64 * 1024, file), width: self.width })
    }
}

impl Table {
    /// The next row, as wide as the widest one.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, AudienceError> {
        let mut line = [0; 8];
        match self.input.read_exact(&mut line) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let (line, cells) = (u64::from_le_bytes(line), self.number()?);
        let problem = (cells == TOO_LONG).then_some(Problem::LineTooLong);
        let mut fields = Vec::with_capacity(self.width);
        for _ in 0..if problem.is_some() { 1 } else { cells } {
            let mut cell = vec![0; self.number()? as usize];
            self.input.read_exact(&mut cell)?;
            fields.push(cell);
        }
        if problem.is_none() {
            fields.resize(self.width, Vec::new());
        }
        Ok(Some(Record { line, fields, problem }))
    }

    fn number(&mut self) -> io::Result<u32> {
        let mut bytes = [0; 4];
        self.input.read_exact(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }
}
