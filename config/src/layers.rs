//! Laying a file and the environment over the defaults. Only keys of the defaults exist, and the type of the
//! default is the type of the key. It must never guess: `00123` stays a text where a text belongs.

use std::path::Path;

use toml::{Table, Value};

use crate::{ConfigError, DEFAULTS};

const PREFIX: &str = "WAHANA__";
/// Names that every container platform knows; the long names win over them.
const ALIASES: [(&str, &str, &str); 5] = [
    ("DATABASE_URL", "database", "url"),
    ("REDIS_URL", "redis", "url"),
    ("WAHA_URL", "waha", "url"),
    ("WAHA_API_KEY", "waha", "api_key"),
    ("WAHANA_DATA_DIR", "data", "dir"),
];

pub(crate) fn defaults() -> Result<Table, ConfigError> {
    parse(DEFAULTS, "default.toml")
}

/// Lays a file over the settings; every problem of it. A key with a problem keeps its default.
pub(crate) fn apply_file(table: &mut Table, path: &Path) -> Vec<ConfigError> {
    let origin = path.display().to_string();
    let read = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::File { path: path.to_owned(), source })
        .and_then(|text| parse(&text, &origin));
    let file = match read {
        Ok(file) => file,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    for (section, content) in file {
        match content {
            Value::Table(keys) => problems.extend(
                keys.into_iter().filter_map(|(key, value)| set(table, &section, &key, value, &origin).err()),
            ),
            _ => problems.push(unknown(table, &section, "", &origin)),
        }
    }
    problems
}

/// Lays the environment over the settings; every problem of it.
pub(crate) fn apply_env(
    table: &mut Table,
    env: impl IntoIterator<Item = (String, String)>,
) -> Vec<ConfigError> {
    let (long, short): (Vec<_>, Vec<_>) = env.into_iter().partition(|(name, _)| name.starts_with(PREFIX));
    let mut problems = Vec::new();
    for (name, value) in short {
        let alias = ALIASES.iter().find(|(alias, ..)| *alias == name);
        if let Some((_, section, key)) = alias
            && !value.is_empty()
        {
            problems.extend(set(table, section, key, Value::String(value), &name).err());
        }
    }
    for (name, value) in long {
        let path = name.trim_start_matches(PREFIX).to_ascii_lowercase();
        let (section, key) = path.split_once("__").unwrap_or((&path, ""));
        let kind = table.get(section).and_then(|keys| keys.get(key));
        let value = kind.map_or_else(|| Value::String(value.clone()), |kind| typed(&value, kind));
        problems.extend(set(table, section, key, value, &name).err());
    }
    problems
}

fn set(table: &mut Table, section: &str, key: &str, value: Value, origin: &str) -> Result<(), ConfigError> {
    let known = table.get_mut(section).and_then(Value::as_table_mut).and_then(|keys| keys.get_mut(key));
    let Some(slot) = known else { return Err(unknown(table, section, key, origin)) };
    if !slot.same_type(&value) {
        let (expected, found) = (kind(slot), kind(&value));
        return Err(ConfigError::WrongType {
            key: format!("{section}.{key}"),
            origin: origin.into(),
            expected,
            found,
        });
    }
    *slot = value;
    Ok(())
}

/// An environment variable is text; the default says what it should be. What does not parse stays text, which
/// `set` then refuses with the key's name.
fn typed(text: &str, like: &Value) -> Value {
    let parsed = match like {
        Value::Integer(_) => text.replace('_', "").parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
        Value::Float(_) => text.parse().ok().map(Value::Float),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.into()))
}

fn parse(text: &str, origin: &str) -> Result<Table, ConfigError> {
    text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        // Not the whole error: it would quote the line, which may hold a secret.
        ConfigError::Syntax { origin: origin.into(), reason: format!("line {line}: {}", error.message()) }
    })
}

fn unknown(table: &Table, section: &str, key: &str, origin: &str) -> ConfigError {
    let name = if key.is_empty() { section.to_owned() } else { format!("{section}.{key}") };
    let known = table.iter().flat_map(|(section, keys)| {
        keys.as_table().into_iter().flat_map(Table::keys).map(move |key| format!("{section}.{key}"))
    });
    let nearest = known.map(|candidate| (distance(&candidate, &name), candidate)).min();
    let hint = match nearest {
        Some((distance, candidate)) if distance <= 4 => format!(", did you mean `{candidate}`?"),
        _ => ".".to_owned(),
    };
    ConfigError::UnknownKey { key: name, origin: origin.into(), hint }
}

/// Levenshtein.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a section",
    }
}
