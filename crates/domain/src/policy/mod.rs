//! How fast and when a session may send, and how one organization's wish is checked.

mod campaign;
mod typing;
mod warm_up;
mod windows;
mod wish;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use campaign::CampaignPace;
pub use typing::Typing;
pub use warm_up::WarmUp;
pub use windows::{DayWindow, WindowZone};
pub use wish::PolicyWish;

use crate::{FieldError, Rule};

/// The pace of one session. Every limit holds at once; the strictest wins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PacingPolicy {
    /// Shortest pause between two messages, in milliseconds.
    pub gap_min_ms: u32,
    /// Longest pause between two messages, in milliseconds; each pause is drawn between the two, most of them
    /// somewhat below the middle, a few near the end.
    pub gap_max_ms: u32,
    /// A longer pause now and then; none means never.
    pub breaks: Option<Breaks>,
    /// Most messages in one calendar day of `time_zone`; none means no cap. Transactional messages are never held
    /// back by a cap, they have their share of it (`hi_share_percent`).
    pub daily_cap: Option<u32>,
    /// Most messages in one clock hour; none means no cap.
    pub hourly_cap: Option<u32>,
    /// How much of each cap is kept for transactional messages, in percent; bulk messages get the rest.
    pub hi_share_percent: u32,
    /// Most chats begun in one calendar day; none means no cap.
    pub new_chats_per_day: Option<u32>,
    /// Smaller daily caps while the number is new; none means none.
    pub warm_up: Option<WarmUp>,
    /// When nothing of class `bulk` goes out; none means never quiet.
    pub quiet_hours: Option<DayWindow>,
    /// Outside of which nothing of class `bulk` goes out; none means the whole day.
    pub send_window: Option<DayWindow>,
    /// Typing before each message; none means none.
    pub typing: Option<Typing>,
    /// IANA name of the zone that days and the sender's windows are counted in.
    #[schema(value_type = String, example = "Asia/Jakarta")]
    pub time_zone: Tz,
}

/// A longer pause after some messages, as if somebody fetched a coffee.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Breaks {
    /// After about this many messages; the exact number is drawn anew each time, half to one and a half of it.
    #[schema(example = 40)]
    pub every: u32,
    /// Shortest break, in milliseconds.
    #[schema(example = 120000)]
    pub min_ms: u32,
    /// Longest break, in milliseconds.
    #[schema(example = 300000)]
    pub max_ms: u32,
}

/// Longest pause that can be asked for: an hour, in milliseconds.
pub const MAX_GAP_MS: u32 = 3_600_000;
/// Longest break: four hours, in milliseconds.
pub const MAX_BREAK_MS: u32 = 14_400_000;

impl Default for PacingPolicy {
    /// WAHA's own advice: 30 to 60 s, never a fixed beat (docs/waha.md section 9).
    fn default() -> Self {
        Self {
            gap_min_ms: 30_000,
            gap_max_ms: 60_000,
            breaks: None,
            daily_cap: Some(1_000),
            hourly_cap: None,
            hi_share_percent: 20,
            new_chats_per_day: None,
            warm_up: None,
            quiet_hours: None,
            send_window: None,
            typing: None,
            time_zone: chrono_tz::Asia::Jakarta,
        }
    }
}

fn refuse(field: &'static str, rule: Rule) -> Result<(), FieldError> {
    Err(FieldError::new(field, rule))
}

/// Whole minutes, for people.
fn minutes(ms: u32) -> u64 {
    u64::from(ms / 60_000)
}

impl PacingPolicy {
    /// Refuses what could never send, or would send without bound.
    pub fn validate(&self) -> Result<(), FieldError> {
        self.validate_pauses()?;
        self.validate_caps()?;
        self.validate_windows()?;
        self.warm_up.as_ref().map_or(Ok(()), WarmUp::validate)?;
        self.typing.as_ref().map_or(Ok(()), Typing::validate)
    }

    fn validate_pauses(&self) -> Result<(), FieldError> {
        if self.gap_min_ms > self.gap_max_ms {
            return refuse("gap_min_ms", Rule::LongerThan { other: "gap_max_ms".into() });
        }
        if self.gap_max_ms > MAX_GAP_MS {
            return refuse("gap_max_ms", Rule::TooManyMinutes { max: minutes(MAX_GAP_MS) });
        }
        let Some(breaks) = self.breaks else { return Ok(()) };
        if breaks.every < 2 {
            return refuse("breaks.every", Rule::BreakAfterEach);
        }
        if breaks.min_ms > breaks.max_ms {
            return refuse("breaks.min_ms", Rule::LongerThan { other: "breaks.max_ms".into() });
        }
        if breaks.max_ms > MAX_BREAK_MS {
            return refuse("breaks.max_ms", Rule::TooManyMinutes { max: minutes(MAX_BREAK_MS) });
        }
        Ok(())
    }

    fn validate_caps(&self) -> Result<(), FieldError> {
        let caps = [
            ("daily_cap", self.daily_cap),
            ("hourly_cap", self.hourly_cap),
            ("new_chats_per_day", self.new_chats_per_day),
        ];
        for (field, cap) in caps {
            if cap == Some(0) {
                return refuse(field, Rule::SendsNothing);
            }
        }
        if self.hi_share_percent > 90 {
            return refuse("hi_share_percent", Rule::ShareTooLarge { max: 90 });
        }
        Ok(())
    }

    fn validate_windows(&self) -> Result<(), FieldError> {
        if self.quiet_hours.is_some_and(|quiet| quiet.is_empty()) {
            return refuse("quiet_hours", Rule::EmptyWindow);
        }
        let Some(window) = self.send_window else { return Ok(()) };
        if window.is_empty() {
            return refuse("send_window", Rule::EmptyWindow);
        }
        if self.quiet_hours.is_some_and(|quiet| quiet.zone == window.zone && quiet.holds(&window)) {
            return refuse("send_window", Rule::WithinQuietHours);
        }
        if i64::from(self.gap_max_ms) > window.length().num_milliseconds() {
            return refuse("gap_max_ms", Rule::OutlastsWindow);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_name_their_field() {
        for (json, field) in [
            (r#"{}"#, None),
            (r#"{"gap_min_ms": 90000}"#, Some("gap_min_ms")),
            (r#"{"gap_max_ms": 4000000}"#, Some("gap_max_ms")),
            (r#"{"breaks": {"every": 1, "min_ms": 1, "max_ms": 2}}"#, Some("breaks.every")),
            (r#"{"breaks": {"every": 9, "min_ms": 3, "max_ms": 2}}"#, Some("breaks.min_ms")),
            (r#"{"breaks": {"every": 9, "min_ms": 3, "max_ms": 14400001}}"#, Some("breaks.max_ms")),
            (r#"{"daily_cap": 0}"#, Some("daily_cap")),
            (r#"{"hourly_cap": 0}"#, Some("hourly_cap")),
            (r#"{"new_chats_per_day": 0}"#, Some("new_chats_per_day")),
            (r#"{"hi_share_percent": 91}"#, Some("hi_share_percent")),
            (r#"{"quiet_hours": {"from": "08:00", "to": "08:00"}}"#, Some("quiet_hours")),
            (r#"{"send_window": {"from": "08:00", "to": "08:00"}}"#, Some("send_window")),
            (
                r#"{"send_window": {"from": "22:00", "to": "06:00"}, "quiet_hours": {"from": "21:00", "to": "08:00"}}"#,
                Some("send_window"),
            ),
            (
                r#"{"send_window": {"from": "08:00", "to": "21:00"}, "quiet_hours": {"from": "12:00", "to": "13:00"}}"#,
                None,
            ),
            (
                r#"{"gap_max_ms": 660000, "send_window": {"from": "08:00", "to": "08:10"}}"#,
                Some("gap_max_ms"),
            ),
            (
                r#"{"warm_up": {"kind": "growth", "first_day": 0, "percent": 150, "days": 9}}"#,
                Some("warm_up.first_day"),
            ),
            (
                r#"{"warm_up": {"kind": "growth", "first_day": 9, "percent": 50, "days": 9}}"#,
                Some("warm_up.percent"),
            ),
            (
                r#"{"warm_up": {"kind": "growth", "first_day": 9, "percent": 150, "days": 0}}"#,
                Some("warm_up.days"),
            ),
            (r#"{"warm_up": {"kind": "list", "caps": []}}"#, Some("warm_up.caps")),
            (r#"{"warm_up": {"kind": "list", "caps": [3, 0]}}"#, Some("warm_up.caps")),
            (r#"{"typing": {"chars_per_minute": 0}}"#, Some("typing.chars_per_minute")),
            (r#"{"typing": {"max_ms": 60000}}"#, Some("typing.max_ms")),
            (r#"{"typing": {}}"#, None),
        ] {
            let policy: PacingPolicy = serde_json::from_str(json).unwrap();
            assert_eq!(policy.validate().err().map(|e| e.field), field, "{json}");
        }
    }

    #[test]
    fn what_was_stored_before_a_field_existed_is_read() {
        let policy: PacingPolicy = serde_json::from_str(
            r#"{"gap_min_ms": 1, "gap_max_ms": 2, "daily_cap": null, "hourly_cap": 5, "quiet_hours":{"from":"21:00","to":"08:00"},"time_zone":"Asia/Makassar"}"#,
        )
        .unwrap();
        assert_eq!((policy.hourly_cap, policy.typing, policy.hi_share_percent), (Some(5), None, 20));
        assert_eq!(policy.quiet_hours.map(|quiet| quiet.zone), Some(WindowZone::Sender));
        assert!(serde_json::from_str::<PacingPolicy>(r#"{"time_zone":"Mars/Olympus"}"#).is_err());
        assert!(serde_json::from_str::<PacingPolicy>(r#"{"daily":5}"#).is_err());
    }
}
