//! What a failed call to WAHA means for the message and for its lane.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::Reason;
use wahana_domain::sessions::ParkReason;
use wahana_jobs::Outcome;
use wahana_waha::{Class, ErrorCode, WahaError};

use crate::reasons::of_waha;

/// The session is known to be off: its status will say when it is back; we only look again to be sure.
const SESSION_OFF: TimeDelta = TimeDelta::seconds(15);
/// The node does not answer.
const NODE_AWAY: TimeDelta = TimeDelta::seconds(5);

/// What is made of a failed call.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// It concerns this message only.
    Message(Outcome),
    /// The whole lane rests until this time, for this reason; the message waits with it.
    Rest { until: DateTime<Utc>, code: ParkReason },
    /// WhatsApp asks for less: the whole lane rests, the longer the more often.
    BackOff,
    /// WhatsApp refuses new chats of the account, or only this one: the account is asked.
    Refused,
}

/// `random` in [0, 1) spreads the returns, so that lanes of one node do not come back at once.
pub(super) fn of(error: &WahaError, now: DateTime<Utc>, random: f64) -> Verdict {
    let later = |base: TimeDelta| now + base + base * (random * 500.0) as i32 / 1_000;
    let detail = || error.message.clone();
    match &error.class {
        Class::Permanent => Verdict::Message(Outcome::GiveUp { code: of_waha(error.code), detail: detail() }),
        Class::Transient => Verdict::Message(Outcome::Retry { code: of_waha(error.code), detail: detail() }),
        Class::Ambiguous => {
            let timed_out = error.code == ErrorCode::Timeout;
            Verdict::Message(Outcome::Unknown {
                code: if timed_out { Reason::Timeout } else { Reason::AnswerLost },
                detail: format!("{}: {}", error.code, error.message),
            })
        }
        Class::NotWorking { .. } => {
            Verdict::Rest { until: later(SESSION_OFF), code: ParkReason::SessionNotWorking }
        }
        Class::Unreachable => Verdict::Rest { until: later(NODE_AWAY), code: ParkReason::NodeUnreachable },
        Class::RateLimited => Verdict::BackOff,
        Class::Restricted => Verdict::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(class: Class) -> Verdict {
        let error = WahaError {
            class,
            status: Some(500),
            code: ErrorCode::EngineError,
            message: "words".into(),
            retry_after: None,
        };
        of(&error, "2026-11-23T03:00:00Z".parse().unwrap(), 0.0)
    }

    #[test]
    fn what_surely_did_not_happen_is_tried_again_and_what_may_have_is_not() {
        let outcome = |class| match verdict(class) {
            Verdict::Message(outcome) => outcome.as_str(),
            other => panic!("{other:?}"),
        };
        assert_eq!(outcome(Class::Permanent), "give_up");
        assert_eq!(outcome(Class::Transient), "retry");
        assert_eq!(outcome(Class::Ambiguous), "unknown");
        assert_eq!(
            verdict(Class::Unreachable),
            Verdict::Rest {
                until: "2026-11-23T03:00:05Z".parse().unwrap(),
                code: ParkReason::NodeUnreachable
            }
        );
    }

    #[test]
    fn a_restriction_holds_cold_messages_only() {
        assert_eq!(verdict(Class::Restricted), Verdict::Refused);
        assert_eq!(verdict(Class::RateLimited), Verdict::BackOff);
    }
}
