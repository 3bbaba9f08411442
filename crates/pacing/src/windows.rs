//! Quiet hours and send windows in one form: daily closed spans, each with the reason that people see.

use chrono::{DateTime, Offset, TimeDelta, Utc};
use chrono_tz::Tz;
use wahana_domain::policy::{CampaignPace, DayWindow, PacingPolicy, WindowZone};

use crate::{WaitingFor, calendar};

/// The closed spans of a session and, with it, of a campaign.
fn closed(
    policy: &PacingPolicy,
    campaign: Option<&CampaignPace>,
) -> impl Iterator<Item = (DayWindow, WaitingFor)> {
    let own = campaign.and_then(|pace| pace.send_window);
    let windows = [policy.send_window, own].into_iter().flatten();
    let quiet = policy.quiet_hours.into_iter().map(|span| (span, WaitingFor::QuietHours));
    quiet.chain(windows.map(|window| (window.complement(), WaitingFor::SendWindow)))
}

/// Whether all windows in the sender's time zone are open at `now`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// All are open, until this time, if one of them ever closes.
    Open(Option<DateTime<Utc>>),
    /// At least one is closed: the one that opens last, and when.
    Closed(WaitingFor, DateTime<Utc>),
}

/// The windows in the sender's time zone.
pub fn of_sender(policy: &PacingPolicy, campaign: Option<&CampaignPace>, now: DateTime<Utc>) -> Window {
    let spans = closed(policy, campaign).filter(|(span, _)| span.zone == WindowZone::Sender);
    let (mut shut, mut closes) = (None, None);
    for (span, why) in spans {
        match calendar::inside_until(span, policy.time_zone, now) {
            Some(until) => shut = shut.max(Some((until, why))),
            None => {
                let at = calendar::next_start(span, policy.time_zone, now);
                closes = Some(closes.map_or(at, |earlier: DateTime<Utc>| earlier.min(at)));
            }
        }
    }
    shut.map_or(Window::Open(closes), |(until, why)| Window::Closed(why, until))
}

/// Whether any window is in the recipient's time zone.
pub fn ask_recipient(policy: &PacingPolicy, campaign: Option<&CampaignPace>) -> bool {
    closed(policy, campaign).any(|(span, _)| span.zone == WindowZone::Recipient)
}

/// When a recipient who is in one of these time zones may be written to; `None` is now. All windows must be open in all
/// of the zones. If they never are at once, the recipient's zone is taken to be the one in the middle.
pub fn of_recipient(
    policy: &PacingPolicy,
    campaign: Option<&CampaignPace>,
    zones: &[Tz],
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let spans = closed(policy, campaign).filter(|(span, _)| span.zone == WindowZone::Recipient);
    let spans: Vec<DayWindow> = spans.map(|(span, _)| span).collect();
    let zones = apart(zones, now);
    let open_at = open_in_all(&spans, &zones, now)
        .or_else(|| open_in_all(&spans, middle(&zones), now))
        .unwrap_or(now + TimeDelta::days(DAYS));
    (open_at > now).then_some(open_at)
}

/// So many days are searched for a time at which all windows are open.
const DAYS: i64 = 3;

/// The first time from `now` on that lies in no closed span of any of these zones.
fn open_in_all(spans: &[DayWindow], zones: &[Tz], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let last = now + TimeDelta::days(DAYS);
    let mut open_at = now;
    // A window may open while another closes. Each try goes at least to the end of a span, of which there is one a day
    // and zone.
    while open_at <= last {
        let shut = spans.iter().flat_map(|span| {
            zones.iter().filter_map(move |zone| calendar::inside_until(*span, *zone, open_at))
        });
        match shut.max() {
            Some(later) if later > open_at => open_at = later,
            _ => return Some(open_at),
        }
    }
    None
}

/// One zone for each clock: in these days many zones of a country show the same time. From west to east.
fn apart(zones: &[Tz], now: DateTime<Utc>) -> Vec<Tz> {
    let mut zones = zones.to_vec();
    if zones.len() > 1 {
        let east = |zone: &Tz, at: DateTime<Utc>| at.with_timezone(zone).offset().fix().local_minus_utc();
        let clock = |zone: &Tz| (east(zone, now), east(zone, now + TimeDelta::days(DAYS)));
        zones.sort_by_key(clock);
        zones.dedup_by_key(|zone| clock(zone));
    }
    zones
}

/// Of zones from west to east the one in the middle.
fn middle(zones: &[Tz]) -> &[Tz] {
    let at = zones.len() / 2;
    zones.get(at..=at).unwrap_or_default()
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

    #[test]
    fn the_window_that_opens_last_is_told_and_the_one_that_closes_first() {
        let policy = policy(
            r#"{"quiet_hours": {"from": "21:00", "to": "08:00"}, "send_window": {"from": "09:00", "to": "22:00"}, "time_zone": "UTC"}"#,
        );
        let asked = |time| of_sender(&policy, None, at(time));
        let nine = at("2026-11-23T09:00:00Z");
        assert_eq!(asked("2026-11-23T07:30:00Z"), Window::Closed(WaitingFor::SendWindow, nine));
        assert_eq!(
            asked("2026-11-22T21:30:00Z"),
            Window::Closed(WaitingFor::QuietHours, at("2026-11-23T08:00:00Z"))
        );
        assert_eq!(asked("2026-11-23T09:00:00Z"), Window::Open(Some(at("2026-11-23T21:00:00Z"))));
    }

    #[test]
    fn a_campaign_narrows_what_its_senders_allow() {
        let policy = policy(r#"{"time_zone": "UTC"}"#);
        let campaign = serde_json::from_str(r#"{"send_window": {"from": "09:00", "to": "10:00"}}"#).unwrap();
        let noon = at("2026-11-23T12:00:00Z");
        assert_eq!(of_sender(&policy, None, noon), Window::Open(None));
        assert_eq!(
            of_sender(&policy, Some(&campaign), noon),
            Window::Closed(WaitingFor::SendWindow, at("2026-11-24T09:00:00Z"))
        );
    }

    #[test]
    fn each_person_has_a_clock() {
        let policy = policy(
            r#"{"send_window": {"from": "09:00", "to": "21:00", "zone": "recipient"}, "time_zone": "Asia/Jakarta"}"#,
        );
        let now = at("2026-11-23T03:00:00Z"); // 10:00 in Jakarta, 03:00 in London, 22:00 in New York
        assert!(ask_recipient(&policy, None));
        assert_eq!(of_sender(&policy, None, now), Window::Open(None));
        let opens = |zone| of_recipient(&policy, None, &[zone], now);
        assert_eq!(opens(chrono_tz::Asia::Jakarta), None);
        assert_eq!(opens(chrono_tz::Europe::London), Some(at("2026-11-23T09:00:00Z")));
        assert_eq!(opens(chrono_tz::America::New_York), Some(at("2026-11-23T14:00:00Z")));
    }

    #[test]
    fn b22_all_possible_zones_must_be_open() {
        use chrono_tz::America::{Chicago, Los_Angeles, New_York};
        let asked = |window: &str, zones: &[Tz], now: &str| {
            let policy = policy(&format!(r#"{{"send_window": {window}, "time_zone": "UTC"}}"#));
            of_recipient(&policy, None, zones, at(now)).map(|at| at.to_rfc3339())
        };
        let afternoon = r#"{"from": "13:00", "to": "15:30", "zone": "recipient"}"#;
        // 11:06 in Los Angeles, 14:06 in New York.
        let now = "2026-11-23T19:06:00Z";
        assert_eq!(asked(afternoon, &[New_York], now), None);
        assert_eq!(asked(afternoon, &[Los_Angeles], now).unwrap(), "2026-11-23T21:00:00+00:00");
        assert_eq!(asked(afternoon, &[New_York, Chicago], now), None, "13:06 in Chicago");
        let earlier = "2026-11-23T18:30:00Z";
        assert_eq!(asked(afternoon, &[New_York, Chicago], earlier).unwrap(), "2026-11-23T19:00:00+00:00");
        // Never open in both: the one in the middle decides.
        let both = [New_York, Chicago, Los_Angeles];
        assert_eq!(asked(afternoon, &both, now), None, "13:06 in Chicago");
        assert_eq!(asked(afternoon, &both, earlier).unwrap(), "2026-11-23T19:00:00+00:00");
        let day = r#"{"from": "09:00", "to": "17:00", "zone": "recipient"}"#;
        // From 9 in Los Angeles to 17 in New York.
        assert_eq!(asked(day, &both, "2026-11-23T15:00:00Z").unwrap(), "2026-11-23T17:00:00+00:00");
        assert_eq!(asked(day, &both, "2026-11-23T21:59:00Z"), None);
        assert_eq!(asked(day, &both, "2026-11-23T22:00:00Z").unwrap(), "2026-11-24T17:00:00+00:00");
    }
}
