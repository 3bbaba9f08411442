//! Days, hours and daily spans in somebody's time zone, daylight saving included.

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use wahana_domain::policy::DayWindow;

/// The instant of this wall-clock time. If it occurs twice, the earlier; if the clock skips it, an hour
/// later.
fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// Start and end of the calendar day that contains `now`.
pub(crate) fn day(zone: Tz, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let today = now.with_timezone(&zone).date_naive();
    let tomorrow = today + Days::new(1);
    (
        instant(zone, today.and_time(chrono::NaiveTime::MIN)),
        instant(zone, tomorrow.and_time(chrono::NaiveTime::MIN)),
    )
}

/// Number of midnights between the two.
pub(crate) fn days_between(zone: Tz, from: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    u32::try_from((date(now) - date(from)).num_days()).unwrap_or(0)
}

/// Start and end of the clock hour that contains `now`.
pub(crate) fn hour(zone: Tz, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let local = now.with_timezone(&zone);
    let into = TimeDelta::minutes(i64::from(local.minute()))
        + TimeDelta::seconds(i64::from(local.second()))
        + TimeDelta::nanoseconds(i64::from(local.nanosecond()));
    (now - into, now - into + TimeDelta::hours(1))
}

/// End of the span, if it contains `now`.
pub(crate) fn inside_until(span: DayWindow, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = now.with_timezone(&zone);
    if !span.covers(local.time()) {
        return None;
    }
    let today = local.date_naive();
    let ends = if local.time() < span.to { today } else { today + Days::new(1) };
    // If the clock is turned back at the end of the span, that time occurs twice, and the first may be over.
    Some(instant(zone, ends.and_time(span.to)).max(now + TimeDelta::seconds(1)))
}

/// Next start of the span, for a `now` outside of it.
pub(crate) fn next_start(span: DayWindow, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let local = now.with_timezone(&zone);
    let today = local.date_naive();
    let begins = if local.time() < span.from { today } else { today + Days::new(1) };
    instant(zone, begins.and_time(span.from)).max(now + TimeDelta::seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_the_clock_change_is_25_hours_long() {
        let (from, to) = day(chrono_tz::Europe::Berlin, at("2026-10-25T12:00:00Z"));
        assert_eq!((from, to), (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")));
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(days_between(berlin, at("2026-10-24T21:59:00Z"), at("2026-10-24T22:01:00Z")), 1);
        assert_eq!(days_between(berlin, at("2026-10-24T22:01:00Z"), at("2026-10-25T22:59:00Z")), 0);
    }

    #[test]
    fn zones_off_by_quarters() {
        let (from, to) = hour(chrono_tz::Asia::Kathmandu, at("2026-11-23T03:20:00Z")); // 09:05 in Nepal
        assert_eq!((from, to), (at("2026-11-23T03:15:00Z"), at("2026-11-23T04:15:00Z")));
    }

    #[test]
    fn spans_over_midnight_and_into_the_gap_of_spring() {
        let quiet: DayWindow = serde_json::from_str(r#"{"from":"21:00","to":"02:30"}"#).unwrap();
        let berlin = chrono_tz::Europe::Berlin;
        // 2026-03-29 has no 02:30 in Berlin: quiet ends when the clock shows 03:30.
        assert_eq!(inside_until(quiet, berlin, at("2026-03-29T00:30:00Z")), Some(at("2026-03-29T01:30:00Z")));
        assert_eq!(inside_until(quiet, berlin, at("2026-03-28T21:00:00Z")), Some(at("2026-03-29T01:30:00Z")));
        assert_eq!(inside_until(quiet, berlin, at("2026-03-28T12:00:00Z")), None);
        assert_eq!(next_start(quiet, berlin, at("2026-03-28T12:00:00Z")), at("2026-03-28T20:00:00Z"));
        assert_eq!(next_start(quiet, berlin, at("2026-03-29T01:30:00Z")), at("2026-03-29T19:00:00Z"));
    }
}
