//! Daily spans of time: quiet hours, when nothing goes out, and send windows, outside of which nothing does.

use chrono::{NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

/// A daily span, across midnight if `from` is after `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayWindow {
    /// Its first minute, `HH:MM`.
    #[serde(with = "hh_mm")]
    #[schema(value_type = String, example = "21:00")]
    pub from: NaiveTime,
    /// The first minute after it, `HH:MM`.
    #[serde(with = "hh_mm")]
    #[schema(value_type = String, example = "08:00")]
    pub to: NaiveTime,
    /// Whose clock counts.
    #[serde(default)]
    #[schema(required = false)]
    pub zone: WindowZone,
}

/// Whose clock a daily span is read on.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WindowZone {
    /// The `time_zone` of the session's pace.
    #[default]
    Sender,
    /// That of the person written to: named with the recipient or message, else from the number's country.
    Recipient,
}

impl DayWindow {
    /// Whether this time of day lies in it.
    pub fn covers(&self, at: NaiveTime) -> bool {
        if self.from < self.to { self.from <= at && at < self.to } else { at >= self.from || at < self.to }
    }

    /// The rest of the day.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self { from: self.to, to: self.from, zone: self.zone }
    }

    /// Whether it has no length.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    /// How long it is on a day without a change of the clock.
    pub fn length(&self) -> TimeDelta {
        clockwise(self.from, self.to)
    }

    /// Whether all of `other` lies in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        clockwise(self.from, other.from) + other.length() <= self.length()
    }
}

fn clockwise(from: NaiveTime, to: NaiveTime) -> TimeDelta {
    let apart = to - from;
    if apart < TimeDelta::zero() { apart + TimeDelta::days(1) } else { apart }
}

mod hh_mm {
    use super::{NaiveTime, Timelike};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| crate::Rule::BadTimeOfDay.in_serde())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: &str, to: &str) -> DayWindow {
        serde_json::from_value(serde_json::json!({"from": from, "to": to})).unwrap()
    }

    #[test]
    fn spans_over_midnight() {
        let quiet = window("21:00", "08:00");
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
        assert!(quiet.covers(at(23, 0)) && quiet.covers(at(7, 59)) && quiet.covers(at(21, 0)));
        assert!(!quiet.covers(at(8, 0)) && !quiet.covers(at(20, 59)));
        assert!(quiet.complement().covers(at(8, 0)) && !quiet.complement().covers(at(21, 0)));
        assert_eq!(serde_json::to_value(quiet).unwrap()["to"], "08:00");
    }

    #[test]
    fn one_span_in_another() {
        assert!(window("20:00", "09:00").holds(&window("21:00", "08:00")));
        assert!(window("20:00", "09:00").holds(&window("20:00", "09:00")));
        assert!(!window("21:00", "08:00").holds(&window("20:00", "07:00")));
        assert!(!window("21:00", "08:00").holds(&window("09:00", "10:00")));
    }
}
