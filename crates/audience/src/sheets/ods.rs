//! Workbooks of LibreOffice (ODS), row by row. A cell or row may be repeated any number of times by a figure, so
//! repetitions are bounded by the limits of columns and rows.

use std::io::{BufRead, BufReader, Read, Seek};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use crate::AudienceError;
use crate::sheets::{Sheet, Wanted, cells, damaged, guard};
use crate::table::TableWriter;

/// Rows after which a repeated row is cut.
const MAX_REPEATED: u64 = 100_000;

/// Reads the wanted sheet, or the first one with rows.
pub(crate) fn read<R: Read + Seek>(input: R, wanted: &Wanted<'_>) -> Result<Sheet, AudienceError> {
    let mut archive = ZipArchive::new(input).map_err(damaged)?;
    guard::check(&mut archive, |name| name == "content.xml")?;
    let mut names = Vec::new();
    let mut found: Option<(String, TableWriter)> = None;
    let content = archive.by_name("content.xml").map_err(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Eof => break,
            Event::Start(tag) if tag.local_name().as_ref() == "table" => {
                let name = attribute(&tag, "name").unwrap_or_default();
                names.push(name.clone());
                let fits = wanted.sheet.map_or(found.is_none(), |sheet| sheet == name);
                let mut rows = wanted.table(fits)?;
                table(&mut xml, wanted.columns, &mut rows)?;
                if fits && (wanted.sheet.is_some() || !rows.is_empty()) {
                    found = Some((name, rows));
                }
            }
            _ => {}
        }
        buffer.clear();
    }
    match found {
        Some((name, rows)) => Ok(Sheet { names, name, rows: rows.finish()? }),
        None if wanted.sheet.is_some() => Err(wanted.unknown(&names)),
        None => Err(AudienceError::Empty),
    }
}

/// The rows of a table, to its end.
fn table(xml: &mut Reader<impl BufRead>, most: usize, rows: &mut TableWriter) -> Result<(), AudienceError> {
    let (mut line, mut buffer) = (1, Vec::new());
    let mut row = Row::default();
    loop {
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Eof => return Ok(()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "table" => return Ok(()),
                "table-row" => {
                    for n in 0..row.repeated.min(MAX_REPEATED) {
                        rows.row(line + n, &row.cells)?;
                        if row.cells.is_empty() || rows.full() {
                            break;
                        }
                    }
                    line += row.repeated;
                }
                "table-cell" | "covered-table-cell" => row.end(most)?,
                "p" => row.cell.paragraph = false,
                "annotation" => row.cell.hidden = false,
                _ => {}
            },
            Event::Start(tag) => row.start(&tag),
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => {
                    row.start(&tag);
                    row.end(most)?;
                }
                "table-row" => line += repeated(&tag, "number-rows-repeated"),
                "line-break" => row.cell.push("\n"),
                "tab" | "s" => row.cell.push(" "),
                _ => {}
            },
            Event::Text(text) => row.cell.push(&text.xml10_content()),
            Event::CData(text) => row.cell.push(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let code = reference.resolve_char_ref().map_err(damaged)?;
                let named = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                if let Some(letter) = code.or(named) {
                    row.cell.push(letter.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        buffer.clear();
    }
}

#[derive(Default)]
struct Row {
    cells: Vec<String>,
    /// Empty cells before the next one.
    gap: usize,
    repeated: u64,
    cell: Cell,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// The value behind the shown text, where that says more.
    value: Option<String>,
    repeated: usize,
    paragraph: bool,
    paragraphs: usize,
    hidden: bool,
}

impl Cell {
    fn push(&mut self, text: &str) {
        if self.paragraph && !self.hidden {
            self.text.push_str(text);
        }
    }
}

impl Row {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "table-row" => {
                *self = Self { repeated: repeated(tag, "number-rows-repeated"), ..Self::default() };
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = repeated(tag, "number-columns-repeated") as usize;
                self.cell = Cell { repeated, value: value(tag), ..Cell::default() };
            }
            "p" => {
                if self.cell.paragraphs > 0 && !self.cell.hidden {
                    self.cell.text.push('\n');
                }
                self.cell.paragraphs += 1;
                self.cell.paragraph = true;
            }
            // A note at the cell is not its text.
            "annotation" => self.cell.hidden = true,
            _ => {}
        }
    }

    fn end(&mut self, most: usize) -> Result<(), AudienceError> {
        let Cell { text, value, repeated, .. } = std::mem::take(&mut self.cell);
        let text = if text.starts_with('#') { text } else { value.unwrap_or(text) };
        if text.trim().is_empty() {
            self.gap += repeated;
            return Ok(());
        }
        if self.cells.len() + self.gap + repeated > most {
            return Err(AudienceError::TooManyColumns { limit: most });
        }
        self.cells.resize(self.cells.len() + std::mem::take(&mut self.gap), String::new());
        self.cells.resize(self.cells.len() + repeated, text);
        Ok(())
    }
}

/// The value of a cell whose shown text may be rounded or shortened.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    match attribute(tag, "value-type")?.as_str() {
        "float" => Some(cells::number(attribute(tag, "value")?.parse().ok()?)),
        "date" => {
            let date = attribute(tag, "date-value")?;
            Some(date.strip_suffix("T00:00:00").unwrap_or(&date).replace('T', " "))
        }
        _ => None,
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u64 {
    let figure = attribute(tag, name).and_then(|figure| figure.parse().ok());
    figure.unwrap_or(1u64).clamp(1, 1 << 24)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
