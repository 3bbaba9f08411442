//! Whether a file may be sent in a way: as it is, after a conversion, or not.

use wahana_domain::messages::{MediaConversion, MediaKind};
use wahana_domain::{Names, Rule};

use crate::{FileType, Group};

/// What has to happen before a file can be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Nothing.
    AsIs,
    /// A conversion to what WhatsApp takes.
    Convert,
    /// The same, but WAHA can do it where we have no program for it.
    ConvertOrWaha,
}

/// Whether a file of this type may be sent this way.
///
/// # Errors
/// The rule that names what it is and what is taken.
pub fn fit(kind: MediaKind, file: &FileType, told: &str) -> Result<Fit, Rule> {
    let mimetype = file.mimetype.as_ref();
    let fits = match (kind, file.group) {
        (MediaKind::Image, Group::Image) if is_picture(mimetype) => Some(Fit::AsIs),
        (MediaKind::Image, Group::Image) if is_convertible_picture(mimetype) => Some(Fit::Convert),
        (MediaKind::Video, Group::Video)
            if matches!(mimetype, "video/mp4" | "video/3gpp" | "video/3gpp2") =>
        {
            Some(Fit::AsIs)
        }
        (MediaKind::Video, Group::Video) => Some(Fit::ConvertOrWaha),
        (MediaKind::Video, Group::Image) if mimetype == "image/gif" => Some(Fit::ConvertOrWaha),
        (MediaKind::Voice, Group::Audio) if mimetype.ends_with("codecs=opus") => Some(Fit::AsIs),
        (MediaKind::Voice, Group::Audio) => Some(Fit::ConvertOrWaha),
        // Recorders of browsers, and films of which the sound is wanted.
        (MediaKind::Voice, Group::Video) => Some(Fit::ConvertOrWaha),
        (MediaKind::Document, group) => is_document(group, told).then_some(Fit::AsIs),
        _ => None,
    };
    fits.ok_or_else(|| Rule::WrongFileType {
        found: file.name.clone().into_owned(),
        kind: kind.as_str().into(),
        takes: Names::of(kind.takes()),
    })
}

/// The conversion that makes this kind of such a file; `None` if there is none.
pub fn conversion(kind: MediaKind, file: &FileType) -> Option<MediaConversion> {
    match kind {
        MediaKind::Image if is_of_heif(&file.mimetype) => Some(MediaConversion::Heic),
        MediaKind::Image => Some(MediaConversion::Image),
        MediaKind::Video => Some(MediaConversion::Video),
        MediaKind::Voice => Some(MediaConversion::Voice),
        MediaKind::Document => None,
    }
}

fn is_of_heif(mimetype: &str) -> bool {
    ["image/hei", "image/avif"].iter().any(|start| mimetype.starts_with(start))
}

fn is_picture(mimetype: &str) -> bool {
    matches!(mimetype, "image/jpeg" | "image/png" | "image/apng")
}

fn is_convertible_picture(mimetype: &str) -> bool {
    matches!(
        mimetype,
        "image/heic"
            | "image/heif"
            | "image/heic-sequence"
            | "image/heif-sequence"
            | "image/avif"
            | "image/webp"
            | "image/tiff"
            | "image/bmp"
            | "image/gif"
    )
}

/// Anything is a document, but not a page, an error or a text in place of a file of another kind.
fn is_document(group: Group, told: &str) -> bool {
    let told = told.split(';').next().unwrap_or_default().trim();
    let binary = ["image/", "video/", "audio/"].iter().any(|start| told.starts_with(start))
        || matches!(
            told,
            "application/pdf" | "application/zip" | "application/msword" | "application/x-rar-compressed"
        )
        || told.starts_with("application/vnd.openxmlformats")
        || told.starts_with("application/vnd.oasis")
        || told.starts_with("application/vnd.ms-");
    match group {
        Group::Html => matches!(told, "text/html" | "application/xhtml+xml"),
        Group::Text => !binary || matches!(told, "image/svg+xml" | "application/vnd.ms-excel"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn fits(kind: MediaKind, bytes: &[u8], told: &str) -> Result<Fit, String> {
        fit(kind, &FileType::of(bytes), told).map_err(|rule| rule.to_string())
    }

    #[test]
    fn b16_what_does_not_go_says_what_it_is_and_what_goes() {
        assert_eq!(fits(MediaKind::Image, HEIC, "image/jpeg"), Ok(Fit::Convert));
        assert_eq!(fits(MediaKind::Image, PNG, "image/heic"), Ok(Fit::AsIs));
        let refused = fits(MediaKind::Voice, PNG, "audio/ogg").unwrap_err();
        assert_eq!(refused, "the file is PNG; as voice WhatsApp takes OGG (Opus)");
        for (kind, bytes) in [
            (MediaKind::Image, &b"%PDF-1.4"[..]),
            (MediaKind::Image, b"<html>"),
            (MediaKind::Image, b"hello"),
            (MediaKind::Image, &[0, 1, 2]),
            (MediaKind::Video, PNG),
            (MediaKind::Video, b"ID3\x04\0\0\0\0\0\0"),
        ] {
            assert!(fits(kind, bytes, "").is_err(), "{kind} {bytes:?}");
        }
        assert_eq!(fits(MediaKind::Voice, b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"), Ok(Fit::ConvertOrWaha));
    }

    #[test]
    fn b17_a_page_or_an_error_is_no_document_of_another_kind() {
        let page = b"<!doctype html><title>Sign in</title>";
        assert!(fits(MediaKind::Document, page, "application/pdf").is_err());
        assert!(fits(MediaKind::Document, page, "application/octet-stream").is_err());
        assert_eq!(fits(MediaKind::Document, page, "text/html; charset=utf-8"), Ok(Fit::AsIs));
        assert!(fits(MediaKind::Document, b"{\"error\":\"expired\"}", "application/pdf").is_err());
        assert_eq!(fits(MediaKind::Document, b"{\"a\":1}", "application/json"), Ok(Fit::AsIs));
        assert_eq!(fits(MediaKind::Document, b"a,b\n", "text/csv"), Ok(Fit::AsIs));
        assert_eq!(fits(MediaKind::Document, &[0, 159, 146], "application/x-my-app"), Ok(Fit::AsIs));
    }
}
