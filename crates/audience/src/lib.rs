//! Lists of people: an uploaded CSV in, rows and refused lines out, as a stream in constant memory.
//! Pure: no network, no database, no clock. It must never hold more than one chunk (64 KiB) and one record,
//! never panic on any bytes, and never drop a line silently. Who is in the list twice is Postgres's to say.
//!
//! | file | subject |
//! | --- | --- |
//! | `encoding.rs` | what the bytes are, and UTF-8 made of them |
//! | `lines.rs` | physical lines, never longer than the limit |
//! | `records.rs` | records: quotes, line breaks inside quotes, the delimiter |
//! | `header.rs` | which column is the phone, the name, a variable |
//! | `reader.rs` | records checked and made rows |
//! | `export.rs` | writing CSV that no spreadsheet runs as a formula; the list of refused lines |

mod encoding;
mod error;
mod export;
mod header;
mod lines;
mod reader;
mod records;

pub use error::AudienceError;
pub use export::{RejectsWriter, write_csv_field};
pub use header::{Mapping, variable_name};
pub use reader::{Code, Event, Limits, Options, Reader, Rejected, Row};
