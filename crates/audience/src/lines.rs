//! Physical lines, ended by LF, CR LF or CR. It must never hold more of a line than the limit.

use std::io::Read;

use crate::AudienceError;
use crate::encoding::Decoded;

/// One line without its end.
#[derive(Debug)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// At most the limit; the beginning when it was longer.
    pub(crate) bytes: Vec<u8>,
    pub(crate) too_long: bool,
}

pub(crate) struct Lines<R> {
    source: Decoded<R>,
    chunk: Vec<u8>,
    at: usize,
    number: u64,
    limit: usize,
    after_cr: bool,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        let source = Decoded::new(input);
        Self { source, chunk: Vec::new(), at: 0, number: 0, limit, after_cr: false }
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.source.encoding()
    }

    pub(crate) fn next(&mut self) -> Result<Option<Line>, AudienceError> {
        let mut line = Line { number: self.number + 1, bytes: Vec::new(), too_long: false };
        let mut begun = false;
        loop {
            if self.at == self.chunk.len() && !self.refill()? {
                self.number += u64::from(begun);
                return Ok(begun.then_some(line));
            }
            if std::mem::take(&mut self.after_cr) && self.chunk[self.at] == b'\n' {
                self.at += 1;
                continue;
            }
            begun = true;
            let rest = &self.chunk[self.at..];
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let content = &rest[..end.unwrap_or(rest.len())];
            let room = self.limit - line.bytes.len();
            line.too_long |= content.len() > room;
            line.bytes.extend_from_slice(&content[..content.len().min(room)]);
            self.at += content.len();
            if end.is_some() {
                self.after_cr = self.chunk[self.at] == b'\r';
                self.at += 1;
                self.number += 1;
                return Ok(Some(line));
            }
        }
    }

    fn refill(&mut self) -> Result<bool, AudienceError> {
        self.at = 0;
        loop {
            self.chunk.clear();
            if !self.source.read_into(&mut self.chunk)? {
                return Ok(false);
            }
            if !self.chunk.is_empty() {
                return Ok(true);
            }
        }
    }
}
