//! What is recognised in a list before it is imported: its format, its columns, and its first people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};
use wahana_audience::{AudienceError, Event, ListColumn, Mapping, Options, Reader};
use wahana_domain::recipients::{ColumnRole, ListFormat, ListOrigin, ListWarning, RejectCode, RoleSource};

/// People that a preview shows.
const SHOWN: usize = 10;
/// Letters of a cell that a preview shows.
const SHOWN_LETTERS: usize = 200;

/// What is recognised in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ImportPreview {
    /// The format of the file.
    pub format: ListFormat,
    /// The program that wrote it.
    pub origin: ListOrigin,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The delimiter of a CSV file.
    pub delimiter: Option<String>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// The line of the header; `None` where there is none.
    pub header_line: Option<u64>,
    /// The columns, and what they are taken for.
    pub columns: Vec<PreviewColumn>,
    /// The first lines as they stand there.
    pub rows: Vec<Vec<String>>,
    /// The first people.
    pub people: Vec<PreviewPerson>,
    /// Refused lines among the first.
    pub rejects: Vec<PreviewReject>,
    /// Variables that every person must have, and no column has.
    pub missing_variables: Vec<String>,
    /// What is to be told of the list as a whole.
    pub warnings: Vec<ListWarning>,
    /// Why it cannot be started as it is read now.
    pub problem: Option<PreviewProblem>,
}

/// Why a list cannot be started as it is read now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PreviewProblem {
    /// For programs: a code of a problem.
    pub code: String,
    /// For people.
    pub detail: String,
}

/// A column of the list.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewColumn {
    /// As written in the file.
    pub name: String,
    /// What it is taken for.
    pub role: ColumnRole,
    /// How that was found.
    pub by: RoleSource,
    /// The variable under which messages use it.
    pub variable: Option<String>,
}

/// A person of the list.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewPerson {
    /// Line in the file, from 1.
    pub line: u64,
    /// E.164 digits with the plus.
    pub phone: String,
    /// What to call the person.
    pub name: Option<String>,
    /// Groups the person is in.
    pub tags: Vec<String>,
    /// What templates may be filled with.
    pub variables: BTreeMap<String, String>,
    /// What was taken with a reservation.
    pub warnings: Vec<ListWarning>,
}

/// A refused line of the list.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewReject {
    /// Line in the file, from 1.
    pub line: u64,
    /// The column it is about.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Why, for programs.
    pub code: RejectCode,
    /// Why, for people.
    pub reason: String,
}

impl ImportPreview {
    /// Reads the first lines of a list. On a blocking thread.
    ///
    /// # Errors
    /// When it is no list of people.
    pub fn of<R: Read + Seek>(
        mut input: R,
        options: Options,
        required: &BTreeSet<String>,
    ) -> Result<Self, AudienceError> {
        let options = Options { preview: true, ..options };
        let opened = Reader::open_any(&mut input, options.clone());
        let (mut reader, problem) = match opened {
            Ok(reader) => (reader, None),
            Err(AudienceError::NoPhoneColumn { found }) if options.mapping.is_none() => {
                // Somebody has to say which column it is, and needs to see them for that.
                let Some(phone) = found.split(", ").find(|name| !name.is_empty()).map(str::to_owned) else {
                    return Err(AudienceError::NoPhoneColumn { found });
                };
                let mapping = Some(Mapping { phone, ..Mapping::default() });
                input.seek(SeekFrom::Start(0))?;
                let error = AudienceError::NoPhoneColumn { found };
                let reader =
                    Reader::open_any(&mut input, Options { mapping, ..options }).map_err(|_| error)?;
                let found = reader.columns().join(", ");
                (reader, Some(AudienceError::NoPhoneColumn { found }))
            }
            Err(error) => return Err(error),
        };
        let mut columns: Vec<PreviewColumn> =
            reader.list_columns().into_iter().map(PreviewColumn::from).collect();
        if problem.is_some() {
            let phone = columns.iter_mut().filter(|column| column.role == ColumnRole::Phone);
            phone.for_each(|column| column.role = ColumnRole::Variable);
        }
        let there = |name: &String| {
            let named = name == "name" && columns.iter().any(|column| column.role == ColumnRole::Name);
            name == "phone" || named || columns.iter().any(|column| column.variable.as_ref() == Some(name))
        };
        let missing_variables = required.iter().filter(|name| !there(name)).cloned().collect();
        let file = reader.file().clone();
        let mut preview = Self {
            format: file.format,
            origin: reader.origin(),
            encoding: file.encoding.map(str::to_owned),
            delimiter: file.delimiter.map(String::from),
            sheets: file.sheets,
            sheet: file.sheet,
            header_line: reader.header_line(),
            rows: reader
                .sample()
                .iter()
                .take(SHOWN)
                .map(|row| row.iter().map(|cell| cut(cell)).collect())
                .collect(),
            people: Vec::new(),
            rejects: Vec::new(),
            missing_variables,
            warnings: reader.warnings(),
            columns,
            problem: problem
                .map(|error| PreviewProblem { code: error.code().into(), detail: error.to_string() }),
        };
        if preview.problem.is_some() {
            return Ok(preview);
        }
        for event in reader.by_ref().take(SHOWN) {
            match event? {
                Event::Row(row) => preview.people.push(PreviewPerson {
                    line: row.line,
                    phone: format!("+{}", row.phone.digits()),
                    name: row.name,
                    tags: row.tags,
                    variables: row.variables.into_iter().map(|(name, value)| (name, cut(&value))).collect(),
                    warnings: row.warnings,
                }),
                Event::Rejected(refused) => preview.rejects.push(PreviewReject {
                    line: refused.line,
                    column: refused.column,
                    value: refused.value,
                    code: refused.code,
                    reason: refused.reason,
                }),
            }
        }
        Ok(preview)
    }
}

/// The cell, within what a preview shows of it.
fn cut(cell: &str) -> String {
    cell.chars().take(SHOWN_LETTERS).collect()
}

impl From<ListColumn> for PreviewColumn {
    fn from(ListColumn { name, role, by, variable }: ListColumn) -> Self {
        Self { name, role, by, variable }
    }
}
