//! Values of cells as the text that a person reads: numbers without `.0`, dates as a date.

use calamine::{DataRef, ExcelDateTime};

/// The text of a cell of Excel.
pub(crate) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => self::number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => date(time),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number with the fifteen digits that spreadsheets keep, never in scientific notation.
pub(crate) fn number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e18 {
        return format!("{number:.0}");
    }
    let kept = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{kept}")
}

fn date(time: &ExcelDateTime) -> String {
    let value = time.as_f64();
    if time.is_duration() {
        let seconds = (value * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    let clock = format!("{hour:02}:{minute:02}{seconds}");
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (value < 1.0, value.fract() == 0.0) {
        (true, _) => clock,
        (false, true) => day,
        (false, false) => format!("{day} {clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        for (value, text) in [
            (6_281_200_001_141.0, "6281200001141"),
            (81_200_001_141.0, "81200001141"),
            (15000.5, "15000.5"),
            (0.1 + 0.2, "0.3"),
            (-3.0, "-3"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
