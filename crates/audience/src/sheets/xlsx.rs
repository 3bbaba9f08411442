//! Excel workbooks (XLSX), cell by cell. Only the texts that cells share are held, within the limit of `guard`.

use std::io::{BufReader, Read, Seek, SeekFrom};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::AudienceError;
use crate::sheets::{Sheet, Wanted, cells, damaged, guard};
use crate::table::TableWriter;

/// Reads the wanted sheet, or the first visible one with rows.
pub(crate) fn read<R: Read + Seek>(mut input: R, wanted: &Wanted<'_>) -> Result<Sheet, AudienceError> {
    {
        let mut archive = ZipArchive::new(&mut input).map_err(damaged)?;
        guard::check(&mut archive, |name| name.starts_with("xl/worksheets/"))?;
    }
    input.seek(SeekFrom::Start(0))?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(input)).map_err(damaged)?;
    let sheets = book.sheets_metadata();
    let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = tables.clone().map(|sheet| sheet.name.clone()).collect();
    let visible = tables.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let visible: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let tried = match wanted.sheet {
        Some(name) if names.iter().any(|known| known == name) => vec![name.to_owned()],
        Some(_) => return Err(wanted.unknown(&names)),
        None => visible,
    };
    let mut last = None;
    for name in tried {
        let mut rows = wanted.table(true)?;
        copy(&mut book, &name, wanted.columns, &mut rows)?;
        let empty = rows.is_empty();
        last = Some((name, rows));
        if !empty {
            break;
        }
    }
    let (name, rows) = last.ok_or(AudienceError::Empty)?;
    Ok(Sheet { names, name, rows: rows.finish()? })
}

fn copy<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    most: usize,
    rows: &mut TableWriter,
) -> Result<(), AudienceError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut row: (u32, Vec<String>) = (0, Vec::new());
    while let Some(cell) = reader.next_cell().map_err(|error: XlsxError| damaged(error))? {
        let (at, column) = cell.get_position();
        if at != row.0 {
            rows.row(u64::from(row.0) + 1, &row.1)?;
            row = (at, Vec::new());
        }
        if rows.full() {
            return Ok(());
        }
        let text = cells::text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = column as usize;
        if column >= most {
            return Err(AudienceError::TooManyColumns { limit: most });
        }
        if row.1.len() <= column {
            row.1.resize(column + 1, String::new());
        }
        row.1[column] = text;
    }
    rows.row(u64::from(row.0) + 1, &row.1)
}
