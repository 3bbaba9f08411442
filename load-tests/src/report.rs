//! Report of a run: named figures, one line each, and the same as one JSON object.

use serde_json::{Map, Value, json};

use crate::check::Invariants;
use crate::cli::Common;

/// The figures of one run. The suffix of a key is its unit: `_per_s`, `_ms`, `_cpu_s_per_10k`, `_mb`;
/// `_ratio` has none.
pub(crate) struct Report {
    scenario: &'static str,
    json: Map<String, Value>,
    rows: Vec<Row>,
}

/// A line of the report for people.
enum Row {
    Heading(&'static str),
    Figure(String, f64, &'static str),
    Text(String),
}

impl Report {
    pub(crate) fn new(scenario: &'static str, common: &Common, machine: Value, versions: Value) -> Self {
        let mut json = Map::new();
        json.insert("scenario".into(), scenario.into());
        json.insert("seed".into(), common.seed.into());
        json.insert("durable".into(), common.durable.into());
        json.insert("machine".into(), machine);
        json.insert("versions".into(), versions);
        Self { scenario, json, rows: Vec::new() }
    }

    /// A figure, with a description for people.
    pub(crate) fn put(&mut self, key: impl Into<String>, value: f64, meaning: &'static str) {
        let (key, value) = (key.into(), rounded(value));
        self.rows.push(Row::Figure(key.clone(), value, meaning));
        self.json.insert(key, json!(value));
    }

    /// A figure of a side; in JSON it is in an object of its own.
    pub(crate) fn put_of(&mut self, side: &'static str, key: &str, value: f64, meaning: &'static str) {
        let value = rounded(value);
        self.rows.push(Row::Figure(format!("{side}.{key}"), value, meaning));
        let of_side = self.json.entry(side).or_insert_with(|| json!({}));
        of_side[key] = json!(value);
    }

    /// Percentiles of microseconds, in milliseconds: `<key>_p50_ms` and so on.
    pub(crate) fn put_spread(&mut self, key: &str, micros: &[i64], meaning: &'static str) {
        let mut sorted = micros.to_vec();
        sorted.sort_unstable();
        for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0)] {
            self.put(
                format!("{key}_{name}_ms"),
                percentile(&sorted, share) / 1000.0,
                if name == "p50" { meaning } else { "" },
            );
        }
    }

    /// A heading in the report for people.
    pub(crate) fn section(&mut self, title: &'static str) {
        self.rows.push(Row::Heading(title));
    }

    /// A line in the report for people.
    pub(crate) fn line(&mut self, text: String) {
        self.rows.push(Row::Text(text));
    }

    /// A structured value, for programs.
    pub(crate) fn put_json(&mut self, key: impl Into<String>, value: Value) {
        self.json.insert(key.into(), value);
    }

    /// Prints everything; returns whether the messages added up.
    pub(crate) fn print(mut self, as_json: bool, invariants: &Invariants) -> bool {
        self.json.insert("invariants".into(), invariants.json());
        if as_json {
            println!("{}", Value::Object(self.json));
            return invariants.ok();
        }
        let (machine, versions) = (&self.json["machine"], &self.json["versions"]);
        println!(
            "\n{}, seed {}, {}",
            self.scenario,
            self.json["seed"],
            if self.json["durable"] == true { "fsync on" } else { "fsync off" }
        );
        println!(
            "machine   {} cores, {}, load average {}",
            machine["cores"],
            text(&machine["cpu"]),
            machine["load_average"]
        );
        println!(
            "versions  Wahana {} ({}), Postgres {}, Redis {}",
            text(&versions["wahana"]),
            text(&versions["build"]),
            text(&versions["postgres"]),
            text(&versions["redis"])
        );
        for row in &self.rows {
            match row {
                Row::Heading(title) => println!("\n{title}"),
                Row::Figure(key, value, meaning) => println!("  {key:<38} {value:>10}  {meaning}"),
                Row::Text(text) => println!("{text}"),
            }
        }
        println!("\n{}", invariants.line());
        invariants.ok()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

/// Rounds to four significant digits.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10f64.powf(3.0 - value.abs().log10().floor());
    (value * scale).round() / scale
}

/// The percentile of `sorted`.
pub(crate) fn percentile(sorted: &[i64], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or_default() as f64
}

/// The median.
pub(crate) fn median(micros: &[i64]) -> f64 {
    let mut sorted = micros.to_vec();
    sorted.sort_unstable();
    percentile(&sorted, 0.5)
}

#[cfg(test)]
mod tests {
    use super::{percentile, rounded};

    #[test]
    fn percentiles_are_values_that_occurred() {
        let sorted: Vec<i64> = (1..=200).collect();
        assert_eq!([0.5, 0.99, 1.0].map(|share| percentile(&sorted, share)), [100.0, 198.0, 200.0]);
        assert_eq!(percentile(&[], 0.5), 0.0);
    }

    #[test]
    fn four_digits_stay() {
        assert_eq!([12_345.678, 0.012_345_6, 0.0].map(rounded), [12_350.0, 0.012_35, 0.0]);
    }
}
