//! Converts bytes of unknown encoding to UTF-8, chunk by chunk. The first chunk that is not pure ASCII
//! decides the encoding. It must never guess UTF-16 or a legacy encoding for a UTF-8 file that merely has
//! some broken lines.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::AudienceError;

/// Bytes that are read and held at a time.
const CHUNK: usize = 64 * 1024;

/// File types that people upload by mistake, recognized by their first bytes.
const MAGIC: [(&[u8], &str); 7] = [
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of the old kind (XLS), or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
];

/// The input as UTF-8, or the raw bytes of a UTF-8 file with invalid lines, which the caller refuses.
pub(crate) struct Decoded<R> {
    input: R,
    mode: Mode,
    raw: Vec<u8>,
    ended: bool,
}

enum Mode {
    Start,
    AsciiSoFar,
    Utf8,
    Other(Box<Decoder>),
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, mode: Mode::Start, raw: vec![0; CHUNK], ended: false }
    }

    /// The name of the encoding, as far as it is known.
    pub(crate) fn encoding(&self) -> &'static str {
        match &self.mode {
            Mode::Other(decoder) => decoder.encoding().name(),
            _ => UTF_8.name(),
        }
    }

    /// Appends the next chunk to `out`; false at the end of the input.
    pub(crate) fn read_into(&mut self, out: &mut Vec<u8>) -> Result<bool, AudienceError> {
        if self.ended {
            return Ok(false);
        }
        let filled = fill(&mut self.input, &mut self.raw)?;
        self.ended = filled < self.raw.len();
        let mut chunk = &self.raw[..filled];
        if matches!(self.mode, Mode::Start) {
            let (mode, bom) = start(chunk)?;
            self.mode = mode;
            chunk = &chunk[bom..];
        }
        if matches!(self.mode, Mode::AsciiSoFar) && !chunk.is_ascii() {
            self.mode = decide(chunk);
        }
        match &mut self.mode {
            Mode::Other(decoder) => decode(decoder, chunk, out, self.ended),
            _ => out.extend_from_slice(chunk),
        }
        Ok(true)
    }
}

fn fill(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Checks for a byte order mark, then for UTF-16 without one, then for binary files.
fn start(chunk: &[u8]) -> Result<(Mode, usize), AudienceError> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| chunk.starts_with(magic)) {
        return Err(AudienceError::Binary { what });
    }
    if let Some((encoding, length)) = Encoding::for_bom(chunk) {
        let mode = if encoding == UTF_8 { Mode::Utf8 } else { other(encoding) };
        return Ok((mode, length));
    }
    if let Some(encoding) = utf16_without_mark(chunk) {
        return Ok((other(encoding), 0));
    }
    if chunk.contains(&0) {
        return Err(AudienceError::Binary { what: "a binary file" });
    }
    Ok((Mode::AsciiSoFar, 0))
}

fn other(encoding: &'static Encoding) -> Mode {
    Mode::Other(Box::new(encoding.new_decoder_without_bom_handling()))
}

/// Latin text in UTF-16 has a zero in every second byte, always on the same side.
fn utf16_without_mark(chunk: &[u8]) -> Option<&'static Encoding> {
    let sample = &chunk[..chunk.len().min(1024)];
    let zeros = |side| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even, odd) {
        (0, odd) if half > 1 && odd * 2 > half => Some(UTF_16LE),
        (even, 0) if half > 1 && even * 2 > half => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 with a few invalid places stays UTF-8; otherwise a legacy encoding, usually windows-1252.
fn decide(chunk: &[u8]) -> Mode {
    let (mut good, mut bad) = (0, 0);
    let mut seen = 0;
    for part in chunk.utf8_chunks() {
        good += part.valid().chars().filter(|c| !c.is_ascii()).count();
        seen += part.valid().len() + part.invalid().len();
        let cut_by_chunk = seen == chunk.len() && chunk.len() == CHUNK;
        bad += usize::from(!part.invalid().is_empty() && !cut_by_chunk);
    }
    if bad == 0 || good >= 2 * bad {
        return Mode::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(chunk, true);
    other(detector.guess(None, Utf8Detection::Deny))
}

fn decode(decoder: &mut Decoder, mut chunk: &[u8], out: &mut Vec<u8>, last: bool) {
    loop {
        let start = out.len();
        let room = decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(CHUNK * 3);
        out.resize(start + room, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(chunk, &mut out[start..], last);
        out.truncate(start + written);
        chunk = &chunk[read..];
        if matches!(result, encoding_rs::CoderResult::InputEmpty) {
            return;
        }
    }
}
