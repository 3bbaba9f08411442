//! Address books as vCard (2.1, 3.0, 4.0): each card becomes a record below a header of ours. Of a card's numbers the
//! one for WhatsApp is best, then mobiles, then others. It must never hold a picture, nor more than one card.

use std::collections::VecDeque;
use std::io::Read;

use encoding_rs::Encoding;

use crate::AudienceError;
use crate::column_names::{ColumnNames, PhoneKind};
use crate::lines::{Line, Lines};
use crate::records::Record;

/// The header of all cards.
const COLUMNS: [&str; 12] = [
    "Name",
    "WhatsApp",
    "Mobile",
    "Phone",
    "Further numbers",
    "Labels",
    "Email",
    "Organization",
    "Job title",
    "Birthday",
    "Nickname",
    "Note",
];
/// Properties that are read; all others, pictures among them, are passed over.
const READ: [&str; 14] = [
    "FN",
    "N",
    "TEL",
    "CATEGORIES",
    "EMAIL",
    "ORG",
    "TITLE",
    "BDAY",
    "NICKNAME",
    "NOTE",
    "X-ABLABEL",
    "IMPP",
    "X-WHATSAPP",
    "X-SOCIALPROFILE",
];
/// Most values of one property.
const MAX_VALUES: usize = 50;

/// Cards as records.
pub(crate) struct Cards<R> {
    ahead: VecDeque<Line>,
    lines: Lines<R>,
    known: ColumnNames,
    limit: usize,
    header: bool,
}

/// One line of a card, unfolded and decoded.
struct Property {
    group: String,
    name: String,
    params: Vec<(String, String)>,
    value: String,
}

/// A number with what was said of it.
struct Number {
    group: String,
    kind: PhoneKind,
    preferred: bool,
    text: String,
}

#[derive(Default)]
struct Card {
    line: u64,
    name: String,
    parts: Vec<String>,
    numbers: Vec<Number>,
    labels: Vec<(String, String)>,
    tags: Vec<String>,
    email: String,
    organization: String,
    title: String,
    birthday: String,
    nickname: String,
    note: String,
}

impl<R: Read> Cards<R> {
    pub(crate) fn new(ahead: VecDeque<Line>, lines: Lines<R>, limit: usize) -> Self {
        Self { ahead, lines, known: ColumnNames::new(), limit, header: true }
    }

    /// The header, then a record for each card.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, AudienceError> {
        if std::mem::take(&mut self.header) {
            let fields = COLUMNS.iter().map(|name| name.as_bytes().to_vec()).collect();
            return Ok(Some(Record { line: 0, fields, problem: None }));
        }
        let mut card: Option<Card> = None;
        // Cards within a card (`AGENT`) are other people.
        let (mut inner, mut agent) = (0, false);
        while let Some((number, property)) = self.property()? {
            let begins = property.name == "BEGIN" && property.value.trim().eq_ignore_ascii_case("VCARD");
            let ends = property.name == "END" && property.value.trim().eq_ignore_ascii_case("VCARD");
            match &mut card {
                None if begins => card = Some(Card { line: number, ..Card::default() }),
                Some(_) if begins && agent => inner += 1,
                // The end of the card before is missing.
                Some(_) if begins => {
                    let text = b"BEGIN:VCARD".to_vec();
                    self.ahead.push_front(Line { number, bytes: text, too_long: false });
                    break;
                }
                Some(_) if ends && inner > 0 => inner -= 1,
                Some(_) if ends => break,
                Some(card) if inner == 0 => self.take(card, &property),
                _ => {}
            }
            agent = property.name == "AGENT" || (agent && !begins);
        }
        Ok(card.map(Card::record))
    }

    fn take(&self, card: &mut Card, property: &Property) {
        let Property { group, name, params, value } = property;
        let text = unescaped(value);
        let set = |field: &mut String| {
            if field.is_empty() {
                field.clone_from(&text);
            }
        };
        match name.as_str() {
            "FN" => set(&mut card.name),
            "N" if card.parts.is_empty() => card.parts = split(value, ';'),
            "NICKNAME" => set(&mut card.nickname),
            "EMAIL" => set(&mut card.email),
            "TITLE" => set(&mut card.title),
            "BDAY" => set(&mut card.birthday),
            "NOTE" => set(&mut card.note),
            "ORG" if card.organization.is_empty() => {
                let parts = split(value, ';').into_iter().filter(|part| !part.is_empty());
                card.organization = parts.collect::<Vec<_>>().join(", ");
            }
            "CATEGORIES" => {
                let tags = split(value, ',').into_iter().filter(|tag| !tag.is_empty());
                card.tags.extend(tags.take(MAX_VALUES));
            }
            "X-ABLABEL" if !group.is_empty() => card.labels.push((group.clone(), text)),
            "TEL" if card.numbers.len() < MAX_VALUES => {
                card.numbers.extend(self.number(group, params, &text))
            }
            "X-WHATSAPP" | "IMPP" | "X-SOCIALPROFILE" if card.numbers.len() < MAX_VALUES => {
                let told = format!("{} {text}", types(params).join(" ")).to_lowercase();
                let text = text.rsplit(':').next().unwrap_or_default().trim().to_owned();
                let digits = text.chars().filter(char::is_ascii_digit).count();
                if (name == "X-WHATSAPP" || told.contains("whatsapp")) && digits >= 8 {
                    let kind = PhoneKind::WhatsApp;
                    card.numbers.push(Number { group: String::new(), kind, preferred: true, text });
                }
            }
            _ => {}
        }
    }

    /// A number and its kind; `None` for a fax.
    fn number(&self, group: &str, params: &[(String, String)], value: &str) -> Option<Number> {
        let types = types(params);
        let is = |wanted: &[&str]| types.iter().any(|kind| wanted.contains(&kind.as_str()));
        let told = types.iter().filter_map(|kind| self.known.label(kind)).min();
        // What WhatsApp itself writes when a contact is shared.
        let account = params.iter().find(|(name, _)| name == "WAID").map(|(_, id)| format!("+{id}"));
        let kind = match &account {
            Some(_) => PhoneKind::WhatsApp,
            None if is(&["FAX", "PAGER", "MODEM"]) => return None,
            None if is(&["CELL", "IPHONE", "MOBILE"]) => PhoneKind::Mobile,
            None => told.unwrap_or(PhoneKind::Phone),
        };
        let preferred = is(&["PREF"]) || params.iter().any(|(name, _)| name == "PREF");
        let value = value.trim();
        let value =
            value.get(..4).filter(|start| start.eq_ignore_ascii_case("tel:")).map_or(value, |_| &value[4..]);
        let text = account.unwrap_or_else(|| value.split(';').next().unwrap_or_default().trim().to_owned());
        (!text.is_empty()).then(|| Number { group: group.to_owned(), kind, preferred, text })
    }

    /// The next property that is read, with its line.
    fn property(&mut self) -> Result<Option<(u64, Property)>, AudienceError> {
        loop {
            let Some(first) = self.line()? else { return Ok(None) };
            let wanted = wanted(&first.bytes);
            let mut bytes = first.bytes;
            // Lines of a folded value begin with a space, those of quoted-printable follow a `=`.
            while let Some(next) = self.line()? {
                let soft = bytes.last() == Some(&b'=') && quoted_printable(&bytes);
                let folded = matches!(next.bytes.first(), Some(b' ' | b'\t'));
                if !soft && !folded {
                    self.ahead.push_front(next);
                    break;
                }
                let rest = if soft { &next.bytes[..] } else { &next.bytes[1..] };
                if soft {
                    bytes.pop();
                }
                if wanted && bytes.len() + rest.len() <= self.limit {
                    bytes.extend_from_slice(rest);
                }
            }
            if !wanted {
                continue;
            }
            if let Some(property) = parse(&bytes) {
                return Ok(Some((first.number, property)));
            }
        }
    }

    fn line(&mut self) -> Result<Option<Line>, AudienceError> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }
}

impl Card {
    fn record(mut self) -> Record {
        let labels = std::mem::take(&mut self.labels);
        let known = ColumnNames::new();
        for number in &mut self.numbers {
            let told = labels.iter().find(|(group, _)| !group.is_empty() && *group == number.group);
            if let Some(kind) = told.and_then(|(_, label)| known.label(label)) {
                number.kind = number.kind.min(kind);
            }
        }
        self.numbers.sort_by_key(|number| (number.kind, !number.preferred));
        let mut rest = self.numbers.into_iter();
        let mut best: [String; 3] = Default::default();
        let mut others = Vec::new();
        for number in rest.by_ref() {
            let place = match number.kind {
                PhoneKind::WhatsApp => 0,
                PhoneKind::Mobile => 1,
                _ => 2,
            };
            if best[place].is_empty() { best[place] = number.text } else { others.push(number.text) }
        }
        let part = |at: usize| self.parts.get(at).map(String::as_str).unwrap_or_default();
        let joined = [part(1), part(2), part(0)];
        let joined: Vec<&str> = joined.into_iter().filter(|part| !part.is_empty()).collect();
        let name = [self.name.as_str(), &joined.join(" "), &self.nickname, &self.organization];
        let name = name.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default().to_owned();
        let [whatsapp, mobile, phone] = best;
        let (others, tags) = (others.join(" ; "), self.tags.join(";"));
        let Self { line, email, organization, title, birthday, nickname, note, .. } = self;
        let cells = [
            name,
            whatsapp,
            mobile,
            phone,
            others,
            tags,
            email,
            organization,
            title,
            birthday,
            nickname,
            note,
        ];
        Record { line, fields: cells.into_iter().map(String::into_bytes).collect(), problem: None }
    }
}

/// Whether a line begins a property that is read.
fn wanted(line: &[u8]) -> bool {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';')).unwrap_or(line.len());
    let name = line[..end].rsplit(|byte| *byte == b'.').next().unwrap_or_default().trim_ascii();
    let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
    READ.iter().any(is) || ["BEGIN", "END", "AGENT"].iter().any(is)
}

fn quoted_printable(line: &[u8]) -> bool {
    let end = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
    String::from_utf8_lossy(&line[..end]).to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn parse(line: &[u8]) -> Option<Property> {
    let mut quoted = false;
    let colon = line.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    })?;
    let head = String::from_utf8_lossy(&line[..colon]);
    let mut pieces = head.split(';');
    let name = pieces.next()?.trim();
    let (group, name) = name.rsplit_once('.').unwrap_or(("", name));
    let params: Vec<(String, String)> = pieces
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or(("TYPE", piece));
            (name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned())
        })
        .collect();
    let raw = &line[colon + 1..];
    let bytes = if quoted_printable(line) { unquoted(raw) } else { raw.to_vec() };
    let charset = params.iter().find(|(name, _)| name == "CHARSET");
    let encoding = charset.and_then(|(_, label)| Encoding::for_label(label.as_bytes()));
    let value = match (std::str::from_utf8(&bytes), encoding) {
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        (Err(_), None) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Some(Property { group: group.to_ascii_lowercase(), name: name.to_ascii_uppercase(), params, value })
}

/// The bytes of a quoted-printable value.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.iter().copied();
    while let Some(byte) = bytes.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let mut ahead = bytes.clone();
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    out
}

/// The types of a number in capitals, from `TYPE=CELL,VOICE`, `TYPE=CELL;TYPE=VOICE` or `CELL;VOICE`.
fn types(params: &[(String, String)]) -> Vec<String> {
    let values = params.iter().filter(|(name, _)| name == "TYPE").map(|(_, value)| value);
    values.flat_map(|value| value.split(',')).map(|kind| kind.trim().to_ascii_uppercase()).collect()
}

/// The parts of a value between marks that are not escaped.
fn split(value: &str, mark: char) -> Vec<String> {
    let (mut parts, mut escaped) = (vec![String::new()], false);
    for letter in value.chars() {
        if letter == mark && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    parts.iter().map(|part| unescaped(part).trim().to_owned()).collect()
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('n' | 'N')) => {
                letters.next();
                out.push('\n');
            }
            ('\\', Some('\\' | ',' | ';' | ':')) => out.extend(letters.next()),
            _ => out.push(letter),
        }
    }
    out.trim().to_owned()
}
