//! Caps: how many messages are left in this hour and this day.
//!
//! `hi_share_percent` of each cap is reserved for transactional messages, the rest for bulk messages. Neither
//! class can use up the share of the other, and together they stay within the cap as long as transactional
//! messages stay within their share. Transactional messages beyond their share are still sent, because
//! somebody waits for them.

use chrono::{DateTime, Utc};
use wahana_domain::lanes::{LaneState, Used};

use crate::{WaitingFor, calendar};

/// The current state of one cap.
pub(crate) struct Cap {
    pub(crate) why: WaitingFor,
    /// Bulk messages left.
    pub(crate) left: u32,
    /// When it resets.
    pub(crate) until: DateTime<Utc>,
}

/// The caps that apply to bulk messages now.
pub(crate) fn of(lane: &LaneState, now: DateTime<Utc>) -> impl Iterator<Item = Cap> {
    let policy = &lane.policy;
    let day = calendar::day(policy.time_zone, now);
    let hour = calendar::hour(policy.time_zone, now);
    let caps = [
        (policy.daily_cap, day, WaitingFor::DailyCap),
        (warm_up(lane, now), day, WaitingFor::WarmUpCap),
        (policy.hourly_cap, hour, WaitingFor::HourlyCap),
    ];
    caps.into_iter().filter_map(move |(cap, (from, until), why)| {
        let left =
            bulk_share(cap?, policy.hi_share_percent).saturating_sub(sum(lane, from, |used| used.bulk));
        Some(Cap { why, left, until })
    })
}

/// New chats that are left today; `None` is no limit.
pub(crate) fn new_chats(lane: &LaneState, now: DateTime<Utc>) -> Option<u32> {
    let (from, _) = calendar::day(lane.policy.time_zone, now);
    let cap = lane.policy.new_chats_per_day?;
    Some(cap.saturating_sub(sum(lane, from, |used| used.new_chats)))
}

fn warm_up(lane: &LaneState, now: DateTime<Utc>) -> Option<u32> {
    let warm_up = lane.policy.warm_up.as_ref()?;
    let day = lane.warm_up_from.map_or(0, |from| calendar::days_between(lane.policy.time_zone, from, now));
    warm_up.cap(day)
}

fn bulk_share(cap: u32, hi_share_percent: u32) -> u32 {
    let kept = u64::from(cap) * u64::from(hi_share_percent.min(100)) / 100;
    cap.saturating_sub(kept as u32)
}

fn sum(lane: &LaneState, from: DateTime<Utc>, what: impl Fn(&Used) -> u32) -> u32 {
    lane.usage.iter().filter(|used| used.quarter >= from).map(what).sum()
}
