//! The ways to send a file, and how large a file of each may be: the one table of limits.
//!
//! The limits are those that WhatsApp publishes for its Cloud API (images 5 MB, video and audio 16 MB, documents
//! 100 MB). WAHA takes a file as base64 in a request of 50 MB, so nothing is larger than 37 MB (docs/waha.md section 4).

use crate::Rule;
use crate::closed::closed_enum;

closed_enum! {
    /// A way to send a file.
    MediaKind {
        /// A picture.
        Image = "image",
        /// A video.
        Video = "video",
        /// Any file, under its name.
        Document = "document",
        /// A voice note.
        Voice = "voice",
    }
}

closed_enum! {
    /// A conversion that a worker can do, if it has the programs.
    MediaConversion {
        /// Pictures to JPEG.
        Image = "image",
        /// HEIC and AVIF to JPEG.
        Heic = "heic",
        /// Films to MP4 with H.264 and AAC.
        Video = "video",
        /// Sound to OGG with Opus.
        Voice = "voice",
    }
}

/// What WAHA takes as base64 in a body of 50 MB.
pub const MAX_FILE_BYTES: u64 = 37_000_000;

impl MediaKind {
    /// The formats that WhatsApp takes this way, for people.
    pub const fn takes(self) -> &'static [&'static str] {
        match self {
            Self::Image => &["JPEG", "PNG"],
            Self::Video => &["MP4 (H.264)", "3GP"],
            Self::Document => &["any file but a web page"],
            Self::Voice => &["OGG (Opus)"],
        }
    }
}

/// The largest file of each kind, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MediaLimits {
    /// Pictures.
    pub image: u64,
    /// Videos.
    pub video: u64,
    /// Documents.
    pub document: u64,
    /// Voice notes.
    pub voice: u64,
}

impl Default for MediaLimits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self { image: 5 * MIB, video: 16 * MIB, document: MAX_FILE_BYTES, voice: 16 * MIB }
    }
}

impl MediaLimits {
    /// The largest file of this kind.
    pub const fn of(&self, kind: MediaKind) -> u64 {
        let limit = match kind {
            MediaKind::Image => self.image,
            MediaKind::Video => self.video,
            MediaKind::Document => self.document,
            MediaKind::Voice => self.voice,
        };
        if limit < MAX_FILE_BYTES { limit } else { MAX_FILE_BYTES }
    }

    /// The largest file of all.
    pub fn most(&self) -> u64 {
        MediaKind::ALL.iter().map(|kind| self.of(*kind)).max().unwrap_or(MAX_FILE_BYTES)
    }

    /// Checks a size.
    ///
    /// # Errors
    /// The rule that names the size and the limit.
    pub fn check(&self, kind: MediaKind, size: u64) -> Result<(), Rule> {
        let max = self.of(kind);
        if size == 0 {
            return Err(Rule::EmptyFile);
        }
        if size > max {
            return Err(Rule::FileTooLarge { kind: kind.as_str().into(), size, max });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b31_each_kind_has_a_limit_that_its_refusal_names() {
        let limits = MediaLimits::default();
        for kind in MediaKind::ALL {
            let max = limits.of(*kind);
            assert!(max <= MAX_FILE_BYTES && limits.check(*kind, max).is_ok(), "{kind}");
            let rule = limits.check(*kind, max + 1).unwrap_err();
            assert!(rule.to_string().contains(&max.to_string()), "{rule}");
            assert_eq!(limits.check(*kind, 0), Err(Rule::EmptyFile));
        }
        let raised = MediaLimits { image: u64::MAX, ..limits };
        assert_eq!(raised.of(MediaKind::Image), MAX_FILE_BYTES, "nothing goes beyond what WAHA takes");
    }
}
