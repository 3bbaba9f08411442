//! What a file is, by its bytes. What its sender says counts only where the bytes say nothing.

use std::borrow::Cow;

use file_format::{FileFormat, Kind};
use serde::{Deserialize, Serialize};

/// How much of the beginning is searched for HTML.
const HTML_WITHIN: usize = 1024;
/// How deep the boxes of an MP4 are searched for the names of its codecs, in bytes of its index.
const MAX_MOOV: usize = 4 * 1024 * 1024;

/// What a file is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A still or moving picture without sound.
    Image,
    /// A video.
    Video,
    /// Sound.
    Audio,
    /// A web page.
    Html,
    /// Text, JSON or XML: several media types look like this.
    Text,
    /// A format that others are made of: ZIP, OLE. Its sender may know better.
    Container,
    /// Any other known format.
    Other,
    /// Bytes that say nothing.
    Unknown,
}

/// What a file is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileType {
    /// The name of the format, for people.
    pub name: Cow<'static, str>,
    /// Its media type.
    pub mimetype: Cow<'static, str>,
    /// The usual ending, without a dot.
    pub ending: Cow<'static, str>,
    /// What it is good for.
    pub group: Group,
}

impl FileType {
    /// Looks at the bytes of a whole file.
    pub fn of(bytes: &[u8]) -> Self {
        if is_html(bytes) {
            return Self::new("a web page (HTML)", "text/html", "html", Group::Html);
        }
        let format = FileFormat::from_bytes(bytes);
        match format {
            // Tags before the first frame, and frames without tags.
            FileFormat::ArbitraryBinaryData if bytes.starts_with(b"ID3") => {
                Self::new("MP3", "audio/mpeg", "mp3", Group::Audio)
            }
            FileFormat::ArbitraryBinaryData if matches!(bytes, [0xff, second, ..] if second & 0xf6 == 0xf0) => {
                Self::new("AAC", "audio/aac", "aac", Group::Audio)
            }
            FileFormat::ArbitraryBinaryData | FileFormat::Empty => {
                Self::new("of no known format", "application/octet-stream", "bin", Group::Unknown)
            }
            FileFormat::PlainText => text(bytes),
            FileFormat::ExtensibleMarkupLanguage => Self::new("XML", "application/xml", "xml", Group::Text),
            FileFormat::Zip => Self::new("a ZIP archive", "application/zip", "zip", Group::Container),
            FileFormat::CompoundFileBinary => {
                Self::new("an OLE file", "application/x-ole-storage", "bin", Group::Container)
            }
            FileFormat::OggOpus => Self::new("OGG (Opus)", "audio/ogg; codecs=opus", "ogg", Group::Audio),
            FileFormat::OggVorbis => Self::new("OGG (Vorbis)", "audio/vorbis", "ogg", Group::Audio),
            FileFormat::OggSpeex => Self::new("OGG (Speex)", "audio/speex", "spx", Group::Audio),
            FileFormat::OggFlac => Self::new("OGG (FLAC)", "audio/flac", "oga", Group::Audio),
            FileFormat::Mpeg12AudioLayer3 => Self::new("MP3", "audio/mpeg", "mp3", Group::Audio),
            FileFormat::WaveformAudio => Self::new("WAV", "audio/wav", "wav", Group::Audio),
            FileFormat::Mpeg4Part14 | FileFormat::Mpeg4Part14Video => mp4(bytes),
            _ => Self::of_format(format),
        }
    }

    fn of_format(format: FileFormat) -> Self {
        let group = match format.kind() {
            Kind::Image => Group::Image,
            Kind::Video => Group::Video,
            Kind::Audio => Group::Audio,
            _ => Group::Other,
        };
        // Names like "JPEG" where there is one: "Joint Photographic Experts Group" helps nobody.
        let name = format.short_name().unwrap_or_else(|| format.name()).to_owned();
        Self {
            name: name.into(),
            mimetype: format.media_type().to_owned().into(),
            ending: format.extension().to_owned().into(),
            group,
        }
    }

    fn new(name: &'static str, mimetype: &'static str, ending: &'static str, group: Group) -> Self {
        Self { name: name.into(), mimetype: mimetype.into(), ending: ending.into(), group }
    }

    /// Whether the bytes themselves say what it is.
    pub const fn is_certain(&self) -> bool {
        !matches!(self.group, Group::Text | Group::Container | Group::Unknown)
    }

    /// The media type: that of the bytes, or what the sender says where several look like these bytes.
    pub fn mimetype_or<'a>(&'a self, told: &'a str) -> &'a str {
        let silent = told.is_empty() || told.starts_with("application/octet-stream");
        if self.is_certain() || silent { &self.mimetype } else { told }
    }
}

/// Web pages begin with one of a few tags, behind blanks, a byte order mark or comments.
fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HTML_WITHIN)]).to_lowercase();
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        if let Some(prolog) = rest.strip_prefix("<?xml") {
            // XHTML; a feed or a drawing goes on with other tags.
            rest = prolog.split_once("?>").map_or("", |(_, rest)| rest).trim_start();
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
        } else {
            break;
        }
    }
    const TAGS: [&str; 12] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "script",
        "style",
        "div",
        "h1",
        "p",
        "table",
    ];
    let Some(tag) = rest.strip_prefix('<') else { return false };
    TAGS.iter().any(|name| {
        tag.strip_prefix(name).is_some_and(|next| next.starts_with(['>', ' ', '\t', '\r', '\n', '/']))
    })
}

fn text(bytes: &[u8]) -> FileType {
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(start, Some(b'{' | b'[')) {
        FileType::new("JSON", "application/json", "json", Group::Text)
    } else {
        FileType::new("text", "text/plain", "txt", Group::Text)
    }
}

/// MP4 says in its index (`moov`) which codecs it has. Phones play H.264; sound alone is M4A.
fn mp4(bytes: &[u8]) -> FileType {
    let Some(index) = mp4_index(bytes) else {
        return FileType::new("MP4", "video/mp4", "mp4", Group::Video);
    };
    let has = |name: &[u8; 4]| index.windows(4).any(|window| window == name);
    if has(b"avc1") || has(b"avc3") || has(b"mp4v") || has(b"s263") {
        FileType::new("MP4", "video/mp4", "mp4", Group::Video)
    } else if has(b"hvc1") || has(b"hev1") {
        FileType::new("MP4 (H.265)", "video/mp4; codecs=hvc1", "mp4", Group::Video)
    } else if has(b"av01") {
        FileType::new("MP4 (AV1)", "video/mp4; codecs=av01", "mp4", Group::Video)
    } else if has(b"vp09") {
        FileType::new("MP4 (VP9)", "video/mp4; codecs=vp09", "mp4", Group::Video)
    } else if has(b"soun") && !has(b"vide") {
        FileType::new("M4A", "audio/mp4", "m4a", Group::Audio)
    } else {
        FileType::new("MP4", "video/mp4", "mp4", Group::Video)
    }
}

/// The box `moov`, at most its first part.
fn mp4_index(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 0usize;
    for _ in 0..64 {
        let header = bytes.get(at..at.checked_add(8)?)?;
        let short = u32::from_be_bytes(header[..4].try_into().ok()?) as usize;
        let size = match short {
            0 => bytes.len() - at,
            1 => {
                let long = bytes.get(at + 8..at + 16)?;
                usize::try_from(u64::from_be_bytes(long.try_into().ok()?)).ok()?
            }
            size => size,
        };
        let end = at.checked_add(size.max(8))?;
        if &header[4..8] == b"moov" {
            return bytes.get(at..end.min(bytes.len()).min(at + MAX_MOOV));
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests;
