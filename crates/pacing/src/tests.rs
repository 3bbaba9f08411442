//! The grant, limit by limit.

use wahana_domain::lanes::Used;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn lane(policy: &str, usage: &[(&str, u32, u32)]) -> LaneState {
    let used = |(quarter, bulk, new_chats): &(&str, u32, u32)| Used {
        quarter: at(quarter),
        sent: *bulk,
        bulk: *bulk,
        new_chats: *new_chats,
    };
    LaneState {
        policy: serde_json::from_str(policy).unwrap(),
        desired: Desired::Running,
        status: SessionStatus::Working,
        paused: false,
        parked_until: None,
        bulk_parked_until: None,
        usage: usage.iter().map(used).collect(),
        warm_up_from: None,
    }
}

fn left(lane: &LaneState, now: &str) -> Option<u32> {
    match grant(lane, Class::Bulk, at(now)) {
        Grant::Open(room) => room.left,
        closed => panic!("{closed:?}"),
    }
}

fn closed(why: WaitingFor, until: &str) -> Grant {
    Grant::Closed { why, until: Some(at(until)) }
}

#[test]
fn a_session_that_does_not_work_sends_nothing() {
    for (desired, status, why) in [
        (Desired::Stopped, SessionStatus::Working, WaitingFor::SessionStopped),
        (Desired::Running, SessionStatus::ScanQrCode, WaitingFor::SessionNotWorking),
    ] {
        let lane = LaneState { desired, status, ..lane("{}", &[]) };
        for class in [Class::Transactional, Class::Bulk] {
            let granted = grant(&lane, class, at("2026-11-23T03:00:00Z"));
            assert_eq!(granted, Grant::Closed { why, until: None });
        }
    }
}

#[test]
fn an_operators_hold_stops_replies_too() {
    let held = LaneState { paused: true, ..lane("{}", &[]) };
    for class in [Class::Transactional, Class::Bulk] {
        let granted = grant(&held, class, at("2026-11-23T03:00:00Z"));
        assert_eq!(granted, Grant::Closed { why: WaitingFor::Paused, until: None });
    }
}

#[test]
fn caps_end_at_the_owners_midnight_and_let_replies_through() {
    let policy =
        r#"{"daily_cap": 100, "hourly_cap": 30, "hi_share_percent": 0, "time_zone": "Asia/Jakarta"}"#;
    let now = "2026-11-23T03:10:00Z"; // 10:10 in Jakarta
    let yesterday = ("2026-11-22T16:45:00Z", 500, 0);
    let used = [yesterday, ("2026-11-22T17:00:00Z", 60, 0), ("2026-11-23T03:00:00Z", 10, 0)];
    assert_eq!(left(&lane(policy, &used), now), Some(20));
    let full_hour = lane(policy, &[("2026-11-23T03:00:00Z", 30, 0)]);
    assert_eq!(
        grant(&full_hour, Class::Bulk, at(now)),
        closed(WaitingFor::HourlyCap, "2026-11-23T04:00:00Z")
    );
    let full_day = lane(policy, &[("2026-11-23T03:00:00Z", 100, 0)]);
    assert_eq!(grant(&full_day, Class::Bulk, at(now)), closed(WaitingFor::DailyCap, "2026-11-23T17:00:00Z"));
    assert_eq!(grant(&full_day, Class::Transactional, at(now)), Grant::Open(Room::default()));
}

#[test]
fn neither_class_eats_the_others_share_of_a_cap() {
    let policy = r#"{"daily_cap": 100, "hi_share_percent": 30, "time_zone": "UTC"}"#;
    let now = "2026-11-23T03:10:00Z";
    let mut busy_with_replies = lane(policy, &[("2026-11-23T03:00:00Z", 10, 0)]);
    busy_with_replies.usage[0].sent = 1_000;
    assert_eq!(left(&busy_with_replies, now), Some(60), "bulk has its 70, however many replies went out");
    let all_bulk = lane(policy, &[("2026-11-23T03:00:00Z", 70, 0)]);
    assert_eq!(grant(&all_bulk, Class::Bulk, at(now)), closed(WaitingFor::DailyCap, "2026-11-24T00:00:00Z"));
    assert_eq!(left(&lane(r#"{"daily_cap": 1, "time_zone": "UTC"}"#, &[]), now), Some(1));
}

#[test]
fn a_new_number_sends_more_each_day() {
    let policy = r#"{"warm_up": {"kind": "list", "caps": [10, 20]}, "daily_cap": 1000, "hi_share_percent": 0, "time_zone": "Asia/Jakarta"}"#;
    let mut new = lane(policy, &[("2026-11-23T03:00:00Z", 10, 0)]);
    assert_eq!(
        grant(&new, Class::Bulk, at("2026-11-23T03:10:00Z")),
        closed(WaitingFor::WarmUpCap, "2026-11-23T17:00:00Z")
    );
    new.warm_up_from = Some(at("2026-11-23T03:00:00Z"));
    assert_eq!(left(&new, "2026-11-23T17:00:00Z"), Some(20), "the second day");
    assert_eq!(left(&new, "2026-11-24T17:00:00Z"), Some(1_000), "and then it is warm");
}

#[test]
fn chats_begun_have_a_cap_of_their_own() {
    let policy = r#"{"new_chats_per_day": 5, "time_zone": "UTC"}"#;
    let new_chats = |used| match grant(&lane(policy, &[used]), Class::Bulk, at("2026-11-23T03:10:00Z")) {
        Grant::Open(room) => room.new_chats,
        closed => panic!("{closed:?}"),
    };
    assert_eq!(new_chats(("2026-11-23T03:00:00Z", 9, 3)), Some(2));
    assert_eq!(new_chats(("2026-11-23T03:00:00Z", 9, 7)), Some(0));
    assert_eq!(new_chats(("2026-11-22T23:45:00Z", 9, 7)), Some(5));
}

#[test]
fn the_reason_that_lasts_longest_is_told() {
    let policy = r#"{"quiet_hours": {"from": "21:00", "to": "08:00"}, "time_zone": "Asia/Jakarta"}"#;
    let quiet = closed(WaitingFor::QuietHours, "2026-11-24T01:00:00Z");
    let now = at("2026-11-23T15:00:00Z"); // 22:00
    assert_eq!(grant(&lane(policy, &[]), Class::Bulk, now), quiet);
    let soon = LaneState { bulk_parked_until: Some(at("2026-11-23T16:00:00Z")), ..lane(policy, &[]) };
    assert_eq!(grant(&soon, Class::Bulk, now), quiet);
    let later = LaneState { parked_until: Some(at("2026-11-24T09:00:00Z")), ..lane(policy, &[]) };
    assert_eq!(grant(&later, Class::Bulk, now), closed(WaitingFor::Parked, "2026-11-24T09:00:00Z"));
    assert_eq!(grant(&soon, Class::Transactional, now), Grant::Open(Room::default()));
}
