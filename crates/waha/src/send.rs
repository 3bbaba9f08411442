//! Sends one message. A 201 does not mean "sent"; only acks prove it (docs/waha.md 0.3).
//!
//! Files travel inside the request, never as a URL that WAHA would fetch for a tenant (docs/waha.md 0.18).

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::{ChatId, MessageId, WahaClient, WahaError, client::Call};

/// A file to send. WAHA accepts about 37 MB.
#[derive(Clone, Debug)]
pub struct File {
    /// Such as `application/pdf`.
    pub mimetype: String,
    /// The name the receiver sees.
    pub filename: String,
    /// The content.
    pub data: Bytes,
}

/// One message to send.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// Text.
    Text {
        /// WhatsApp's own markup allowed.
        text: String,
        /// Whether WAHA looks for a link to preview.
        link_preview: bool,
        /// The serialized id of the message this answers.
        reply_to: Option<String>,
        /// Chat ids named in a group text.
        mentions: Vec<String>,
    },
    /// A picture.
    Image {
        /// The picture.
        file: File,
        /// Text under it.
        caption: Option<String>,
    },
    /// A video; WAHA converts what is not mp4.
    Video {
        /// The video.
        file: File,
        /// Text under it.
        caption: Option<String>,
    },
    /// Any file.
    Document {
        /// The file.
        file: File,
        /// Text under it.
        caption: Option<String>,
    },
    /// A voice note; WAHA converts what is not ogg/opus.
    Voice {
        /// The sound.
        file: File,
    },
}

/// A message that WAHA accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// `None` if the answer had none (an empty 201 occurs): wait for the `message.any` echo.
    pub message_id: Option<MessageId>,
}

impl WahaClient {
    /// Hands one message to the session's engine. `client_id` (see [`crate::client_message_id`]) is used for
    /// text only: WAHA has no such field on files.
    ///
    /// # Errors
    /// As classified; [`crate::Class::Ambiguous`] means that it may have been sent.
    pub async fn send(
        &self,
        session: &str,
        chat: &ChatId,
        message: &Outgoing,
        client_id: Option<&str>,
    ) -> Result<Sent, WahaError> {
        let (op, endpoint, mut body) = request(message, client_id);
        body["session"] = session.into();
        body["chatId"] = chat.as_str().into();
        let mut call = Call::post(op, &["api", endpoint], body);
        if !matches!(message, Outgoing::Text { .. }) {
            call = call.timeout(self.options().media_timeout);
        }
        let answer = self.body(call).await?;
        // The message was accepted: an answer that cannot be parsed is a missing id, not a failure.
        let answer: Value = serde_json::from_slice(&answer).unwrap_or(Value::Null);
        Ok(Sent { message_id: MessageId::from_answer(&answer) })
    }
}

fn request(message: &Outgoing, client_id: Option<&str>) -> (&'static str, &'static str, Value) {
    match message {
        Outgoing::Text { text, link_preview, reply_to, mentions } => {
            let mut body = json!({ "text": text, "linkPreview": link_preview });
            if let Some(id) = client_id {
                body["id"] = id.into();
            }
            if let Some(id) = reply_to {
                body["reply_to"] = id.as_str().into();
            }
            if !mentions.is_empty() {
                body["mentions"] = mentions.as_slice().into();
            }
            ("send_text", "sendText", body)
        }
        Outgoing::Image { file, caption } => ("send_image", "sendImage", with_file(file, caption.as_deref())),
        Outgoing::Document { file, caption } => {
            ("send_file", "sendFile", with_file(file, caption.as_deref()))
        }
        Outgoing::Video { file, caption } => {
            let mut body = with_file(file, caption.as_deref());
            body["convert"] = (file.mimetype != "video/mp4").into();
            ("send_video", "sendVideo", body)
        }
        Outgoing::Voice { file } => {
            let mut body = with_file(file, None);
            body["convert"] = (!file.mimetype.starts_with("audio/ogg")).into();
            ("send_voice", "sendVoice", body)
        }
    }
}

fn with_file(file: &File, caption: Option<&str>) -> Value {
    let data = STANDARD.encode(&file.data);
    let mut body = json!({ "file": { "mimetype": file.mimetype, "filename": file.filename, "data": data } });
    if let Some(caption) = caption {
        body["caption"] = caption.into();
    }
    body
}
