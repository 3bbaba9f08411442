//! What a failed call to WAHA means for the message and for its lane.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_jobs::Outcome;
use wahana_waha::{Class, WahaError};

/// The session is known to be off: its status will say when it is back; we only look again to be sure.
const SESSION_OFF: TimeDelta = TimeDelta::seconds(15);
/// The node does not answer.
const NODE_AWAY: TimeDelta = TimeDelta::seconds(5);
/// WhatsApp asks for less.
const RATE_LIMITED: TimeDelta = TimeDelta::seconds(60);
/// The account may not open chats: until somebody tells the real end, this long.
const RESTRICTED: TimeDelta = TimeDelta::hours(1);

/// What is made of a failed call.
#[derive(Debug)]
pub(super) struct Verdict {
    /// For the message.
    pub(super) outcome: Outcome,
    /// For its lane.
    pub(super) park: Option<ParkLane>,
}

/// A rest for the lane, kept in Postgres so that people see it.
#[derive(Debug)]
pub(super) struct ParkLane {
    pub(super) until: DateTime<Utc>,
    pub(super) bulk_only: bool,
    pub(super) code: &'static str,
}

/// `random` in [0, 1) spreads the returns, so that lanes of one node do not come back at once.
pub(super) fn of(error: &WahaError, now: DateTime<Utc>, random: f64) -> Verdict {
    let later = |base: TimeDelta| now + base + base * (random * 500.0) as i32 / 1_000;
    let defer = |until, code, bulk_only| Verdict {
        outcome: Outcome::Defer { until, code },
        park: Some(ParkLane { until, bulk_only, code }),
    };
    let plain = |outcome| Verdict { outcome, park: None };
    let detail = || error.message.clone();
    match &error.class {
        Class::Permanent => plain(Outcome::GiveUp { code: error.code, detail: detail() }),
        Class::Transient => plain(Outcome::Retry { code: error.code, detail: detail() }),
        Class::Ambiguous => plain(Outcome::Unknown { detail: format!("{}: {}", error.code, error.message) }),
        Class::NotWorking { .. } => defer(later(SESSION_OFF), "session_not_working", false),
        Class::Unreachable => defer(later(NODE_AWAY), "node_unreachable", false),
        Class::RateLimited => defer(later(RATE_LIMITED), "rate_limited", false),
        Class::Restricted => defer(later(RESTRICTED), "restricted", true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(class: Class) -> Verdict {
        let error = WahaError { class, status: Some(500), code: "some_code", message: "words".into() };
        of(&error, "2026-11-23T03:00:00Z".parse().unwrap(), 0.0)
    }

    #[test]
    fn what_surely_did_not_happen_is_tried_again_and_what_may_have_is_not() {
        assert_eq!(verdict(Class::Permanent).outcome.as_str(), "give_up");
        assert_eq!(verdict(Class::Transient).outcome.as_str(), "retry");
        assert_eq!(verdict(Class::Ambiguous).outcome.as_str(), "unknown");
        assert_eq!(
            verdict(Class::Unreachable).outcome,
            Outcome::Defer { until: "2026-11-23T03:00:05Z".parse().unwrap(), code: "node_unreachable" }
        );
    }

    #[test]
    fn a_restriction_holds_cold_messages_only() {
        assert!(verdict(Class::Restricted).park.is_some_and(|p| p.bulk_only));
        assert!(verdict(Class::RateLimited).park.is_some_and(|p| !p.bulk_only));
        assert!(verdict(Class::Transient).park.is_none());
    }
}
