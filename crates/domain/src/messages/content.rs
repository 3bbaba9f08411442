//! What a message says: a tagged union. A new type is a variant here, an arm in `workers/src/messages/outgoing.rs`,
//! and the compiler names every other place.

use serde::{Deserialize, Serialize};

use super::MediaKind;
use crate::{FieldError, MediaId, Rule};

/// Longest text WhatsApp shows in one message, in characters.
pub const MAX_TEXT_CHARS: usize = 65_536;
/// Longest caption WhatsApp shows under media, in characters.
pub const MAX_CAPTION_CHARS: usize = 1_024;
/// Most people that one text names.
const MAX_MENTIONS: usize = 256;
/// Longest name of a file, in bytes.
const MAX_FILENAME: usize = 255;

/// What a message says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({
    "type": "text",
    "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
}))]
pub enum Content {
    /// Plain text with WhatsApp's markup (`*bold*`).
    Text {
        /// 1 to 65,536 characters.
        text: String,
        /// Whether WhatsApp may show a preview of the first link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link_preview: Option<bool>,
        /// The message of the same chat that this one answers: our id (`msg_...`), WhatsApp's, or WhatsApp's whole id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<String>,
        /// In a group: the people whom the text names, as numbers or chat ids. The text has each as `@` and the digits.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(required = false, max_items = 256, example = json!(["+6281234567890"]))]
        mentions: Vec<String>,
    },
    /// A picture.
    Image {
        /// The file.
        media: MediaRef,
        /// Text under it, up to 1,024 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A video; MP4 unless the node converts.
    Video {
        /// The file.
        media: MediaRef,
        /// Text under it, up to 1,024 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Any file.
    Document {
        /// The file; its name is what the recipient sees.
        media: MediaRef,
        /// Text under it, up to 1,024 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A voice note; OGG/Opus unless the node converts.
    Voice {
        /// The file.
        media: MediaRef,
    },
}

/// A file of a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaRef {
    /// Where it comes from.
    #[serde(flatten)]
    pub source: MediaSource,
    /// Like `image/png`.
    pub mimetype: String,
    /// What the recipient sees as its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// Where a file comes from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaSource {
    /// Uploaded to us before (`POST /v1/media`).
    Id(MediaId),
    /// Fetched by us, never by WAHA, before the message is sent: public http(s) addresses only.
    Url(String),
}

impl Content {
    /// The name of the type, as in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Document { .. } => "document",
            Self::Voice { .. } => "voice",
        }
    }

    /// The words of it that a template fills in: the text or the caption.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Image { caption, .. } | Self::Video { caption, .. } | Self::Document { caption, .. } => {
                caption.as_deref()
            }
            Self::Voice { .. } => None,
        }
    }

    /// The same content with other words.
    pub fn with_words(mut self, words: String) -> Self {
        match &mut self {
            Self::Text { text, .. } => *text = words,
            Self::Image { caption, .. } | Self::Video { caption, .. } | Self::Document { caption, .. } => {
                *caption = Some(words)
            }
            Self::Voice { .. } => {}
        }
        self
    }

    /// The file of it, if it has one.
    pub const fn media(&self) -> Option<&MediaRef> {
        match self {
            Self::Text { .. } => None,
            Self::Image { media, .. }
            | Self::Video { media, .. }
            | Self::Document { media, .. }
            | Self::Voice { media } => Some(media),
        }
    }

    /// The people whom a text names.
    pub fn mentions(&self) -> &[String] {
        match self {
            Self::Text { mentions, .. } => mentions,
            _ => &[],
        }
    }

    /// The way its file is sent, if it has one.
    pub const fn media_kind(&self) -> Option<MediaKind> {
        match self {
            Self::Text { .. } => None,
            Self::Image { .. } => Some(MediaKind::Image),
            Self::Video { .. } => Some(MediaKind::Video),
            Self::Document { .. } => Some(MediaKind::Document),
            Self::Voice { .. } => Some(MediaKind::Voice),
        }
    }

    /// Checks what WAHA does not check (it answers 500 to bad content, docs/waha.md 0.4).
    pub fn validate(&self) -> Result<(), FieldError> {
        let (field, words, max) = match self {
            Self::Text { text, .. } => ("text", Some(text), MAX_TEXT_CHARS),
            Self::Image { caption, .. } | Self::Video { caption, .. } | Self::Document { caption, .. } => {
                ("caption", caption.as_ref(), MAX_CAPTION_CHARS)
            }
            Self::Voice { .. } => ("media", None, 0),
        };
        if let Self::Text { text, .. } = self
            && text.trim().is_empty()
        {
            return Err(FieldError::new(field, Rule::Blank));
        }
        if let Some(words) = words {
            if words.contains('\0') {
                return Err(FieldError::new(field, Rule::NulCharacter));
            }
            let chars = words.chars().count();
            if chars > max {
                let rule = Rule::TooLong { max: max as u64, actual: chars as u64 };
                return Err(FieldError::new(field, rule));
            }
        }
        if self.mentions().len() > MAX_MENTIONS {
            return Err(FieldError::new("mentions", Rule::TooManyItems { max: MAX_MENTIONS as u64 }));
        }
        self.media().map_or(Ok(()), MediaRef::validate)
    }
}

impl MediaRef {
    fn validate(&self) -> Result<(), FieldError> {
        let valid_mime = self.mimetype.len() <= 255
            && self.mimetype.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        if !valid_mime || self.mimetype.chars().any(char::is_control) {
            return Err(FieldError::new("media.mimetype", Rule::BadMimetype));
        }
        if self.filename.as_ref().is_some_and(|f| {
            f.len() > MAX_FILENAME || f.chars().any(|c| c.is_control() || c == '/' || c == '\\')
        }) {
            let rule = Rule::BadFilename { max: MAX_FILENAME as u64 };
            return Err(FieldError::new("media.filename", rule));
        }
        if let MediaSource::Url(text) = &self.source {
            let good =
                url::Url::parse(text).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
            if !good {
                return Err(FieldError::new("media.url", Rule::BadUrl));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Content {
        Content::Text { text: text.into(), link_preview: None, reply_to: None, mentions: Vec::new() }
    }

    #[test]
    fn json_is_tagged_and_strict() {
        let json = r#"{"type":"image","media":{"url":"https://x.test/a.png","mimetype":"image/png"},"caption":"hi"}"#;
        let content: Content = serde_json::from_str(json).unwrap();
        assert_eq!(content.kind(), "image");
        assert_eq!(content.words(), Some("hi"));
        assert_eq!(serde_json::to_value(&content).unwrap()["media"]["url"], "https://x.test/a.png");
        assert!(serde_json::from_str::<Content>(r#"{"type":"text","text":"a","colour":1}"#).is_err());
        assert!(serde_json::from_str::<Content>(r#"{"type":"smoke"}"#).is_err());
    }

    #[test]
    fn bad_content_names_its_field() {
        assert_eq!(text(" \n").validate().unwrap_err().field, "text");
        assert_eq!(text(&"x".repeat(65_537)).validate().unwrap_err().field, "text");
        assert!(text(&"é".repeat(65_536)).validate().is_ok());
        let media = |url: &str, mimetype: &str| MediaRef {
            source: MediaSource::Url(url.into()),
            mimetype: mimetype.into(),
            filename: None,
        };
        assert_eq!(
            Content::Voice { media: media("file:///etc/passwd", "audio/ogg") }.validate().unwrap_err().field,
            "media.url"
        );
        assert_eq!(
            Content::Voice { media: media("https://a.test/x", "ogg") }.validate().unwrap_err().field,
            "media.mimetype"
        );
    }
}
