//! Lists of people read on a blocking thread: from a spooled file to chunks for the store, in constant memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use serde::Serialize;
use wahana_audience::{AudienceError, Event, Limits, Mapping, Options, Reader, Row};
use wahana_domain::recipients::RejectCode;
use wahana_domain::{Country, Rule};
use wahana_store::campaigns::recipients::Reject;

use wahana_api_kit::problem::{Answer, Code, Problem};

/// How many refused lines a report shows.
pub(crate) const SHOWN: usize = 100;

/// What the reader of a list is told; `required` are the variables that every person must have.
pub(crate) fn options(
    country: Country,
    phone_column: Option<String>,
    name_column: Option<String>,
    required: BTreeSet<String>,
) -> Answer<Options> {
    let mapping = match (phone_column, name_column) {
        (None, None) => None,
        (None, Some(_)) => {
            return Err(Problem::field("name_column", Rule::Needs { other: "phone_column".into() }));
        }
        (Some(phone), name) => Some(Mapping { phone, name, ..Mapping::default() }),
    };
    Ok(Options { default_country: country, mapping, required, limits: Limits::default() })
}

/// Opens a list: its header is read, its columns are known.
pub(crate) async fn open(file: File, options: Options) -> Answer<Reader<File>> {
    let opened = tokio::task::spawn_blocking(move || Reader::open(file, options)).await;
    opened.map_err(Problem::internal)?.map_err(|error| problem(&error))
}

/// The columns of a list, the one with the number first.
pub(crate) fn columns(reader: &Reader<File>) -> Vec<String> {
    let phone = reader.phone_column().to_owned();
    let others = reader.columns().iter().filter(|name| **name != phone).cloned();
    std::iter::once(phone.clone()).chain(others).collect()
}

/// A refused line as the store keeps it.
pub(crate) fn reject(columns: &[String], rejected: wahana_audience::Rejected) -> Reject {
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

/// Reads a list to its end, or until one of the two says that nobody listens any more (`false`). On a blocking
/// thread. Returns how many people and refused lines there were.
pub(crate) fn read(
    reader: Reader<File>,
    mut row: impl FnMut(Row) -> bool,
    mut refused: impl FnMut(Reject) -> bool,
) -> Answer<u64> {
    let names = reader.columns().to_vec();
    let mut lines = 0;
    for event in reader {
        lines += 1;
        let go_on = match event.map_err(|error| problem(&error))? {
            Event::Row(person) => row(person),
            Event::Rejected(rejected) => refused(reject(&names, rejected)),
        };
        if !go_on {
            break;
        }
    }
    Ok(lines)
}

/// A refused line of a report.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub(crate) struct RejectView {
    /// Line in the file, from 1.
    #[schema(example = 17)]
    pub(crate) line: i64,
    /// The column it is about.
    #[schema(example = "phone")]
    pub(crate) column: Option<String>,
    /// What stands there, cut to 100 characters.
    #[schema(example = "0812-34")]
    pub(crate) value: Option<String>,
    /// Why, for programs.
    pub(crate) code: RejectCode,
    /// Why, for people.
    #[schema(example = "The number is too short.")]
    pub(crate) reason: String,
}

impl From<Reject> for RejectView {
    fn from(reject: Reject) -> Self {
        let Reject { line, column, value, code, reason, .. } = reject;
        Self { line, column, value, code, reason }
    }
}

/// How many lines were refused for each reason.
pub(crate) type ByCode = BTreeMap<RejectCode, i64>;

/// A file that is no list of people.
pub(crate) fn problem(error: &AudienceError) -> Problem {
    let code = match error {
        AudienceError::Io(_) => return Problem::internal(error),
        AudienceError::Empty => Code::EmptyFile,
        AudienceError::Binary { .. } => Code::NotCsv,
        AudienceError::NoHeader { .. } => Code::NoHeader,
        AudienceError::NoPhoneColumn { .. } => Code::NoPhoneColumn,
        AudienceError::UnknownColumn { .. } => Code::UnknownColumn,
        AudienceError::MissingColumn { .. } => Code::MissingColumn,
        AudienceError::DuplicateColumn { .. } => Code::DuplicateColumn,
        AudienceError::TooManyColumns { .. } => Code::TooManyColumns,
        AudienceError::LineTooLong { .. } => Code::LineTooLong,
        AudienceError::BadHeader { .. } => Code::BadHeader,
        AudienceError::TooManyLines { .. } => Code::TooManyLines,
    };
    let problem = Problem::new(code, error.to_string());
    if let Some(line) = error.line() { problem.at(format!("line {line}")) } else { problem }
}
