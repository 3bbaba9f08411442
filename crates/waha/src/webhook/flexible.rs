//! Numbers and times as WAHA's engines write them: number or text, seconds or milliseconds.

use serde_json::Value;

/// An integer from a number or a text.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is not kept")]
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Unix seconds from seconds or milliseconds. 10^11 seconds is the year 5138.
pub(crate) fn seconds(time: i64) -> i64 {
    if time > 100_000_000_000 { time / 1000 } else { time }
}

/// Unix seconds from a number, a number as text, or an ISO time.
pub(crate) fn time(value: &Value) -> Option<i64> {
    let iso = || chrono::DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|time| time.timestamp());
    integer(value).map(seconds).or_else(iso)
}

/// A text that is there and not empty.
pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
