//! The rate of one campaign over all its senders, spread evenly by the time at which its next message is due.

use chrono::{DateTime, TimeDelta, Utc};

/// Unused rate that is younger than this is caught up at once; older one is lost.
const BURST: TimeDelta = TimeDelta::seconds(5);

/// The time between two messages at this rate.
pub fn interval(per_hour: u32) -> TimeDelta {
    TimeDelta::microseconds(3_600_000_000 / i64::from(per_hour.max(1)))
}

/// How many of `wanted` messages may be sent at `now`, if the next was due at `due_at`; and when the next is
/// due after them.
pub fn allow(
    per_hour: u32,
    due_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    wanted: u32,
) -> (u32, DateTime<Utc>) {
    let due = due_at.unwrap_or(now).max(now - BURST);
    if due > now {
        return (0, due);
    }
    let interval = interval(per_hour);
    let owed =
        (now - due).num_microseconds().unwrap_or(0) / interval.num_microseconds().unwrap_or(1).max(1) + 1;
    let allowed = u32::try_from(owed).unwrap_or(u32::MAX).min(wanted);
    (allowed, due + interval * i32::try_from(allowed).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_sees_as_many_as_the_rate_however_often_it_is_asked() {
        for (per_hour, look_every_ms) in
            [(60, 137), (3_600, 500), (36_000, 20), (36_000, 15_000), (7, 15_000)]
        {
            let start = DateTime::UNIX_EPOCH;
            let (mut due, mut sent) = (None, 0);
            for look in 0..3_600_000 / look_every_ms {
                let now = start + TimeDelta::milliseconds(look * look_every_ms);
                let (allowed, next) = allow(per_hour, due, now, 400);
                (due, sent) = (Some(next), sent + allowed);
            }
            assert!(sent <= per_hour + 1, "{sent} of {per_hour}, looking every {look_every_ms} ms");
            // Checks that are further apart than the burst lose the time in between.
            assert!(look_every_ms > 5_000 || sent >= per_hour - 1, "{sent} of {per_hour}");
        }
    }

    #[test]
    fn a_long_silence_is_not_made_up_for() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        assert_eq!(allow(3_600, Some(DateTime::UNIX_EPOCH), now, 100).0, 6);
    }
}
