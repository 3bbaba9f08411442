//! Files that a session received. WAHA keeps them for minutes (docs/waha.md section 8), so it is asked to
//! download them from WhatsApp again.

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use crate::{WahaClient, WahaError, client::Call, webhook::flexible};

/// Where WAHA keeps a received file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The path at the node, in segments: `api`, `files`, ...
    path: Vec<String>,
    /// The content type given by the sender.
    pub mimetype: Option<String>,
    /// The file name given by the sender.
    pub filename: Option<String>,
}

impl WahaClient {
    /// The file of a received message, by the whole id of the message; `None` if WhatsApp no longer has it.
    ///
    /// # Errors
    /// As classified.
    pub async fn received_file(
        &self,
        session: &str,
        chat: &str,
        message: &str,
    ) -> Result<Option<ReceivedFile>, WahaError> {
        let call = Call::get("received_file", &["api", session, "chats", chat, "messages", message]);
        let answer: Option<Value> = self.json_or_empty(call.query("downloadMedia", true)).await?;
        Ok(answer.and_then(|message| ReceivedFile::read(&message["media"])))
    }

    /// The bytes of a received file, at most `most` of them.
    ///
    /// # Errors
    /// As classified; permanent when it is larger.
    pub async fn download(&self, file: &ReceivedFile, most: usize) -> Result<Bytes, WahaError> {
        let path: Vec<&str> = file.path.iter().map(String::as_str).collect();
        self.body(Call::get("download", &path).bytes().at_most(most)).await
    }
}

impl ReceivedFile {
    /// WAHA builds the URL from `WAHA_BASE_URL`, an address that may be reachable only for itself, so only
    /// the path is used. Only paths in its folder of files are requested.
    fn read(media: &Value) -> Option<Self> {
        let url = Url::parse(media["url"].as_str()?).ok()?;
        let decoded = url.path_segments()?.map(|part| percent_decode_str(part).decode_utf8().ok());
        let path: Vec<String> = decoded.map(|part| Some(part?.into_owned())).collect::<Option<_>>()?;
        let from = path.windows(2).position(|two| two == ["api", "files"])?;
        let path = path.get(from..)?.to_vec();
        if path.iter().any(|part| part == "." || part == "..") {
            return None;
        }
        Some(Self {
            path,
            mimetype: flexible::text(&media["mimetype"]),
            filename: flexible::text(&media["filename"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_files_are_asked_for_and_never_another_host() {
        let path = |url: &str| ReceivedFile::read(&json!({ "url": url })).map(|file| file.path.join("/"));
        let wanted = Some("api/files/default/true_1@c.us_A B.jpeg".to_owned());
        assert_eq!(path("http://localhost:3000/api/files/default/true_1@c.us_A%20B.jpeg"), wanted);
        assert_eq!(path("https://waha.example/behind/api/files/default/true_1@c.us_A%20B.jpeg"), wanted);
        assert_eq!(path("http://localhost:3000/api/sessions"), None);
        assert_eq!(path("http://localhost:3000/api/files/%2e%2e/sessions"), None);
        assert_eq!(path("https://bucket.s3.example/a.jpeg"), None);
        assert_eq!(ReceivedFile::read(&Value::Null), None);
    }
}
