//! What WhatsApp says that somebody wrote: more types than can be sent, and never a reason to fail. What is not known
//! is `unknown`, with the name that WhatsApp has for it.

use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Content, Direction};

/// What a message says that was not given to this API: received, or written on the account's own phone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReceivedContent {
    /// Tells it apart from content that was given to this API, which has no `origin`.
    pub origin: Origin,
    /// What it says.
    #[serde(flatten)]
    pub body: ReceivedBody,
}

/// Where the content of a message comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// WhatsApp told it.
    Whatsapp,
}

/// What a received message says, by its type.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schema(example = json!({
    "type": "image",
    "media": {"mimetype": "image/jpeg"},
    "caption": "Apakah motif ini masih ada?",
}))]
pub enum ReceivedBody {
    /// Text with WhatsApp's markup (`*bold*`).
    Text {
        /// May be empty.
        text: String,
    },
    /// A picture.
    Image {
        /// The file.
        media: ReceivedMedia,
        /// Text under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A video.
    Video {
        /// The file.
        media: ReceivedMedia,
        /// Text under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Music or another recording that is no voice note.
    Audio {
        /// The file.
        media: ReceivedMedia,
    },
    /// A voice note.
    Voice {
        /// The file.
        media: ReceivedMedia,
    },
    /// Any file.
    Document {
        /// The file.
        media: ReceivedMedia,
        /// Text under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A sticker.
    Sticker {
        /// The file.
        media: ReceivedMedia,
    },
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// What the place is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Its address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// Whether the sender shares where they go; this is where they were first.
        #[serde(default)]
        live: bool,
    },
    /// Contact cards.
    Contacts {
        /// One or more.
        contacts: Vec<ContactCard>,
    },
    /// A poll.
    Poll {
        /// What is asked.
        question: String,
        /// What can be chosen.
        options: Vec<String>,
        /// Whether more than one may be chosen.
        #[serde(default)]
        multiple: bool,
    },
    /// A reaction to another message.
    Reaction {
        /// Empty: it was taken back.
        emoji: String,
        /// WhatsApp's id of the message it is about.
        whatsapp_id: String,
    },
    /// Its author deleted it for everyone; what it said is shown to nobody.
    Deleted,
    /// Anything else.
    Unknown {
        /// What WhatsApp calls it, such as `productMessage`.
        raw_type: String,
        /// Its words, if it has any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
}

/// The types of all content, sent and received.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContentType {
    /// Text.
    Text,
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A recording that is no voice note.
    Audio,
    /// A voice note.
    Voice,
    /// Any file.
    Document,
    /// A sticker.
    Sticker,
    /// A place.
    Location,
    /// Contact cards.
    Contacts,
    /// A poll.
    Poll,
    /// A reaction to another message.
    Reaction,
    /// Deleted for everyone by its author.
    Deleted,
    /// Anything else.
    Unknown,
}

/// A file that was received; `GET /messages/{id}/media` fetches it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReceivedMedia {
    /// What the sender says it is, such as `image/jpeg`; not to be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "image/jpeg")]
    pub mimetype: Option<String>,
    /// What the sender called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// A person in a contact card.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ContactCard {
    /// What the card calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Budi")]
    pub name: Option<String>,
    /// Their numbers as they stand in the card.
    pub phones: Vec<String>,
}

/// A message that WhatsApp told of, as it is stored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReceivedMessage {
    /// What it says.
    #[serde(flatten)]
    pub content: ReceivedContent,
    /// The author, in a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// WhatsApp's whole id of it, if it has a file: by it the file is fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whatsapp_id: Option<String>,
}

/// The author of a message in a group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Author {
    /// `<digits>@c.us` or `<id>@lid`.
    pub chat_id: String,
    /// What they call themself.
    #[serde(default)]
    pub name: Option<String>,
}

/// What any message says, whichever way it went.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum MessageContent {
    /// Given to this API.
    Sent(Content),
    /// Told by WhatsApp.
    Received(ReceivedContent),
}

impl ContentType {
    /// By its name in JSON.
    pub fn named(name: &str) -> Self {
        let named: Result<Self, serde::de::value::Error> = Self::deserialize(name.into_deserializer());
        named.unwrap_or(Self::Unknown)
    }
}

impl From<ReceivedBody> for ReceivedContent {
    fn from(body: ReceivedBody) -> Self {
        Self { origin: Origin::Whatsapp, body }
    }
}

impl ReceivedMessage {
    /// Text of a person, as most messages are.
    pub fn text(text: impl Into<String>) -> Self {
        let body = ReceivedBody::Text { text: text.into() };
        Self { content: body.into(), author: None, whatsapp_id: None }
    }

    /// Reads a stored message. Rows from before there were types have text or `media`, and no `origin`.
    pub fn read(stored: &Value) -> Self {
        Self::deserialize(stored).unwrap_or_else(|_| Self {
            content: ReceivedBody::untyped(stored).into(),
            author: Author::deserialize(&stored["author"]).ok(),
            whatsapp_id: text(&stored["whatsapp_id"]),
        })
    }
}

impl MessageContent {
    /// What is shown of a message that was deleted for everyone.
    pub fn deleted() -> Self {
        Self::Received(ReceivedBody::Deleted.into())
    }

    /// Reads the stored content of a message that went this way.
    pub fn read(stored: &Value, direction: Direction) -> Self {
        let given = (direction == Direction::Outbound).then(|| Content::deserialize(stored).ok()).flatten();
        given.map_or_else(|| Self::Received(ReceivedMessage::read(stored).content), Self::Sent)
    }
}

impl ReceivedBody {
    /// The words of it: a text, or what stands under a file.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            Self::Image { caption, .. } | Self::Video { caption, .. } | Self::Document { caption, .. } => {
                caption.as_deref()
            }
            _ => None,
        }
    }

    /// A file by what it is said to be.
    pub fn file(media: ReceivedMedia, caption: Option<String>) -> Self {
        let mimetype = media.mimetype.as_deref().unwrap_or_default();
        match mimetype.split('/').next().unwrap_or_default() {
            "image" => Self::Image { media, caption },
            "video" => Self::Video { media, caption },
            "audio" if mimetype.contains("opus") => Self::Voice { media },
            "audio" => Self::Audio { media },
            _ => Self::Document { media, caption },
        }
    }

    /// The file of it, if it has one.
    pub const fn media(&self) -> Option<&ReceivedMedia> {
        match self {
            Self::Image { media, .. }
            | Self::Video { media, .. }
            | Self::Audio { media }
            | Self::Voice { media }
            | Self::Document { media, .. }
            | Self::Sticker { media } => Some(media),
            Self::Text { .. }
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Poll { .. }
            | Self::Reaction { .. }
            | Self::Deleted
            | Self::Unknown { .. } => None,
        }
    }

    fn untyped(stored: &Value) -> Self {
        let words = text(&stored["text"]);
        match stored["type"].as_str() {
            Some("media") => {
                let media = ReceivedMedia {
                    mimetype: text(&stored["mimetype"]),
                    filename: text(&stored["filename"]),
                };
                Self::file(media, text(&stored["caption"]).filter(|caption| !caption.is_empty()))
            }
            Some("text") | None => Self::Text { text: words.unwrap_or_default() },
            Some(other) => Self::Unknown { raw_type: other.to_owned(), text: words },
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let media = ReceivedMedia { mimetype: Some("image/webp".to_owned()), filename: None };
        let message = ReceivedMessage {
            content: ReceivedBody::Sticker { media }.into(),
            author: Some(Author { chat_id: "6281234567890@c.us".to_owned(), name: None }),
            whatsapp_id: Some("false_1@g.us_A".to_owned()),
        };
        let stored = serde_json::to_value(&message).unwrap();
        assert_eq!((&stored["origin"], &stored["type"]), (&json!("whatsapp"), &json!("sticker")));
        assert_eq!(ReceivedMessage::read(&stored), message);
        assert_eq!(
            MessageContent::read(&stored, Direction::Inbound),
            MessageContent::Received(message.content)
        );
    }

    #[test]
    fn rows_from_before_there_were_types_are_read() {
        let picture = json!({"type": "media", "caption": "look", "mimetype": "image/jpeg", "filename": null, "whatsapp_id": "false_1@c.us_A", "media_id": "0190"});
        let read = ReceivedMessage::read(&picture);
        let media = ReceivedMedia { mimetype: Some("image/jpeg".to_owned()), filename: None };
        assert_eq!(read.content.body, ReceivedBody::Image { media, caption: Some("look".to_owned()) });
        assert_eq!(read.whatsapp_id.as_deref(), Some("false_1@c.us_A"));
        let nameless = json!({"type": "media", "caption": "", "mimetype": null, "filename": null});
        let document = ReceivedBody::Document { media: ReceivedMedia::default(), caption: None };
        assert_eq!(ReceivedMessage::read(&nameless).content.body, document);
        let group = json!({"type": "text", "text": "hi", "author": {"chat_id": "1@lid", "name": "Budi"}});
        let read = ReceivedMessage::read(&group);
        assert_eq!(read.content.body, ReceivedBody::Text { text: "hi".to_owned() });
        assert_eq!(read.author.and_then(|author| author.name).as_deref(), Some("Budi"));
    }

    #[test]
    fn content_says_where_it_comes_from() {
        let text = json!({"type": "text", "text": "hi"});
        let shown = |direction| serde_json::to_value(MessageContent::read(&text, direction)).unwrap();
        assert_eq!(shown(Direction::Outbound), text);
        assert_eq!(shown(Direction::Inbound), json!({"origin": "whatsapp", "type": "text", "text": "hi"}));
    }

    #[test]
    fn files_are_told_apart_by_their_media_type() {
        let kind = |mimetype: &str| {
            let media = ReceivedMedia { mimetype: Some(mimetype.to_owned()), filename: None };
            serde_json::to_value(ReceivedBody::file(media, None)).unwrap()["type"].clone()
        };
        assert_eq!(kind("video/mp4"), "video");
        assert_eq!(kind("audio/ogg; codecs=opus"), "voice");
        assert_eq!(kind("audio/mpeg"), "audio");
        assert_eq!(kind("application/pdf"), "document");
        assert_eq!(ContentType::named("contacts"), ContentType::Contacts);
        assert_eq!(ContentType::named("smoke"), ContentType::Unknown);
    }
}
