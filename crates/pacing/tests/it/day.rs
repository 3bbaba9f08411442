//! The simulation of one day.

use chrono::{DateTime, Utc};
use wahana_domain::policy::PacingPolicy;
use wahana_pacing::WaitingFor;
use wahana_pacing::day::{DayPlan, plan};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Noon of a day in Jakarta (UTC+7).
const NOON: &str = "2026-11-23T05:00:00Z";

fn day(policy: &str) -> DayPlan {
    let policy: PacingPolicy = serde_json::from_str(policy).unwrap();
    plan(&policy, None, 1.0, at(NOON))
}

#[test]
fn a_window_gives_the_hours_and_the_pauses_the_number() {
    // One each 10 s from 09:00 to 17:00 in Jakarta.
    let told = day(
        r#"{"gap_min_ms": 10000, "gap_max_ms": 10000, "daily_cap": null, "send_window": {"from": "09:00", "to": "17:00"}}"#,
    );
    assert_eq!(told.date.to_string(), "2026-11-23");
    assert_eq!(told.open, [(at("2026-11-23T02:00:00Z"), at("2026-11-23T10:00:00Z"))]);
    assert_eq!((told.messages, told.hours.len()), (8 * 360, 24));
    let of = |hour: usize| (told.hours[hour].messages, told.hours[hour].binding);
    assert_eq!(told.hours[0].at, at("2026-11-22T17:00:00Z"), "midnight in Jakarta");
    assert_eq!(of(8), (0, WaitingFor::SendWindow));
    assert_eq!(of(9), (360, WaitingFor::Turn));
    assert_eq!(of(17), (0, WaitingFor::SendWindow));
}

#[test]
fn what_binds_is_the_limit_that_one_could_change() {
    let pace = r#""gap_min_ms": 10000, "gap_max_ms": 10000, "hi_share_percent": 20"#;
    let told = day(&format!(r#"{{{pace}, "daily_cap": 1000, "hourly_cap": 100}}"#));
    assert_eq!((told.hours[0].messages, told.hours[0].binding), (80, WaitingFor::HourlyCap));
    assert_eq!((told.messages, told.hours[9].messages), (800, 80), "a fifth is kept for who waits");
    assert_eq!((told.hours[10].messages, told.hours[10].binding), (0, WaitingFor::DailyCap));
    assert_eq!(told.binding, WaitingFor::DailyCap);
    assert_eq!(told.open, [(at("2026-11-22T17:00:00Z"), at("2026-11-23T17:00:00Z"))]);
}

#[test]
fn strangers_and_new_numbers_have_caps_of_their_own() {
    let pace = r#""gap_min_ms": 10000, "gap_max_ms": 10000, "daily_cap": null, "hi_share_percent": 0"#;
    let policy: PacingPolicy = serde_json::from_str(&format!(
        r#"{{{pace}, "new_chats_per_day": 50, "warm_up": {{"kind": "list", "caps": [20, 60]}}}}"#
    ))
    .unwrap();
    let on = |from: Option<&str>, strangers| {
        let told = plan(&policy, from.map(at), strangers, at(NOON));
        (told.messages, told.binding)
    };
    assert_eq!(on(None, 1.0), (20, WaitingFor::WarmUpCap), "its first day");
    assert_eq!(on(Some("2026-11-22T05:00:00Z"), 1.0), (50, WaitingFor::NewChatCap), "its second");
    assert_eq!(on(Some("2026-11-22T05:00:00Z"), 0.5), (60, WaitingFor::WarmUpCap));
    assert_eq!(on(Some("2026-11-01T05:00:00Z"), 0.0), (8640, WaitingFor::Turn));
}

#[test]
fn quiet_hours_cut_the_window_whoever_s_clock_they_are_on() {
    let told = day(
        r#"{"daily_cap": null, "quiet_hours": {"from": "12:00", "to": "13:30", "zone": "recipient"}, "send_window": {"from": "09:00", "to": "17:00"}}"#,
    );
    assert_eq!(
        told.open,
        [
            (at("2026-11-23T02:00:00Z"), at("2026-11-23T05:00:00Z")),
            (at("2026-11-23T06:30:00Z"), at("2026-11-23T10:00:00Z")),
        ]
    );
    assert_eq!((told.hours[12].messages, told.hours[12].binding), (0, WaitingFor::QuietHours));
    assert!(told.hours[13].messages > 0);
}

#[test]
fn the_day_of_the_clock_change_has_25_hours() {
    let policy: PacingPolicy =
        serde_json::from_str(r#"{"time_zone": "Europe/Berlin", "daily_cap": null}"#).unwrap();
    assert_eq!(plan(&policy, None, 1.0, at("2026-10-25T12:00:00Z")).hours.len(), 25);
}
