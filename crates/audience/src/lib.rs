//! Reads lists of people: an uploaded CSV file, workbook or address book becomes a stream of rows and refused lines, in
//! constant memory. No network, no database, no clock. It must never hold more than one chunk (64 KiB), the first records
//! and the texts that cells of a workbook share, never panic on any bytes, and never drop a line silently. Duplicates
//! are found by Postgres, not here.
//!
//! | file | subject |
//! | --- | --- |
//! | `format.rs`, `source.rs` | the format of a file, and records of any format |
//! | `sheets/`, `table.rs` | workbooks (XLSX, ODS): a sheet becomes rows in a temporary file |
//! | `vcard.rs` | address books (vCard) |
//! | `encoding.rs` | detects the encoding and converts to UTF-8 |
//! | `lines.rs` | physical lines, never longer than the limit |
//! | `records.rs` | records: quotes, line breaks inside quotes, the delimiter |
//! | `column_names.rs` | names of columns in common tools and languages |
//! | `other_columns.rs` | columns of tags, time zones and consent; which program wrote a list |
//! | `header_row.rs` | where the header is |
//! | `header.rs` | maps columns to phone, name and variables |
//! | `sheet_errors.rs` | errors of spreadsheets, which count as empty |
//! | `options.rs` | how a list is to be read |
//! | `reader.rs` | validates records and makes rows |
//! | `export.rs`, `workbook.rs` | write CSV that is safe from formula injection, the list of refused lines, and XLSX |

mod column_names;
mod encoding;
mod error;
mod export;
mod format;
mod formula;
mod header;
mod header_row;
mod lines;
mod options;
mod other_columns;
mod reader;
mod records;
mod sheet_errors;
mod sheets;
mod source;
mod table;
mod vcard;
mod workbook;

pub use error::AudienceError;
pub use export::{BOM, RejectsWriter, write_csv_field, write_csv_line};
pub use header::{ListColumn, Mapping};
pub use options::{HeaderRow, Limits, Options};
pub use other_columns::{CONTACT_COLUMNS, RECIPIENT_COLUMNS, own_header};
pub use reader::{Event, Reader, Rejected, Row};
pub use source::ListFile;
pub use wahana_domain::template::variable_name;
pub use workbook::WorkbookWriter;
