//! Quiet hours and send windows in one form: daily closed spans, each with the reason that people see.

use chrono::{DateTime, Utc};
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

/// When recipients in this time zone may be written to; `None` is now.
pub fn of_recipient(
    policy: &PacingPolicy,
    campaign: Option<&CampaignPace>,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut open_at = now;
    // The last window may open while another closes, so times are tried for a few days; then the last one is
    // taken.
    for _ in 0..8 {
        let spans = closed(policy, campaign).filter(|(span, _)| span.zone == WindowZone::Recipient);
        match spans.filter_map(|(span, _)| calendar::inside_until(span, zone, open_at)).max() {
            Some(later) => open_at = later,
            None => break,
        }
    }
    (open_at > now).then_some(open_at)
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
        let opens = |zone| of_recipient(&policy, None, zone, now);
        assert_eq!(opens(chrono_tz::Asia::Jakarta), None);
        assert_eq!(opens(chrono_tz::Europe::London), Some(at("2026-11-23T09:00:00Z")));
        assert_eq!(opens(chrono_tz::America::New_York), Some(at("2026-11-23T14:00:00Z")));
    }
}
