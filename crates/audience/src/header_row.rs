//! Where the header of a list is: in the first line that names a telephone, below a title, or nowhere.

use std::collections::VecDeque;

use crate::AudienceError;
use crate::column_names::ColumnNames;
use crate::header::{self, Columns};
use crate::options::{HeaderRow, Options};
use crate::records::{Problem, Record, text};

/// Lines above the header that are passed over: a title, a date, empty lines.
pub(crate) const MAX_ABOVE: usize = 10;

/// Takes the header out of the first records; without one the columns get names of ours.
pub(crate) fn take(
    ahead: &mut VecDeque<Record>,
    options: &Options,
) -> Result<(Option<u64>, Vec<String>), AudienceError> {
    ahead.front().ok_or(AudienceError::Empty)?;
    let missing = |ahead: &VecDeque<Record>| {
        let widest = ahead.iter().filter(|record| record.problem.is_none()).map(|record| record.fields.len());
        let names = (1..=widest.max().unwrap_or(1)).map(|n| format!("Column {n}")).collect();
        (None, names)
    };
    let at = match options.header {
        HeaderRow::Missing => return Ok(missing(ahead)),
        HeaderRow::First => 0,
        HeaderRow::Wanted | HeaderRow::Guessed => header_place(ahead),
    };
    if options.header == HeaderRow::Guessed
        && let Some(first) = ahead.get(at).filter(|record| record.problem.is_none())
    {
        let cells: Vec<String> = first.fields.iter().map(|field| text(field)).collect();
        if header::refuse_data(&cells, options.default_country).is_err() {
            ahead.drain(..at);
            return Ok(missing(ahead));
        }
    }
    let header = ahead.drain(..=at).next_back().ok_or(AudienceError::Empty)?;
    let line = header.line;
    let names = header_names(header, options.limits.line_bytes)?;
    if options.header == HeaderRow::Wanted && options.mapping.is_none() {
        header::refuse_data(&names, options.default_country)?;
    }
    Ok((Some(line), names))
}

/// Where the header is: the first line that names a telephone, else the first that is no title.
fn header_place(ahead: &VecDeque<Record>) -> usize {
    let known = ColumnNames::new();
    let readable = ahead.iter().take(MAX_ABOVE).take_while(|record| record.problem.is_none());
    let first: Vec<Vec<String>> =
        readable.map(|record| record.fields.iter().map(|field| text(field)).collect()).collect();
    let filled = |cells: &Vec<String>| cells.iter().filter(|cell| !cell.is_empty()).count();
    let named = first.iter().position(|cells| Columns::is_header(&known, cells));
    // A title stands in one cell; above a wide table it may have a date beside it.
    let is_above = |at: usize| {
        let wide = filled(&first[at]) >= 4;
        let is_title = |cells: &Vec<String>| {
            filled(cells) <= if wide { 2 } else { 1 } && !cells.iter().any(|cell| is_long_number(cell))
        };
        first[..at].iter().all(is_title)
    };
    let table = first.iter().position(|cells| filled(cells) > 1);
    named.into_iter().chain(table).find(|at| is_above(*at)).unwrap_or(0)
}

/// Whether a cell may be a telephone number.
fn is_long_number(cell: &str) -> bool {
    cell.chars().filter(|c| c.is_numeric()).count() >= 7 && !cell.chars().any(char::is_alphabetic)
}

fn header_names(header: Record, limit: usize) -> Result<Vec<String>, AudienceError> {
    let line = header.line;
    let bad = |reason| AudienceError::BadHeader { line, reason };
    match header.problem {
        Some(Problem::LineTooLong) => return Err(AudienceError::LineTooLong { line, limit }),
        Some(Problem::UnclosedQuote) => return Err(bad("a quotation mark is never closed")),
        None => {}
    }
    let decoded = header.fields.into_iter().map(String::from_utf8).collect::<Result<Vec<_>, _>>();
    let names = decoded.map_err(|_| bad("it is not valid UTF-8; save the file as CSV UTF-8"))?;
    if names.iter().any(|name| name.contains('\0')) {
        return Err(AudienceError::Binary { what: "a binary file" });
    }
    Ok(names.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect())
}
