//! What a lane may do now, and if nothing, what it waits for and until when. Pure: facts and the time in, answer out.
//!
//! The relay grants by it, the API tells people by it; there is no second opinion.

mod calendar;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use wahana_domain::messages::Class;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::{Desired, SessionStatus};

/// What is known of a session when it is asked.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Its pace.
    pub policy: &'a PacingPolicy,
    /// What its owner wants.
    pub desired: Desired,
    /// What WAHA last said.
    pub status: SessionStatus,
    /// No message at all before this time.
    pub parked_until: Option<DateTime<Utc>>,
    /// No bulk message before this time.
    pub bulk_parked_until: Option<DateTime<Utc>>,
    /// Messages sent, by the quarter hour they began in.
    pub usage: &'a [(DateTime<Utc>, u32)],
}

/// What binds a lane: the reason people see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// Nothing but the pause between two messages.
    Turn,
    /// The session's owner stopped it.
    SessionStopped,
    /// The phone is not connected.
    SessionNotWorking,
    /// Parked after a signal of WhatsApp or WAHA.
    Parked,
    /// The quiet hours of the session.
    QuietHours,
    /// The cap of this clock hour.
    HourlyCap,
    /// The cap of this day.
    DailyCap,
}

impl WaitingFor {
    /// The name in JSON and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::SessionStopped => "session_stopped",
            Self::SessionNotWorking => "session_not_working",
            Self::Parked => "parked",
            Self::QuietHours => "quiet_hours",
            Self::HourlyCap => "hourly_cap",
            Self::DailyCap => "daily_cap",
        }
    }
}

/// What a line of a lane may do now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grant {
    /// It may send this many more, one each pause; `None` is no limit.
    Open {
        /// Messages left.
        left: Option<u32>,
    },
    /// It may not.
    Closed {
        /// Why: of all reasons the one that lasts longest.
        why: WaitingFor,
        /// Until when; `None` when no time ends it.
        until: Option<DateTime<Utc>>,
    },
}

/// What this line of the lane may do at `now`. Transactional messages pass quiet hours and caps: somebody waits for
/// them; they still take their turn.
pub fn grant(facts: &Facts<'_>, class: Class, now: DateTime<Utc>) -> Grant {
    if facts.desired != Desired::Running {
        return Grant::Closed { why: WaitingFor::SessionStopped, until: None };
    }
    if facts.status != SessionStatus::Working {
        return Grant::Closed { why: WaitingFor::SessionNotWorking, until: None };
    }
    let parked = match class {
        Class::Transactional => facts.parked_until,
        Class::Bulk => facts.parked_until.max(facts.bulk_parked_until),
    };
    let parked = parked.filter(|until| *until > now).map(|until| (WaitingFor::Parked, until));
    let bulk = if class == Class::Bulk { bulk_limits(facts, now) } else { BulkLimits::default() };
    match parked.into_iter().chain(bulk.closed).max_by_key(|(_, until)| *until) {
        Some((why, until)) => Grant::Closed { why, until: Some(until) },
        None => Grant::Open { left: bulk.left },
    }
}

#[derive(Default)]
struct BulkLimits {
    closed: Vec<(WaitingFor, DateTime<Utc>)>,
    left: Option<u32>,
}

fn bulk_limits(facts: &Facts<'_>, now: DateTime<Utc>) -> BulkLimits {
    let policy = facts.policy;
    let mut limits = BulkLimits::default();
    if let Some(until) =
        policy.quiet_hours.and_then(|quiet| calendar::quiet_until(quiet, policy.time_zone, now))
    {
        limits.closed.push((WaitingFor::QuietHours, until));
    }
    let day = calendar::day(policy.time_zone, now);
    let hour = calendar::hour(policy.time_zone, now);
    let caps =
        [(policy.daily_cap, day, WaitingFor::DailyCap), (policy.hourly_cap, hour, WaitingFor::HourlyCap)];
    for (cap, span, why) in caps {
        let Some(cap) = cap else { continue };
        let left = cap.saturating_sub(sent_since(facts.usage, span.0));
        if left == 0 {
            limits.closed.push((why, span.1));
        }
        limits.left = Some(limits.left.map_or(left, |l| l.min(left)));
    }
    limits
}

fn sent_since(usage: &[(DateTime<Utc>, u32)], from: DateTime<Utc>) -> u32 {
    usage.iter().filter(|(quarter, _)| *quarter >= from).map(|(_, n)| n).sum()
}

/// About when `messages` would be through at this pace, if nothing but pauses and caps held them: for estimates.
pub fn roughly_done(policy: &PacingPolicy, messages: u64, now: DateTime<Utc>) -> DateTime<Utc> {
    let gap = (i64::from(policy.gap_min_ms) + i64::from(policy.gap_max_ms)) / 2;
    let by_gap =
        TimeDelta::milliseconds(gap.saturating_mul(messages.min(i64::MAX as u64) as i64).min(i64::MAX / 4));
    let by_cap = policy.daily_cap.map_or(TimeDelta::zero(), |cap| {
        TimeDelta::days((messages / u64::from(cap.max(1))).min(100_000) as i64)
    });
    now.checked_add_signed(by_gap.max(by_cap)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn policy(json: &str) -> PacingPolicy {
        serde_json::from_str(json).unwrap()
    }

    fn facts<'a>(policy: &'a PacingPolicy, usage: &'a [(DateTime<Utc>, u32)]) -> Facts<'a> {
        Facts {
            policy,
            desired: Desired::Running,
            status: SessionStatus::Working,
            parked_until: None,
            bulk_parked_until: None,
            usage,
        }
    }

    #[test]
    fn a_session_that_does_not_work_sends_nothing() {
        let policy = PacingPolicy::default();
        let now = at("2026-11-23T03:00:00Z");
        for (desired, status, why) in [
            (Desired::Stopped, SessionStatus::Working, WaitingFor::SessionStopped),
            (Desired::Running, SessionStatus::ScanQrCode, WaitingFor::SessionNotWorking),
        ] {
            for class in [Class::Transactional, Class::Bulk] {
                assert_eq!(
                    grant(&Facts { desired, status, ..facts(&policy, &[]) }, class, now),
                    Grant::Closed { why, until: None }
                );
            }
        }
    }

    #[test]
    fn caps_end_at_the_owners_midnight_and_let_replies_through() {
        let policy = policy(r#"{"daily_cap": 100, "hourly_cap": 30, "time_zone": "Asia/Jakarta"}"#);
        let now = at("2026-11-23T03:10:00Z"); // 10:10 in Jakarta
        let yesterday = (at("2026-11-22T16:45:00Z"), 500);
        let usage = [yesterday, (at("2026-11-22T17:00:00Z"), 60), (at("2026-11-23T03:00:00Z"), 10)];
        assert_eq!(grant(&facts(&policy, &usage), Class::Bulk, now), Grant::Open { left: Some(20) });
        let usage = [(at("2026-11-23T03:00:00Z"), 30)];
        assert_eq!(
            grant(&facts(&policy, &usage), Class::Bulk, now),
            Grant::Closed { why: WaitingFor::HourlyCap, until: Some(at("2026-11-23T04:00:00Z")) }
        );
        let usage = [(at("2026-11-23T03:00:00Z"), 100)];
        assert_eq!(
            grant(&facts(&policy, &usage), Class::Bulk, now),
            Grant::Closed { why: WaitingFor::DailyCap, until: Some(at("2026-11-23T17:00:00Z")) }
        );
        assert_eq!(grant(&facts(&policy, &usage), Class::Transactional, now), Grant::Open { left: None });
    }

    #[test]
    fn the_reason_that_lasts_longest_is_told() {
        let policy =
            policy(r#"{"quiet_hours": {"from": "21:00", "to": "08:00"}, "time_zone": "Asia/Jakarta"}"#);
        let now = at("2026-11-23T15:00:00Z"); // 22:00
        let quiet = Grant::Closed { why: WaitingFor::QuietHours, until: Some(at("2026-11-24T01:00:00Z")) };
        assert_eq!(grant(&facts(&policy, &[]), Class::Bulk, now), quiet);
        let soon = Facts { bulk_parked_until: Some(at("2026-11-23T16:00:00Z")), ..facts(&policy, &[]) };
        assert_eq!(grant(&soon, Class::Bulk, now), quiet);
        let later = Facts { parked_until: Some(at("2026-11-24T09:00:00Z")), ..facts(&policy, &[]) };
        assert_eq!(
            grant(&later, Class::Bulk, now),
            Grant::Closed { why: WaitingFor::Parked, until: Some(at("2026-11-24T09:00:00Z")) }
        );
        assert_eq!(grant(&soon, Class::Transactional, now), Grant::Open { left: None });
    }
}
