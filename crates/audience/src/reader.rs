//! Validates records: each becomes a row, or a refused line with its reason.

use std::collections::{BTreeMap, VecDeque};
use std::io::{Read, Seek};

use wahana_domain::phone::{InvalidPhone, Phone};
use wahana_domain::recipients::{ListFormat, ListOrigin, ListWarning, RejectCode, RoleSource};
use wahana_domain::time_zones;

use crate::AudienceError;
use crate::formula;
use crate::header::{Columns, ListColumn};
use crate::header_row;
use crate::options::Options;
use crate::other_columns;
use crate::records::{Problem, Record, is_blank, text};
use crate::sheet_errors::is_sheet_error;
use crate::source::{ListFile, Source};

/// A value in a `Rejected` is cut to this many characters.
const SHOWN: usize = 100;
/// Number of lines that are read ahead to find the columns.
const SAMPLE: usize = 20;

/// One person, or one refused line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A person.
    Row(Row),
    /// A refused line; reading continues.
    Rejected(Rejected),
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// The valid number, as E.164 digits.
    pub phone: Phone,
    /// `None` when the cell is empty or there is no such column.
    pub name: Option<String>,
    /// The tags of the column that holds tags.
    pub tags: Vec<String>,
    /// What was taken with a reservation.
    pub warnings: Vec<ListWarning>,
    /// Every column under its own name, without empty cells and errors of spreadsheets. `phone` and `name` are missing
    /// where they say the same as the fields.
    pub variables: BTreeMap<String, String>,
}

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// The name of the column at fault, if there is one.
    pub column: Option<String>,
    /// The cell or the line, truncated to 100 characters.
    pub value: String,
    /// The reason, for programs.
    pub code: RejectCode,
    /// The reason, for people: what is wrong and what to do.
    pub reason: String,
    /// All cells, for `RejectsWriter`.
    pub fields: Vec<String>,
}

/// Iterator over the rows and refused lines of a file. It ends after an error.
pub struct Reader<R> {
    records: Source<R>,
    /// Records that were read ahead.
    ahead: VecDeque<Record>,
    /// The first lines as text, header not counted.
    sample: Vec<Vec<String>>,
    columns: Columns,
    options: Options,
    /// The line of the header; `None` = there is none.
    header: Option<u64>,
    ended: bool,
}

impl<R: Read + Seek> Reader<R> {
    /// Opens a file of any format, workbooks included.
    ///
    /// # Errors
    /// The file as a whole is not a list of people; the error says why and what to do.
    pub fn open_any(input: R, options: Options) -> Result<Self, AudienceError> {
        let rows = options.preview.then_some((SAMPLE + header_row::MAX_ABOVE + 1) as u64);
        let source = Source::any(input, options.limits, options.sheet.as_deref(), rows)?;
        Self::begin(source, options)
    }
}

impl<R: Read> Reader<R> {
    /// Opens a text file (CSV or vCard): its header determines encoding, delimiter and columns.
    ///
    /// # Errors
    /// The file as a whole is not a list of people; the error says why and what to do.
    pub fn open(input: R, options: Options) -> Result<Self, AudienceError> {
        let source = Source::text(input, options.limits)?;
        Self::begin(source, options)
    }

    fn begin(mut records: Source<R>, options: Options) -> Result<Self, AudienceError> {
        let limits = options.limits;
        let mut ahead = VecDeque::new();
        while ahead.len() <= SAMPLE + header_row::MAX_ABOVE {
            let Some(record) = records.next()? else { break };
            ahead.push_back(record);
        }
        let (header, names) = header_row::take(&mut ahead, &options)?;
        if names.len() > limits.columns {
            return Err(AudienceError::TooManyColumns { limit: limits.columns });
        }
        let first = ahead.iter().take(SAMPLE);
        let sample: Vec<Vec<String>> = first
            .filter(|record| record.problem.is_none() && !is_blank(record))
            .map(|record| record.fields.iter().map(|field| text(field)).collect())
            .collect();
        let (mapping, country) = (options.mapping.as_ref(), options.default_country);
        let columns = Columns::find(names, &sample, mapping, country, header.is_none())?;
        columns.check_required(&options.required)?;
        Ok(Self { records, ahead, sample, columns, options, header, ended: false })
    }

    /// The header as written in the file, trimmed.
    pub fn columns(&self) -> &[String] {
        &self.columns.names
    }

    /// The columns, and what they are taken for.
    pub fn list_columns(&self) -> Vec<ListColumn> {
        self.columns.all()
    }

    /// Format, encoding and sheets.
    pub fn file(&self) -> &ListFile {
        self.records.file()
    }

    /// The program that wrote the list.
    pub fn origin(&self) -> ListOrigin {
        match self.file().format {
            ListFormat::Vcard => ListOrigin::AddressBook,
            _ => other_columns::origin(&self.columns.names),
        }
    }

    /// The line of the header, from 1; `None` where there is none.
    pub fn header_line(&self) -> Option<u64> {
        self.header.filter(|line| *line > 0)
    }

    /// The first lines as text, the header not counted.
    pub fn sample(&self) -> &[Vec<String>] {
        &self.sample
    }

    /// The column that holds the phone; where there are several, the best.
    pub fn phone_column(&self) -> &str {
        &self.columns.names[self.columns.first_phone()]
    }

    /// The column that holds the name; where there are several, the best.
    pub fn name_column(&self) -> Option<&str> {
        self.columns.first_name().map(|at| self.columns.names[at].as_str())
    }

    /// The variables that rows can have.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.columns.variables.iter().map(|(_, name)| name.as_str())
    }

    /// The variable that says the same as the tags of a row.
    pub fn tags_variable(&self) -> Option<&str> {
        let at = self.columns.tags?;
        self.columns.variables.iter().find(|(column, _)| *column == at).map(|(_, name)| name.as_str())
    }

    /// What is to be told of the list as a whole.
    pub fn warnings(&self) -> Vec<ListWarning> {
        let guessed = (self.columns.by == RoleSource::Content).then_some(ListWarning::GuessedColumn);
        let unnamed = self.header.is_none().then_some(ListWarning::NoHeader);
        guessed.into_iter().chain(unnamed).collect()
    }

    fn read(&mut self) -> Result<Option<Event>, AudienceError> {
        let limit = self.options.limits.lines;
        while let Some(record) = self.next_record()? {
            if record.line > limit {
                return Err(AudienceError::TooManyLines { limit });
            }
            // A spreadsheet's empty line: nothing but delimiters.
            if !is_blank(&record) {
                return Ok(Some(self.event(record)));
            }
        }
        Ok(None)
    }

    fn next_record(&mut self) -> Result<Option<Record>, AudienceError> {
        match self.ahead.pop_front() {
            Some(record) => Ok(Some(record)),
            None => self.records.next(),
        }
    }

    fn event(&self, record: Record) -> Event {
        match self.row(&record) {
            Ok(row) => Event::Row(row),
            Err(Refusal { column, value, code, reason }) => {
                let fields = record.fields.iter().map(|field| text(field)).collect();
                let column = column.and_then(|at| self.columns.names.get(at).cloned());
                let value = value.chars().take(SHOWN).collect();
                Event::Rejected(Rejected { line: record.line, column, value, code, reason, fields })
            }
        }
    }

    fn row(&self, record: &Record) -> Result<Row, Refusal> {
        let cells = self.cells(record)?;
        let has_number = |at: usize| cells[at].chars().any(char::is_numeric);
        let label = |at: usize| Some(cells[at].to_owned());
        let at = self.columns.phone(has_number, label);
        let refused = |error: InvalidPhone| Refusal {
            column: Some(at),
            value: cells[at].to_owned(),
            code: error.into(),
            reason: error.to_string(),
        };
        let phone = Phone::parse(cells[at], self.options.default_country).map_err(refused)?;
        let cell = |at: usize| Some(cells[at]).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let mut variables: BTreeMap<String, String> =
            self.columns.variables.iter().filter_map(|(at, name)| Some((name.clone(), cell(*at)?))).collect();
        let mut warnings = self.lost(record);
        if phone.is_old_spelling() {
            warnings.push(ListWarning::OldNumber);
        }
        if let Some(zone) = self.columns.time_zone.and_then(cell) {
            if time_zones::by_name(&zone).is_none() {
                warnings.push(ListWarning::BadTimeZone);
            }
            variables.entry(time_zones::COLUMN.to_owned()).or_insert(zone);
        }
        let tags = self.columns.tags.map(|at| other_columns::split_tags(cells[at])).unwrap_or_default();
        let name = self.columns.name(|at| cells[at]);
        let row = Row { line: record.line, phone, name, tags, warnings, variables };
        self.has_required(&row, record)?;
        Ok(row)
    }

    /// A warning when a cell holds the error of a spreadsheet instead of a value.
    fn lost(&self, record: &Record) -> Vec<ListWarning> {
        let used = |at: &usize| {
            record.fields.get(*at).is_some_and(|cell| may_be_error(cell) && is_sheet_error(&text(cell)))
        };
        let lost = (0..self.columns.names.len()).any(|at| used(&at));
        lost.then_some(ListWarning::SheetError).into_iter().collect()
    }

    /// The cells as trimmed text, exactly as many as there are columns.
    fn cells<'a>(&self, record: &'a Record) -> Result<Vec<&'a str>, Refusal> {
        let line = || text(record.fields.first().map_or(&[], Vec::as_slice));
        match record.problem {
            Some(Problem::LineTooLong) => {
                let reason = format!("the line is longer than {} bytes", self.options.limits.line_bytes);
                return Err(Refusal::line(RejectCode::LineTooLong, line(), reason));
            }
            Some(Problem::UnclosedQuote) => {
                let reason = "a quotation mark is opened and never closed; close it or double it".into();
                return Err(Refusal::line(RejectCode::UnclosedQuote, line(), reason));
            }
            None => {}
        }
        let (expected, found) = (self.columns.names.len(), record.fields.len());
        let surplus = record.fields.iter().skip(expected).any(|field| !field.trim_ascii().is_empty());
        if found < expected || surplus {
            let code = if surplus { RejectCode::TooManyFields } else { RejectCode::TooFewFields };
            let hint = if surplus { "; a value with a delimiter in it needs quotation marks" } else { "" };
            let reason = format!("the line has {found} fields, the header {expected}{hint}");
            let all: Vec<String> = record.fields.iter().take(expected + 8).map(|field| text(field)).collect();
            return Err(Refusal::line(code, all.join(" | "), reason));
        }
        let checked = record.fields.iter().take(expected).enumerate().map(|(at, field)| clean(at, field));
        checked.collect()
    }

    fn has_required(&self, row: &Row, record: &Record) -> Result<(), Refusal> {
        let there = |name: &String| match name.as_str() {
            "phone" => true,
            "name" => row.name.is_some() || row.variables.contains_key("name"),
            other => row.variables.contains_key(other),
        };
        let Some(missing) = self.options.required.iter().find(|name| !there(name)) else { return Ok(()) };
        let by_variable = self.columns.variables.iter().find(|(_, name)| name == missing).map(|(at, _)| *at);
        let column = by_variable.or(self.columns.first_name());
        let value = column.and_then(|at| record.fields.get(at)).map(|field| text(field)).unwrap_or_default();
        let why =
            if value.is_empty() { "has no value for it" } else { "has the error of a spreadsheet for it" };
        let reason = format!("the message uses {{{{{missing}}}}}, and this person {why}");
        Err(Refusal { column, value, code: RejectCode::MissingVariable, reason })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Event, AudienceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let event = self.read().transpose();
        self.ended = !matches!(event, Some(Ok(_)));
        event
    }
}

struct Refusal {
    column: Option<usize>,
    value: String,
    code: RejectCode,
    reason: String,
}

impl Refusal {
    fn line(code: RejectCode, value: String, reason: String) -> Self {
        Self { column: None, value, code, reason }
    }
}

/// The cell as text, without the apostrophe that our own exports put before what looks like a formula.
fn clean(at: usize, field: &[u8]) -> Result<&str, Refusal> {
    let refuse = |reason: &str| Refusal {
        column: Some(at),
        value: text(field),
        code: RejectCode::BadEncoding,
        reason: format!("{reason}; save the file as CSV UTF-8"),
    };
    let cell = std::str::from_utf8(field).map_err(|_| refuse("these bytes are not valid UTF-8"))?;
    if cell.contains('\u{fffd}') {
        return Err(refuse("letters were lost in an earlier conversion"));
    }
    if cell.contains('\0') {
        return Err(refuse("there is a zero byte in it"));
    }
    let cell = cell.trim();
    if is_sheet_error(cell) {
        return Ok("");
    }
    Ok(formula::unguarded(cell).trim())
}

/// Whether a cell begins like the error of a spreadsheet.
fn may_be_error(field: &[u8]) -> bool {
    matches!(field.trim_ascii().first(), Some(b'#' | b'e' | b'E'))
}
