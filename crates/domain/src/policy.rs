//! How fast and when a session may send, and how one organization's wish is checked.

use chrono::{NaiveTime, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The pace of one session. Every limit holds at once; the strictest wins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PacingPolicy {
    /// Shortest pause between two messages, in milliseconds.
    pub gap_min_ms: u32,
    /// Longest pause between two messages, in milliseconds; each pause is drawn between the two.
    pub gap_max_ms: u32,
    /// Most messages in one calendar day of `time_zone`; none means no cap.
    pub daily_cap: Option<u32>,
    /// Most messages in one clock hour; none means no cap.
    pub hourly_cap: Option<u32>,
    /// When nothing of class `bulk` goes out; none means never quiet.
    pub quiet_hours: Option<QuietHours>,
    /// IANA name of the zone that days and quiet hours are counted in.
    #[schema(value_type = String, example = "Asia/Jakarta")]
    pub time_zone: Tz,
}

/// A daily span without bulk messages, across midnight if `from` is after `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// First quiet minute, `HH:MM`.
    #[serde(with = "hh_mm")]
    #[schema(value_type = String, example = "21:00")]
    pub from: NaiveTime,
    /// First minute that is not quiet, `HH:MM`.
    #[serde(with = "hh_mm")]
    #[schema(value_type = String, example = "08:00")]
    pub to: NaiveTime,
}

/// Longest pause that can be asked for: an hour, in milliseconds.
pub const MAX_GAP_MS: u32 = 3_600_000;

impl Default for PacingPolicy {
    /// WAHA's own advice: 30 to 60 s, never a fixed beat (docs/waha.md section 9).
    fn default() -> Self {
        Self {
            gap_min_ms: 30_000,
            gap_max_ms: 60_000,
            daily_cap: Some(1_000),
            hourly_cap: None,
            quiet_hours: None,
            time_zone: chrono_tz::Asia::Jakarta,
        }
    }
}

/// A policy that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct InvalidPolicy {
    /// The field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub problem: String,
}

impl PacingPolicy {
    /// Refuses what could never send, or would send without bound.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let refuse = |field, problem: &str| Err(InvalidPolicy { field, problem: problem.into() });
        if self.gap_min_ms > self.gap_max_ms {
            return refuse("gap_min_ms", "the shortest pause is longer than the longest; swap them");
        }
        if self.gap_max_ms > MAX_GAP_MS {
            return refuse("gap_max_ms", "a pause is at most one hour (3600000)");
        }
        if self.daily_cap == Some(0) {
            return refuse("daily_cap", "a cap of 0 sends nothing; stop the session, or leave the cap out");
        }
        if self.hourly_cap == Some(0) {
            return refuse("hourly_cap", "a cap of 0 sends nothing; stop the session, or leave the cap out");
        }
        if self.quiet_hours.is_some_and(|q| q.from == q.to) {
            return refuse(
                "quiet_hours",
                "quiet hours that begin and end at the same time have no length; leave them out",
            );
        }
        Ok(())
    }
}

impl QuietHours {
    /// Whether this time of day is quiet.
    pub fn covers(&self, at: NaiveTime) -> bool {
        if self.from < self.to { self.from <= at && at < self.to } else { at >= self.from || at < self.to }
    }
}

mod hh_mm {
    use super::{NaiveTime, Timelike};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map_err(|_| serde::de::Error::custom("expected a time of day like 21:00"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_name_their_field() {
        let policy = |change: fn(&mut PacingPolicy)| {
            let mut p = PacingPolicy::default();
            change(&mut p);
            p.validate().err().map(|e| e.field)
        };
        assert_eq!(policy(|_| {}), None);
        assert_eq!(policy(|p| p.gap_min_ms = 90_000), Some("gap_min_ms"));
        assert_eq!(policy(|p| p.gap_max_ms = 4_000_000), Some("gap_max_ms"));
        assert_eq!(policy(|p| p.daily_cap = Some(0)), Some("daily_cap"));
        assert_eq!(
            policy(|p| p.quiet_hours = serde_json::from_str(r#"{"from":"08:00","to":"08:00"}"#).unwrap()),
            Some("quiet_hours")
        );
    }

    #[test]
    fn json_form() {
        let policy: PacingPolicy = serde_json::from_str(
            r#"{"quiet_hours":{"from":"21:00","to":"08:00"},"time_zone":"Asia/Makassar"}"#,
        )
        .unwrap();
        assert_eq!(policy.gap_min_ms, 30_000);
        let quiet = policy.quiet_hours.unwrap();
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
        assert!(quiet.covers(at(23, 0)) && quiet.covers(at(7, 59)) && quiet.covers(at(21, 0)));
        assert!(!quiet.covers(at(8, 0)) && !quiet.covers(at(20, 59)));
        assert_eq!(serde_json::to_value(&policy).unwrap()["quiet_hours"]["to"], "08:00");
        assert!(serde_json::from_str::<PacingPolicy>(r#"{"time_zone":"Mars/Olympus"}"#).is_err());
        assert!(serde_json::from_str::<PacingPolicy>(r#"{"daily":5}"#).is_err());
    }
}
