//! When something is to be sent, as people write it: a time of RFC 3339, or a local time beside its `time_zone`.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};
use wahana_domain::Rule;

/// How people write a local time.
const LOCAL: [&str; 4] = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];

/// A time that is not yet placed in a zone, or one that needs none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum SendAt {
    /// With an offset.
    Instant(DateTime<Utc>),
    /// On the clocks of a zone that stands beside it.
    Local(NaiveDateTime),
}

impl<'de> Deserialize<'de> for SendAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let text = text.trim();
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::Instant(at.to_utc()));
        }
        let local = LOCAL.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        local.map(Self::Local).ok_or_else(|| Rule::BadTime.in_serde())
    }
}

impl SendAt {
    /// The time. A local time that occurs twice, when clocks are put back, is the first of both.
    pub(crate) fn resolve(self, zone: Option<Tz>) -> Result<DateTime<Utc>, Rule> {
        let local = match self {
            Self::Instant(at) => return Ok(at),
            Self::Local(local) => local,
        };
        let zone = zone.ok_or(Rule::TimeWithoutZone)?;
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(at.to_utc()),
            LocalResult::None => Err(Rule::SkippedTime { zone: zone.name().into() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, zone: Option<&str>) -> Result<String, &'static str> {
        let at: SendAt = serde_json::from_value(text.into()).map_err(|_| "unreadable")?;
        let zone = zone.map(|zone| zone.parse().unwrap());
        at.resolve(zone).map(|at| at.to_rfc3339()).map_err(|rule| rule.code().as_str())
    }

    #[test]
    fn b35_local_times_have_a_zone() {
        let ten = Ok("2027-01-15T03:00:00+00:00".to_owned());
        for text in ["2027-01-15 10:00", "2027-01-15T10:00", "2027-01-15 10:00:00", " 2027-01-15T10:00:00 "] {
            assert_eq!(read(text, Some("Asia/Jakarta")), ten, "{text}");
            assert_eq!(read(text, None), Err("time_without_zone"), "{text}");
        }
        assert_eq!(read("2027-01-15T10:00:00+07:00", None), ten);
        assert_eq!(read("2027-01-15T03:00:00Z", Some("Asia/Jakarta")), ten, "an offset goes before the zone");
        for wrong in ["", "tomorrow", "2027-13-01 10:00", "2027-01-15", "10:00", "15/01/2027 10:00"] {
            assert_eq!(read(wrong, Some("Asia/Jakarta")), Err("unreadable"), "{wrong}");
        }
    }

    #[test]
    fn b35_clocks_that_are_changed() {
        let berlin = Some("Europe/Berlin");
        assert_eq!(read("2027-03-28 02:30", berlin), Err("skipped_time"));
        let first = Ok("2027-10-31T00:30:00+00:00".to_owned());
        assert_eq!(read("2027-10-31 02:30", berlin), first, "the first of both");
    }
}
