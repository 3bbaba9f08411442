//! Files that sessions received, as WAHA shows them: `media.url` begins with an address that may be
//! unreachable for us (docs/waha.md section 8). Kept until the node is dropped.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::sim::Sim;

/// A received file.
#[derive(Clone, Debug)]
pub(crate) struct SentFile {
    pub(crate) mimetype: String,
    pub(crate) filename: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Sim {
    /// Keeps the file of the message with this whole id; returns its `media`.
    pub(crate) fn keep_file(&self, session: &str, message: &str, file: SentFile) -> Value {
        let media = media(session, message, &file);
        self.files().insert(message.to_owned(), file);
        media
    }

    /// The file of a message and its `media`.
    pub(crate) fn file(&self, session: &str, message: &str) -> Option<(SentFile, Value)> {
        let file = self.files().get(message).cloned()?;
        let media = media(session, message, &file);
        Some((file, media))
    }
}

fn media(session: &str, message: &str, file: &SentFile) -> Value {
    let url = format!("http://localhost:3000/api/files/{session}/{message}");
    json!({ "url": url, "mimetype": file.mimetype, "filename": file.filename, "s3": null })
}
