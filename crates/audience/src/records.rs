//! Assembles records of one or more lines. A quote that is never closed invalidates one line, not the rest of
//! the file: the lines after it are read again. It must never hold more than one record.

use std::collections::VecDeque;
use std::io::Read;

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::AudienceError;
use crate::format;
use crate::lines::{Line, Lines};

/// A record of more lines than this has an unclosed quote.
const MAX_LINES: usize = 100;
/// Number of lines from which the delimiter is guessed.
const SAMPLE_LINES: usize = 20;
const DELIMITERS: [u8; 4] = *b",;\t|";

/// One record.
#[derive(Debug)]
pub(crate) struct Record {
    /// Where it begins, from 1.
    pub(crate) line: u64,
    pub(crate) fields: Vec<Vec<u8>>,
    pub(crate) problem: Option<Problem>,
}

/// An invalid record; its only field is the unchanged line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    LineTooLong,
    UnclosedQuote,
}

pub(crate) struct Records<R> {
    lines: Lines<R>,
    /// Lines that were read ahead.
    given_back: VecDeque<Line>,
    parser: csv_core::Reader,
    delimiter: u8,
    limit: usize,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    /// Guesses the delimiter from the first lines; a first line `sep=;` (written by Excel) decides it.
    pub(crate) fn open(input: R, line_limit: usize, column_limit: usize) -> Result<Self, AudienceError> {
        let mut lines = Lines::new(input, line_limit);
        let mut sample = VecDeque::new();
        while sample.len() < SAMPLE_LINES {
            let Some(line) = lines.next()? else { break };
            sample.push_back(line);
        }
        let told = sample.front().and_then(|line| match line.bytes.as_slice() {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter),
            _ => None,
        });
        if told.is_some() {
            sample.pop_front();
        }
        let delimiter = told.unwrap_or_else(|| likeliest(&sample));
        Ok(Self {
            lines,
            given_back: sample,
            parser: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            limit: line_limit,
            fields: vec![0; line_limit + MAX_LINES],
            ends: vec![0; column_limit * 4],
        })
    }

    /// The name of the encoding, as far as it is known.
    pub(crate) fn encoding(&self) -> &'static str {
        self.lines.encoding()
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Whether this is an address book and no table.
    pub(crate) fn is_address_book(&self) -> bool {
        let mut lines = self.given_back.iter().filter(|line| !line.bytes.trim_ascii().is_empty());
        lines.next().is_some_and(|line| format::is_address_book(&line.bytes))
    }

    /// The lines, from the first on, when nothing was read.
    pub(crate) fn into_lines(self) -> (VecDeque<Line>, Lines<R>) {
        (self.given_back, self.lines)
    }

    /// The next record that is not blank.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, AudienceError> {
        loop {
            let Some(first) = self.take()? else { return Ok(None) };
            if first.too_long {
                return Ok(Some(whole_line(first, Problem::LineTooLong)));
            }
            if !first.bytes.trim_ascii().is_empty() {
                return self.assemble(first).map(Some);
            }
        }
    }

    fn take(&mut self) -> Result<Option<Line>, AudienceError> {
        match self.given_back.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    fn assemble(&mut self, first: Line) -> Result<Record, AudienceError> {
        self.parser.reset();
        let (mut written, mut ended, mut size) = (0, 0, 0);
        let mut lines = vec![first];
        while let Some(line) = lines.last_mut() {
            size += line.bytes.len() + 1;
            line.bytes.push(b'\n');
            let (result, _, out, ends) =
                self.parser.read_record(&line.bytes, &mut self.fields[written..], &mut self.ends[ended..]);
            line.bytes.pop();
            written += out;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty if lines.len() < MAX_LINES && size <= self.limit => {}
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => break,
                // The record already has more fields than are allowed.
                _ if lines.len() > 1 && !properly_quoted(&lines, self.delimiter) => break,
                ReadRecordResult::Record | ReadRecordResult::OutputEndsFull | ReadRecordResult::End => {
                    return Ok(self.record(lines[0].number, ended));
                }
            }
            match self.take()? {
                Some(line) if !line.too_long => lines.push(line),
                Some(line) => {
                    self.given_back.push_front(line);
                    break;
                }
                None => break,
            }
        }
        let mut lines = lines.into_iter();
        let first = lines.next();
        for line in lines.rev() {
            self.given_back.push_front(line);
        }
        let none = Line { number: 0, bytes: Vec::new(), too_long: false };
        Ok(whole_line(first.unwrap_or(none), Problem::UnclosedQuote))
    }

    fn record(&self, line: u64, fields: usize) -> Record {
        let mut start = 0;
        let cut = |end: &usize| self.fields[std::mem::replace(&mut start, *end)..*end].to_vec();
        Record { line, fields: self.ends[..fields].iter().map(cut).collect(), problem: None }
    }
}

fn whole_line(line: Line, problem: Problem) -> Record {
    Record { line: line.number, fields: vec![line.bytes], problem: Some(problem) }
}

/// Whether every closing quote is followed by a delimiter or the end of a line. Otherwise two lines that each
/// open a quote and never close it look like one record, and a person would be lost.
fn properly_quoted(lines: &[Line], delimiter: u8) -> bool {
    let mut quoted = false;
    for line in lines {
        let mut before = delimiter;
        let mut bytes = line.bytes.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match (byte, quoted) {
                (b'"', true) if bytes.next_if_eq(&b'"').is_none() => {
                    quoted = false;
                    if bytes.peek().is_some_and(|next| *next != delimiter) {
                        return false;
                    }
                }
                (b'"', false) if before == delimiter => quoted = true,
                _ => {}
            }
            before = byte;
        }
    }
    !quoted
}

/// The delimiter that splits the header into several fields and most lines into the same number of fields.
fn likeliest(sample: &VecDeque<Line>) -> u8 {
    let score = |delimiter: u8| {
        let mut counts = sample
            .iter()
            .filter(|line| !line.bytes.trim_ascii().is_empty())
            .map(|line| count(line, delimiter));
        let header = counts.next().unwrap_or(1);
        if header < 2 { (0, 0) } else { (1 + counts.filter(|n| *n == header).count(), header) }
    };
    // max_by_key returns the last of equals, so the comma comes last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// Number of fields of a line; delimiters within quotes do not count.
fn count(line: &Line, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut fields = 1;
    for byte in &line.bytes {
        quoted ^= *byte == b'"';
        fields += usize::from(*byte == delimiter && !quoted);
    }
    fields
}

/// Whether a record has no text.
pub(crate) fn is_blank(record: &Record) -> bool {
    record.fields.iter().all(|field| field.trim_ascii().is_empty())
}

/// The cell as text, whatever is in it.
pub(crate) fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field).replace('\0', "\u{fffd}").trim().to_owned()
}
