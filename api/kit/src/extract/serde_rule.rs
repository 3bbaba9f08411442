//! From serde's error to a rule: which field, and what is wrong with it.
//!
//! Our own `Deserialize`s put their rule into the error (`Rule::in_serde`); what serde, chrono and chrono-tz say is
//! text without a code, so it is told apart by its first words, here and nowhere else.

use wahana_domain::{Names, Rule};

use crate::problem::Problem;

/// The problem of one mistake; `path` is where it happened ("." is the whole).
pub(super) fn serde_problem(path: &str, message: &str) -> Problem {
    let place = path.trim_matches('.');
    let rule = serde_rule(message);
    // serde names the field in its words where it is not there to be read.
    let named = ["unknown field `", "missing field `", "duplicate field `"];
    let name = named.iter().find_map(|start| message.strip_prefix(start)?.split('`').next());
    match name {
        Some(name) => Problem::field(join(place, name), rule),
        None if place.is_empty() => Problem::rule(rule),
        None => Problem::field(place, rule),
    }
}

/// What is wrong, from serde's words.
pub fn serde_rule(message: &str) -> Rule {
    if let Some(rule) = Rule::from_serde(message) {
        return rule;
    }
    // serde_json appends where it stood.
    let said = message.split(" at line ").next().unwrap_or(message);
    let expected = || expected(said.split_once("expected ").map_or("", |(_, expected)| expected));
    match said {
        _ if said.starts_with("missing field `") => Rule::Required,
        _ if said.starts_with("duplicate field `") => Rule::Duplicate,
        _ if said.starts_with("unknown field `") => Rule::Unknown { known: after_the_first(said) },
        _ if said.starts_with("unknown variant `") => Rule::OneOf { values: after_the_first(said) },
        _ if said.starts_with("failed to parse timezone") => Rule::BadTimeZone,
        _ if is_of_chrono(said) => Rule::BadTime,
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            Rule::WrongType { expected: "a whole number".into() }
        }
        "number too large to fit in target type" => Rule::WrongType { expected: "a smaller number".into() },
        "provided string was not `true` or `false`" => Rule::OneOf { values: Names::of(&["true", "false"]) },
        _ if said.starts_with("invalid ") => Rule::WrongType { expected: expected() },
        _ if said.contains("MediaSource") => Rule::ExactlyOneOf { fields: Names::of(&["id", "url"]) },
        _ if is_of_parser(said) => Rule::Malformed { problem: NO_FORM.into() },
        _ => Rule::Malformed { problem: said.to_owned() },
    }
}

/// Said instead of what only a programmer of this server understands.
const NO_FORM: &str = "it has none of the forms that the API reference shows for it";

/// Whether serde speaks of our types instead of the request.
fn is_of_parser(said: &str) -> bool {
    const WORDS: [&str; 9] =
        ["variant", "enum", "struct", "untagged", "flatten", "deserialize", "tuple", "EOF", "column"];
    WORDS.iter().any(|word| said.contains(word))
}

/// What serde expected, for people: the names of Rust's types mean nothing to them.
fn expected(serde: &str) -> String {
    let serde = serde.trim();
    let number =
        serde.strip_prefix(['u', 'i']).is_some_and(|bits| bits.parse::<u8>().is_ok() || bits == "size");
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| serde.starts_with(beginning));
    match serde {
        _ if number => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" | "boolean" | "bool" => "true or false",
        "unit" => "null",
        _ if starts(&["a sequence", "sequence", "an array", "tuple", "a tuple"]) => "a list",
        "string or map" => "a text",
        _ if starts(&[
            "a map",
            "map",
            "struct ",
            "internally tagged",
            "adjacently tagged",
            "enum ",
            "variant ",
        ]) =>
        {
            "an object"
        }
        _ if starts(&["a string", "string", "str", "a borrowed string", "a char"]) => "a text",
        _ if serde.is_empty() || is_of_parser(serde) => "a value of another type",
        other => other,
    }
    .to_owned()
}

/// chrono's sentences on a text that is no time.
fn is_of_chrono(said: &str) -> bool {
    const SAID: [&str; 6] = [
        "input is out of range",
        "no possible date and time matching input",
        "input is not enough for unique date and time",
        "input contains invalid characters",
        "premature end of input",
        "trailing input",
    ];
    SAID.contains(&said)
}

/// The names in backticks, without the wrong one that comes first.
fn after_the_first(said: &str) -> Names {
    Names(said.split('`').skip(3).step_by(2).map(str::to_owned).collect())
}

fn join(parent: &str, name: &str) -> String {
    // serde_path_to_error already ends with the name where the name was read as a key.
    if parent.is_empty() || parent == name || parent.ends_with(&format!(".{name}")) {
        return if parent.is_empty() { name.to_owned() } else { parent.to_owned() };
    }
    format!("{parent}.{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use chrono_tz::Tz;
    use serde::Deserialize;
    use wahana_domain::MessageId;
    use wahana_domain::access::Scope;

    use crate::paging::Limit;

    fn rule<T: for<'de> Deserialize<'de>>(json: &str) -> Rule {
        serde_rule(&serde_json::from_str::<T>(json).err().unwrap().to_string())
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[serde(rename = "n")]
        _n: u8,
        #[serde(rename = "m")]
        _m: Option<bool>,
    }

    #[test]
    fn what_serde_says_becomes_a_rule() {
        assert_eq!(rule::<Body>("{}"), Rule::Required);
        assert_eq!(rule::<Body>(r#"{"n":1,"n":2}"#), Rule::Duplicate);
        assert_eq!(rule::<Body>(r#"{"o":1}"#), Rule::Unknown { known: Names::of(&["n", "m"]) });
        assert_eq!(rule::<Body>(r#"{"n":"x"}"#), Rule::WrongType { expected: "a whole number".into() });
        assert_eq!(rule::<Tz>(r#""Mars/Olympus""#), Rule::BadTimeZone);
        for time in ["", "x", "2026-13-01T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00Zx"] {
            assert_eq!(rule::<DateTime<Utc>>(&format!("\"{time}\"")), Rule::BadTime, "{time}");
        }
        assert_eq!(rule::<Body>("[]"), Rule::WrongType { expected: "an object".into() });
        assert_eq!(rule::<Body>("7"), Rule::WrongType { expected: "an object".into() });
        assert_eq!(rule::<Vec<u8>>("{}"), Rule::WrongType { expected: "a list".into() });
        assert_eq!(rule::<bool>("1"), Rule::WrongType { expected: "true or false".into() });
        assert_eq!(rule::<String>("1"), Rule::WrongType { expected: "a text".into() });
        assert_eq!(rule::<MessageId>(r#""ses_1""#), Rule::BadId { example: "msg_...".into() });
        assert_eq!(rule::<Limit>("0"), Rule::OutOfRange { min: 1, max: 200 });
        let Rule::OneOf { values } = rule::<Scope>(r#""all""#) else { panic!("not one of") };
        assert_eq!(values.0.len(), Scope::ALL.len());
    }
}
