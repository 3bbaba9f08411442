//! What was sent in a stretch of time, and what kept it from being more.

use std::collections::BTreeMap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use wahana_domain::lanes::{LaneState, Used};

use crate::WaitingFor;

/// Usage is counted by quarters of an hour, so a play goes in steps of at most one.
const QUARTER: TimeDelta = TimeDelta::minutes(15);

/// The book of one day or hour.
#[derive(Clone, Default, Debug)]
pub(crate) struct Book {
    /// Messages; parts of one while it is played.
    pub(crate) messages: f64,
    waited: BTreeMap<WaitingFor, i64>,
}

impl Book {
    /// So long something was waited for.
    pub(crate) fn wait(&mut self, why: WaitingFor, span: TimeDelta) {
        *self.waited.entry(why).or_default() += span.num_milliseconds();
    }

    /// What stopped the lanes before the time was over, if anything did: that is what one could change. Else what took
    /// the most time.
    pub(crate) fn binding(&self) -> WaitingFor {
        let longest = |only: fn(&WaitingFor) -> bool| {
            self.waited.iter().filter(|(why, _)| only(why)).max_by_key(|(_, ms)| **ms).map(|(why, _)| *why)
        };
        longest(is_limit).or_else(|| longest(|_| true)).unwrap_or(WaitingFor::Turn)
    }
}

/// Turns parts of messages into whole ones, none lost on the way.
#[derive(Default)]
pub(crate) struct Whole(f64);

impl Whole {
    /// The whole messages of the next book.
    pub(crate) fn next(&mut self, messages: f64) -> u64 {
        self.0 += messages;
        let whole = self.0.round();
        self.0 -= whole;
        whole as u64
    }
}

/// Limits of how many, as opposed to when.
fn is_limit(why: &WaitingFor) -> bool {
    use WaitingFor::{CampaignRate, DailyCap, HourlyCap, NewChatCap, NodeLimit, PlanRate, WarmUpCap};
    matches!(why, DailyCap | HourlyCap | WarmUpCap | NewChatCap | CampaignRate | PlanRate | NodeLimit)
}

/// When the quarter of an hour ends that `now` lies in.
pub(crate) fn quarter_end(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(QUARTER).unwrap_or(now) + QUARTER
}

/// Counts what a lane sent, `new_chats` (from 0 to 1) of it to strangers.
pub(crate) fn use_up(lane: &mut LaneState, now: DateTime<Utc>, messages: f64, new_chats: f64) {
    let quarter = now.duration_trunc(QUARTER).unwrap_or(now);
    lane.warm_up_from = lane.warm_up_from.or(Some(quarter));
    lane.usage.retain(|used| used.quarter > now - TimeDelta::hours(25));
    let new_chats = (messages * new_chats).round() as u32;
    let messages = messages.round() as u32;
    lane.usage.push(Used { quarter, sent: messages, bulk: messages, new_chats });
}

pub(crate) fn millis(span: TimeDelta) -> f64 {
    span.num_microseconds().map_or(f64::MAX, |us| us as f64 / 1_000.0)
}
