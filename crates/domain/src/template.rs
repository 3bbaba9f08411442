//! Texts with variables and spintax: `{Hi|Hello} {{name|friend}}, …`.
//!
//! `{{name}}` must be given, `{{name|friend}}` falls back, `{{name|{{nick|friend}}}}` to another variable; `{a|b}` picks
//! one, nested as deep as [`MAX_DEPTH`]; `\{` is a brace. Nothing is evaluated: a template cannot loop, call or read
//! anything but its variables.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Rule;

/// Maximum number of characters of a variable's name.
const MAX_NAME: usize = 64;

/// How deep spintax may nest.
pub const MAX_DEPTH: usize = 8;

/// A parsed text.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Variable { name: String, fallback: Option<Vec<Part>> },
    Choice(Vec<Vec<Part>>),
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}")]
pub struct InvalidTemplate {
    /// Position, counted in characters from 1.
    pub at: usize,
    /// What is wrong there.
    pub rule: Rule,
}

/// Variables that the text needs and the person does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no value for {}", names.join(", "))]
pub struct MissingVariables {
    /// Their names, sorted.
    pub names: Vec<String>,
}

impl Template {
    /// Reads a text.
    pub fn parse(text: &str) -> Result<Self, InvalidTemplate> {
        let mut parser = Parser { chars: text.chars().collect(), at: 0 };
        let parts = parser.sequence(0, Within::Text)?;
        Ok(Self { parts })
    }

    /// The names without a fallback: a person who lacks one of them cannot be written to. Those inside of a fallback are
    /// needed only by people without a value for the variable before them, and are not among these.
    pub fn required(&self) -> BTreeSet<String> {
        self.missing(&BTreeMap::new(), false)
    }

    /// Every name, with or without fallback.
    pub fn variables(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        walk(&self.parts, &mut |name, _| {
            names.insert(name.to_owned());
            true
        });
        names
    }

    /// The names without value and fallback, also `inside` of fallbacks that are used.
    fn missing(&self, values: &BTreeMap<String, String>, inside: bool) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        walk(&self.parts, &mut |name, has_fallback| {
            let lacks = value(values, name).is_none();
            if lacks && !has_fallback {
                names.insert(name.to_owned());
            }
            lacks && inside
        });
        names
    }

    /// Whether different people may get different words.
    pub fn varies(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part, Part::Text(_)))
    }

    /// The text for one person. `pick(n)` chooses one of `n` variants (0-based). An empty value counts as none.
    pub fn render(
        &self,
        values: &BTreeMap<String, String>,
        pick: &mut dyn FnMut(usize) -> usize,
    ) -> Result<String, MissingVariables> {
        let missing = self.missing(values, true);
        if !missing.is_empty() {
            return Err(MissingVariables { names: missing.into_iter().collect() });
        }
        let mut out = String::new();
        write(&self.parts, values, pick, &mut out);
        Ok(out)
    }
}

/// The name of a variable, from the header of a column or from a template: lower case, everything but letters, marks
/// and digits of any script as `_`. `Kode Voucher!` is `kode_voucher`.
pub fn variable_name(text: &str) -> String {
    // Full-width letters are those of ASCII; the Turkish capital İ is an i.
    let folded = text.nfkc().filter(|c| !is_invisible(*c)).collect::<String>();
    let folded = folded.to_lowercase().replace("i\u{307}", "i");
    let words = folded.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    joined.nfkc().take(MAX_NAME).collect()
}

/// The text without accents and other marks: `Teléfono` is `Telefono`.
pub fn unaccented(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    plain
        .map(|c| match c {
            'ı' => 'i',
            'đ' => 'd',
            'ø' => 'o',
            'ł' => 'l',
            c => c,
        })
        .nfc()
        .collect()
}

/// Marks without width, such as those that join letters or give the direction of writing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn value<'a>(values: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    values.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
}

/// Visits every variable with whether it has a fallback; goes into the fallback where the visitor says so.
fn walk(parts: &[Part], visit: &mut dyn FnMut(&str, bool) -> bool) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Variable { name, fallback } => {
                if visit(name, fallback.is_some()) {
                    walk(fallback.as_deref().unwrap_or_default(), visit);
                }
            }
            Part::Choice(variants) => variants.iter().for_each(|v| walk(v, visit)),
        }
    }
}

fn write(
    parts: &[Part],
    values: &BTreeMap<String, String>,
    pick: &mut dyn FnMut(usize) -> usize,
    out: &mut String,
) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Variable { name, fallback } => match value(values, name) {
                Some(value) => out.push_str(value),
                None => write(fallback.as_deref().unwrap_or_default(), values, pick, out),
            },
            Part::Choice(variants) => {
                if let Some(variant) = variants.get(pick(variants.len())) {
                    write(variant, values, pick, out);
                }
            }
        }
    }
}

/// What the parts being read stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Choice,
    Fallback,
}

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// A mistake at this place; the rule counts from 1, as people do.
    fn error(&self, at: usize, rule: impl FnOnce(u64) -> Rule) -> InvalidTemplate {
        InvalidTemplate { at: at + 1, rule: rule(at as u64 + 1) }
    }

    /// Parts until the end, until the `|` or `}` of the choice, or until the `}` of the variable that they are in.
    fn sequence(&mut self, depth: usize, within: Within) -> Result<Vec<Part>, InvalidTemplate> {
        let mut parts = Vec::new();
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            match c {
                '\\' if matches!(self.peek(1), Some('{' | '}' | '|' | '\\')) => {
                    text.extend(self.peek(1));
                    self.at += 2;
                    continue;
                }
                '}' if within != Within::Text => break,
                '|' if within == Within::Choice => break,
                '{' => {
                    let is_variable = self.peek(1) == Some('{');
                    let part = if is_variable { self.variable(depth)? } else { self.choice(depth)? };
                    if !text.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut text)));
                    }
                    parts.push(part);
                    continue;
                }
                other => text.push(other),
            }
            self.at += 1;
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(parts)
    }

    fn variable(&mut self, depth: usize) -> Result<Part, InvalidTemplate> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(self.error(start, |at| Rule::NestedTooDeep { max: MAX_DEPTH as u64, at }));
        }
        self.at += 2;
        let mut name = String::new();
        let has_fallback = loop {
            match (self.peek(0), self.peek(1)) {
                (Some('|'), _) => break true,
                (Some('}'), Some('}')) => break false,
                (Some(c), _) => name.push(c),
                (None, _) => return Err(self.error(start, |at| Rule::UnclosedVariable { at })),
            }
            self.at += 1;
        };
        let key = variable_name(&name);
        if key.is_empty() || name.chars().count() > MAX_NAME || name.contains(['{', '}']) {
            return Err(self.error(start, |at| Rule::BadVariable { name: name.trim().to_owned(), at }));
        }
        let mut fallback = None;
        if has_fallback {
            self.at += 1;
            fallback = Some(self.sequence(depth + 1, Within::Fallback)?);
        }
        if (self.peek(0), self.peek(1)) != (Some('}'), Some('}')) {
            return Err(self.error(start, |at| Rule::UnclosedVariable { at }));
        }
        self.at += 2;
        Ok(Part::Variable { name: key, fallback })
    }

    fn choice(&mut self, depth: usize) -> Result<Part, InvalidTemplate> {
        let start = self.at;
        if depth >= MAX_DEPTH {
            return Err(self.error(start, |at| Rule::NestedTooDeep { max: MAX_DEPTH as u64, at }));
        }
        let mut variants = Vec::new();
        loop {
            self.at += 1;
            variants.push(self.sequence(depth + 1, Within::Choice)?);
            match self.peek(0) {
                Some('|') => {}
                Some('}') => break,
                _ => return Err(self.error(start, |at| Rule::UnclosedChoice { at })),
            }
        }
        self.at += 1;
        if variants.len() < 2 {
            return Err(self.error(start, |at| Rule::SingleChoice { at }));
        }
        Ok(Part::Choice(variants))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str, values: &[(&str, &str)], pick: usize) -> Result<String, MissingVariables> {
        let values = values.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        Template::parse(text).unwrap().render(&values, &mut |n| pick % n)
    }

    #[test]
    fn variables_and_fallbacks() {
        assert_eq!(render("Hi {{ Name }}!", &[("name", "Ana")], 0).unwrap(), "Hi Ana!");
        assert_eq!(render("Hi {{name|friend}}!", &[("name", " ")], 0).unwrap(), "Hi friend!");
        assert_eq!(render("{{a}}{{b}}{{c|}}", &[("a", "1")], 0).unwrap_err().names, ["b"]);
    }

    #[test]
    fn b27_names_of_every_script_and_spelling() {
        for (text, name) in [
            ("{{ชื่อ}}", "ชื่อ"),
            ("{{ Kode Voucher }}", "kode_voucher"),
            ("{{kode-voucher}}", "kode_voucher"),
            ("{{NO. HP (WA)}}", "no_hp_wa"),
            ("{{नाम}}", "नाम"),
            ("{{ｎａｍｅ}}", "name"),
            ("{{tele\u{301}fono}}", "tel\u{e9}fono"),
            ("{{İSİM}}", "isim"),
        ] {
            assert_eq!(Template::parse(text).unwrap().required(), BTreeSet::from([name.into()]), "{text}");
        }
        assert_eq!(variable_name("ชื่อ"), "ชื่อ");
        assert_eq!(unaccented("số điện thoại"), "so dien thoai");
    }

    #[test]
    fn b28_nested_fallback() {
        let greeting = "Halo {{name|{{nick}}}}!";
        assert_eq!(render(greeting, &[("name", "Ana"), ("nick", "An")], 0).unwrap(), "Halo Ana!");
        assert_eq!(render(greeting, &[("nick", "An")], 0).unwrap(), "Halo An!");
        assert_eq!(render(greeting, &[("name", " ")], 0).unwrap_err().names, ["nick"]);
        let three = "{{a|{{b|{{c|Kak {x|y}}}}}}}";
        assert_eq!(render(three, &[("b", "2"), ("c", "3")], 1).unwrap(), "2");
        assert_eq!(render(three, &[("c", "3")], 1).unwrap(), "3");
        assert_eq!(render(three, &[], 1).unwrap(), "Kak y");
        assert_eq!(render(r"{{a|\{b\}|c}}", &[], 0).unwrap(), "{b}|c");
        let template = Template::parse("{{name|{{nick}}}} {{city}}").unwrap();
        assert_eq!(template.required(), BTreeSet::from(["city".into()]));
        assert_eq!(template.variables(), ["city", "name", "nick"].map(String::from).into());
        for (text, at) in [
            ("Hi {{name|{{nick}}", 4),
            ("{{name|{nick}}}", 8),
            ("{{name|x}y}}", 1),
            ("{{name|{{}}}}", 8),
            ("{{name|{{nick}}}", 1),
            (&*format!("{}x{}", "{{a|".repeat(10), "}}".repeat(10)), 37),
        ] {
            assert_eq!(Template::parse(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn spintax_nests() {
        assert_eq!(render("{Hi|Hello {there|you}} {{n}}", &[("n", "x")], 0).unwrap(), "Hi x");
        assert_eq!(render("{Hi|Hello {there|you}} {{n}}", &[("n", "x")], 1).unwrap(), "Hello you x");
        assert_eq!(render(r"\{a|b\} \\ |", &[], 0).unwrap(), r"{a|b} \ |");
        assert_eq!(Template::parse("{a|{{x}}} {{y|z}}").unwrap().required(), BTreeSet::from(["x".into()]));
    }

    #[test]
    fn values_are_never_templates() {
        assert_eq!(render("{{a}}", &[("a", "{{b}} {c|d}")], 0).unwrap(), "{{b}} {c|d}");
    }

    #[test]
    fn mistakes_are_named() {
        for (text, at) in [
            ("Hi {{name", 4),
            ("{a|b", 1),
            ("{only}", 1),
            ("{{}}", 1),
            ("{{ ! }}", 1),
            ("{{{a}}}", 1),
            (&*"{a|".repeat(9), 25),
        ] {
            assert_eq!(Template::parse(text).unwrap_err().at, at, "{text}");
        }
    }
}
