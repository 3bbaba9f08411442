//! Lists that are downloaded, as CSV or as a workbook. Rows are read and written piece by piece, so that a list of any
//! length takes no memory.

use std::fs::File;
use std::io::{Seek, SeekFrom};

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt, TryStreamExt};
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::IntoParams;
use wahana_audience::{BOM, WorkbookWriter, write_csv_line};
use wahana_domain::recipients::ExportFormat;

use wahana_api_kit::problem::{Answer, Problem};

/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;
/// What a workbook is called in HTTP.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// One row.
pub(crate) type Cells = Vec<String>;

/// How a list is written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatQuery {
    /// `csv` (UTF-8 with a byte order mark) or `xlsx`.
    #[serde(default = "csv")]
    #[param(required = false)]
    pub(crate) format: ExportFormat,
}

pub(crate) fn csv() -> ExportFormat {
    ExportFormat::Csv
}

/// A file with this header and these rows. `name` is without an ending.
pub(crate) async fn download(
    name: &str,
    format: ExportFormat,
    header: Cells,
    rows: impl Stream<Item = Answer<Cells>> + Send + 'static,
) -> Answer<Response> {
    let (kind, body) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", csv_body(header, rows)),
        ExportFormat::Xlsx => (XLSX, workbook_body(header, rows).await?),
    };
    let disposition = format!("attachment; filename=\"{name}.{format}\"");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition.as_str())], body)
        .into_response())
}

/// Written while it is read. When reading fails, the connection breaks: half a file must not look like a whole one.
fn csv_body(header: Cells, rows: impl Stream<Item = Answer<Cells>> + Send + 'static) -> Body {
    let lines = async_stream::try_stream! {
        let mut out = BOM.to_vec();
        write_csv_line(&mut out, header.iter().map(String::as_str))?;
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.next().await {
            let row = row.map_err(broken)?;
            write_csv_line(&mut out, row.iter().map(String::as_str))?;
            if out.len() >= CHUNK {
                yield Bytes::from(std::mem::take(&mut out));
            }
        }
        yield Bytes::from(out);
    };
    Body::from_stream(lines.map_err(|error: std::io::Error| error))
}

fn broken(problem: Problem) -> std::io::Error {
    std::io::Error::other(problem.detail)
}

async fn workbook_body(
    header: Cells,
    rows: impl Stream<Item = Answer<Cells>> + Send + 'static,
) -> Answer<Body> {
    let (sender, mut receiver) = mpsc::channel::<Cells>(1000);
    let writing = tokio::task::spawn_blocking(move || {
        let mut book = WorkbookWriter::new(&header).map_err(Problem::internal)?;
        while let Some(row) = receiver.blocking_recv() {
            book.row(row.iter().map(String::as_str)).map_err(Problem::internal)?;
        }
        let mut file: File = tempfile::tempfile().map_err(Problem::internal)?;
        book.finish(&file).map_err(Problem::internal)?;
        file.seek(SeekFrom::Start(0)).map_err(Problem::internal)?;
        Ok::<_, Problem>(file)
    });
    let mut rows = std::pin::pin!(rows);
    while let Some(row) = rows.next().await {
        // Nobody listens only when writing failed, and then its error is the answer.
        if sender.send(row?).await.is_err() {
            break;
        }
    }
    drop(sender);
    let file = writing.await.map_err(Problem::internal)??;
    let pieces = tokio_util::io::ReaderStream::with_capacity(tokio::fs::File::from_std(file), CHUNK);
    Ok(Body::from_stream(pieces))
}

/// A time as a cell.
pub(crate) fn time(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339()).unwrap_or_default()
}

/// The columns of refused lines: those of the file, then what was wrong.
pub(crate) fn reject_header(columns: Vec<String>) -> (Vec<String>, Cells) {
    // The three are what the reader of lists passes over when the repaired file comes back.
    let own = ["rejected_line", "rejected_column", "rejected_reason"];
    let columns: Vec<String> =
        columns.into_iter().filter(|name| !name.is_empty() && !own.contains(&name.as_str())).collect();
    let header = columns.iter().cloned().chain(own.map(str::to_owned)).collect();
    (columns, header)
}
