//! Lists of people (CSV, XLSX, ODS, vCard): opened and read on a blocking thread, in constant memory. Where the bytes come from is the
//! caller's business.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use thiserror::Error;
use tokio::task::JoinError;
use wahana_audience::{AudienceError, Event, Mapping, Options, Reader, Rejected, Row};
use wahana_domain::{Country, Rule};
use wahana_store::campaigns::recipients::Reject;

use crate::checks::WrongField;

/// Why a list was not read.
#[derive(Debug, Error)]
pub enum ListError {
    /// What was said of its columns contradicts itself.
    #[error(transparent)]
    Wrong(#[from] WrongField),
    /// It is no list of people.
    #[error(transparent)]
    NoList(#[from] AudienceError),
    /// The thread that reads it broke off.
    #[error("reading broke off: {0}")]
    Broken(#[from] JoinError),
}

/// Columns that somebody named. Where none is named, the columns are guessed from the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedColumns {
    /// The column that holds the number.
    pub phone: Option<String>,
    /// The column that holds the name.
    pub name: Option<String>,
}

/// What the reader of a list is told; `required` are the variables that every person must have.
///
/// # Errors
/// When a column is named for the name and none for the number.
pub fn options(
    country: Country,
    columns: NamedColumns,
    required: BTreeSet<String>,
) -> Result<Options, WrongField> {
    let mapping = match columns {
        NamedColumns { phone: None, name: None } => None,
        NamedColumns { phone: None, name: Some(_) } => {
            return Err(WrongField::new("name_column", Rule::Needs { other: "phone_column".into() }));
        }
        NamedColumns { phone: Some(phone), name } => Some(Mapping { phone, name, ..Mapping::default() }),
    };
    Ok(Options { default_country: country, mapping, required, ..Options::default() })
}

/// Opens a list: its header is read, its columns are known.
///
/// # Errors
/// See [`ListError`].
pub async fn open<R: Read + Seek + Send + 'static>(
    input: R,
    options: Options,
) -> Result<Reader<R>, ListError> {
    Ok(tokio::task::spawn_blocking(move || Reader::open_any(input, options)).await??)
}

/// The columns of a list, the one with the number first.
pub fn columns<R: Read>(reader: &Reader<R>) -> Vec<String> {
    let phone = reader.phone_column().to_owned();
    let others = reader.columns().iter().filter(|name| **name != phone).cloned();
    std::iter::once(phone.clone()).chain(others).collect()
}

/// Reads a list to its end, or until one of the two says that nobody listens any more (`false`). On a blocking thread.
/// Returns how many people and refused lines there were.
///
/// # Errors
/// When the rest is no list of people.
pub fn read<R: Read>(
    reader: Reader<R>,
    mut row: impl FnMut(Row) -> bool,
    mut refused: impl FnMut(Reject) -> bool,
) -> Result<u64, AudienceError> {
    let names = reader.columns().to_vec();
    let mut lines = 0;
    for event in reader {
        lines += 1;
        let go_on = match event? {
            Event::Row(person) => row(person),
            Event::Rejected(rejected) => refused(reject(&names, rejected)),
        };
        if !go_on {
            break;
        }
    }
    Ok(lines)
}

/// A refused line as the store keeps it.
pub(crate) fn reject(columns: &[String], rejected: Rejected) -> Reject {
    let names = columns.iter().filter(|name| !name.is_empty()).cloned();
    Reject {
        line: rejected.line as i64,
        column: rejected.column,
        value: Some(rejected.value),
        code: rejected.code,
        reason: rejected.reason,
        fields: names.zip(rejected.fields).collect(),
    }
}
