//! Files that sessions received, as WAHA shows them: `media.url` begins with an address that may be
//! unreachable for us (docs/waha.md section 8). Kept until the node is dropped.

use bytes::Bytes;
use serde_json::{Value, json};

/// A received file.
#[derive(Clone, Debug)]
pub(crate) struct SentFile {
    pub(crate) mimetype: String,
    pub(crate) filename: Option<String>,
    pub(crate) bytes: Bytes,
}

/// What WAHA says about the file of a message.
pub(crate) fn media(session: &str, message: &str, file: &SentFile) -> Value {
    let url = format!("http://localhost:3000/api/files/{session}/{message}");
    json!({ "url": url, "mimetype": file.mimetype, "filename": file.filename, "s3": null })
}
