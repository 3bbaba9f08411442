//! Reasons to refuse a whole file. A single bad line is not an error but a `Rejected`.

use std::io;

/// The file cannot be read as a list of people. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AudienceError {
    /// Reading failed (the upload broke off).
    #[error("the file could not be read to its end: {0}. Upload it again")]
    Io(#[from] io::Error),
    /// The file is empty.
    #[error("the file is empty. The first line must name the columns, such as: phone,name")]
    Empty,
    /// Not a text file.
    #[error(
        "this is {what}, which cannot be read as a list. Save it as XLSX or as CSV (UTF-8) and upload that"
    )]
    Binary {
        /// "an Excel workbook", "a PDF".
        what: &'static str,
    },
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {reason}. Save it again as XLSX or as CSV (UTF-8)")]
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
    /// A workbook that unpacks to too much.
    #[error("the workbook unpacks to more than {mib} MiB. Save the sheet as CSV (UTF-8), or split it")]
    TooBig {
        /// The limit.
        mib: u64,
    },
    /// The workbook has no sheet of this name.
    #[error("there is no sheet `{name}`; found: {found}")]
    UnknownSheet {
        /// The name asked for.
        name: String,
        /// The names of the sheets.
        found: String,
    },
    /// The first line is data.
    #[error(
        "the first line holds a number ({value}) instead of column names. Put a line like phone,name above it"
    )]
    NoHeader {
        /// The cell.
        value: String,
        /// Its position from 1.
        column: usize,
    },
    /// No column could be the phone.
    #[error("no column holds the phone number; found: {found}. Name one `phone`, or say which column it is")]
    NoPhoneColumn {
        /// The names in the header.
        found: String,
    },
    /// The mapping names a column that does not exist.
    #[error("there is no column `{name}`; found: {found}")]
    UnknownColumn {
        /// The name asked for.
        name: String,
        /// The names in the header.
        found: String,
    },
    /// The message needs a variable that no column provides.
    #[error(
        "the message uses {{{{{name}}}}}, but there is no column of that name; found: {found}. Write the name of one of these in the message, or add the column"
    )]
    MissingColumn {
        /// The variable.
        name: String,
        /// The names in the header.
        found: String,
    },
    /// Two columns have the same name.
    #[error("two columns are named `{name}`. Rename one")]
    DuplicateColumn {
        /// The name.
        name: String,
        /// Position of the second, from 1.
        column: usize,
    },
    /// More columns than allowed.
    #[error("the file has more than {limit} columns. Remove those that no message needs")]
    TooManyColumns {
        /// Maximum number of columns.
        limit: usize,
    },
    /// The header exceeds the maximum length of a line.
    #[error(
        "line {line} is longer than {limit} bytes. This does not look like a CSV file with one person a line"
    )]
    LineTooLong {
        /// From 1.
        line: u64,
        /// In bytes.
        limit: usize,
    },
    /// A quote in the header is never closed, or it is not valid text.
    #[error("the header (line {line}) cannot be read: {reason}")]
    BadHeader {
        /// From 1.
        line: u64,
        /// What is wrong.
        reason: &'static str,
    },
    /// More lines than allowed.
    #[error("the file has more than {limit} lines. Split it")]
    TooManyLines {
        /// Maximum number of lines.
        limit: u64,
    },
}

impl AudienceError {
    /// The code of the problem, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "internal",
            Self::Empty => "empty_file",
            Self::Binary { .. } | Self::Damaged { .. } => "not_csv",
            Self::TooBig { .. } => "too_large",
            Self::UnknownSheet { .. } => "unknown_sheet",
            Self::NoHeader { .. } => "no_header",
            Self::NoPhoneColumn { .. } => "no_phone_column",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::MissingColumn { .. } => "missing_column",
            Self::DuplicateColumn { .. } => "duplicate_column",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::LineTooLong { .. } => "line_too_long",
            Self::BadHeader { .. } => "bad_header",
            Self::TooManyLines { .. } => "too_many_lines",
        }
    }

    /// The line it is about, from 1.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::LineTooLong { line, .. } | Self::BadHeader { line, .. } => Some(*line),
            Self::TooManyLines { limit } => Some(limit + 1),
            Self::NoHeader { .. } | Self::DuplicateColumn { .. } => Some(1),
            _ => None,
        }
    }

    /// The column it is about, from 1.
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::NoHeader { column, .. } | Self::DuplicateColumn { column, .. } => Some(*column),
            _ => None,
        }
    }
}
