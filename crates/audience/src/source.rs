//! Records of any format: lines of CSV, rows of a spreadsheet, cards of an address book.

use std::io::{Read, Seek};

use wahana_domain::recipients::ListFormat;

use crate::AudienceError;
use crate::format;
use crate::options::Limits;
use crate::records::{Record, Records};
use crate::sheets::{self, Wanted};
use crate::table::Table;
use crate::vcard::Cards;

/// What is known of a file before its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// The format.
    pub format: ListFormat,
    /// The encoding of a text file, such as `windows-1252`.
    pub encoding: Option<&'static str>,
    /// The delimiter of a CSV file.
    pub delimiter: Option<char>,
    /// Names of the sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
}

pub(crate) struct Source<R> {
    records: Kind<R>,
    file: ListFile,
}

enum Kind<R> {
    Csv(Box<Records<R>>),
    Vcard(Box<Cards<R>>),
    Sheet(Table),
}

impl<R: Read> Source<R> {
    /// A text file: CSV, or an address book.
    pub(crate) fn text(input: R, limits: Limits) -> Result<Self, AudienceError> {
        let records = Records::open(input, limits.line_bytes, limits.columns)?;
        let encoding = Some(records.encoding());
        let file =
            |format, delimiter| ListFile { format, encoding, delimiter, sheets: Vec::new(), sheet: None };
        if records.is_address_book() {
            let (ahead, lines) = records.into_lines();
            let cards = Cards::new(ahead, lines, limits.line_bytes);
            return Ok(Self { records: Kind::Vcard(Box::new(cards)), file: file(ListFormat::Vcard, None) });
        }
        let file = file(ListFormat::Csv, Some(char::from(records.delimiter())));
        Ok(Self { records: Kind::Csv(Box::new(records)), file })
    }

    pub(crate) fn next(&mut self) -> Result<Option<Record>, AudienceError> {
        match &mut self.records {
            Kind::Csv(records) => records.next(),
            Kind::Vcard(cards) => cards.next(),
            Kind::Sheet(table) => table.next(),
        }
    }

    pub(crate) fn file(&self) -> &ListFile {
        &self.file
    }
}

impl<R: Read + Seek> Source<R> {
    /// A file of any format. `sheet` is that of a workbook, `rows` the most that are wanted of it.
    pub(crate) fn any(
        mut input: R,
        limits: Limits,
        sheet: Option<&str>,
        rows: Option<u64>,
    ) -> Result<Self, AudienceError> {
        let Some(format) = format::spreadsheet(&mut input)? else { return Self::text(input, limits) };
        let wanted = Wanted { sheet, columns: limits.columns, rows, row_bytes: limits.line_bytes };
        let read = sheets::read(input, format, &wanted)?;
        let (sheets, sheet) = (read.names, Some(read.name));
        let file = ListFile { format, encoding: None, delimiter: None, sheets, sheet };
        Ok(Self { records: Kind::Sheet(read.rows), file })
    }
}
