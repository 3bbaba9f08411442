//! Uploads of lists: written to a file first, so that a slow client holds neither memory nor a database connection.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt};

use crate::ApiState;
use crate::problem::{Answer, Code, Problem};
use wahana_domain::Rule;

/// Bytes that are gathered before they are written.
const CHUNK: usize = 256 * 1024;

/// The essence of the Content-Type, in lower case.
pub fn media_type(request: &Request) -> String {
    let value =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A file that was uploaded.
pub struct Spooled {
    /// Ends with its handle.
    pub file: File,
    /// What the form says it is called.
    pub name: Option<String>,
}

/// The body of `text/csv` (or any other type that is no form), or the field `file` of a form, as a file that ends
/// with its handle.
pub async fn spool(state: &ApiState, request: Request) -> Answer<File> {
    Ok(spool_named(state, request).await?.file)
}

/// The same, with the name of the file.
pub async fn spool_named(state: &ApiState, request: Request) -> Answer<Spooled> {
    let most = state.config.csv_max_bytes;
    if media_type(&request) != "multipart/form-data" {
        let pieces = request.into_body().into_data_stream().map_err(|error| broken(error.to_string()));
        return Ok(Spooled { file: write(pieces, most).await?, name: None });
    }
    let mut form =
        Multipart::from_request(request, state).await.map_err(|rejection| broken(rejection.body_text()))?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.body_text()))? {
        if field.name() == Some("file") {
            let name = field.file_name().map(|name| name.chars().take(200).collect());
            let file = write(field.map_err(|error| broken(error.body_text())), most).await?;
            return Ok(Spooled { file, name });
        }
    }
    Err(Problem::field("file", Rule::Required))
}

fn broken(reason: String) -> Problem {
    Problem::new(Code::InvalidBody, reason)
}

async fn write(stream: impl Stream<Item = Answer<Bytes>>, most: u64) -> Answer<File> {
    let mut file = on_disk(tempfile::tempfile).await?;
    let mut stream = std::pin::pin!(stream);
    let (mut gathered, mut size) = (Vec::new(), 0u64);
    loop {
        let next = stream.next().await.transpose()?;
        let ended = next.is_none();
        if let Some(bytes) = next {
            size += bytes.len() as u64;
            if size > most {
                return Err(Problem::new(
                    Code::TooLarge,
                    format!("a list has at most {most} bytes; split it"),
                ));
            }
            gathered.extend_from_slice(&bytes);
        }
        if gathered.len() >= CHUNK || ended {
            let bytes = std::mem::take(&mut gathered);
            file = on_disk(move || file.write_all(&bytes).map(|()| file)).await?;
        }
        if ended {
            return on_disk(move || file.seek(SeekFrom::Start(0)).map(|_| file)).await;
        }
    }
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?.map_err(Problem::internal)
}
