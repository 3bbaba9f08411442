//! Reads lists of people: an uploaded CSV becomes a stream of rows and refused lines, in constant memory.
//! Pure: no network, no database, no clock. It must never hold more than one chunk (64 KiB) and the first records,
//! never panic on any bytes, and never drop a line silently. Duplicates are found by Postgres, not here.
//!
//! | file | subject |
//! | --- | --- |
//! | `encoding.rs` | detects the encoding and converts to UTF-8 |
//! | `lines.rs` | physical lines, never longer than the limit |
//! | `records.rs` | records: quotes, line breaks inside quotes, the delimiter |
//! | `column_names.rs` | names of columns in common tools and languages |
//! | `header.rs` | maps columns to phone, name and variables |
//! | `sheet_errors.rs` | errors of spreadsheets, which count as empty |
//! | `reader.rs` | validates records and makes rows |
//! | `export.rs` | writes CSV that is safe from formula injection; the list of refused lines |

mod column_names;
mod encoding;
mod error;
mod export;
mod formula;
mod header;
mod lines;
mod reader;
mod records;
mod sheet_errors;

pub use error::AudienceError;
pub use export::{RejectsWriter, write_csv_field};
pub use header::Mapping;
pub use reader::{Event, Limits, Options, Reader, Rejected, Row};
pub use wahana_domain::template::variable_name;
