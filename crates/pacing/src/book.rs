//! Messages sent in a period of time, and what limited them.

use std::collections::BTreeMap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use wahana_domain::lanes::{LaneState, Used};

use crate::WaitingFor;

/// Usage is counted per quarter of an hour, which is therefore the longest step of a simulation.
const QUARTER: TimeDelta = TimeDelta::minutes(15);

/// The book of one day or hour.
#[derive(Clone, Default, Debug)]
pub(crate) struct Book {
    /// Messages; fractions during the simulation.
    pub(crate) messages: f64,
    waited: BTreeMap<WaitingFor, i64>,
}

impl Book {
    /// Time spent waiting, by reason.
    pub(crate) fn wait(&mut self, why: WaitingFor, span: TimeDelta) {
        *self.waited.entry(why).or_default() += span.num_milliseconds();
    }

    /// The reason that stopped the lanes before the end of the period, because that is what a user can
    /// change; without one, the reason with the longest wait.
    pub(crate) fn binding(&self) -> WaitingFor {
        let longest = |only: fn(&WaitingFor) -> bool| {
            self.waited.iter().filter(|(why, _)| only(why)).max_by_key(|(_, ms)| **ms).map(|(why, _)| *why)
        };
        longest(is_limit).or_else(|| longest(|_| true)).unwrap_or(WaitingFor::Turn)
    }
}

/// Rounds fractions of messages to whole ones, and carries the remainder over.
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

/// Reasons that limit the number of messages, as opposed to their times.
fn is_limit(why: &WaitingFor) -> bool {
    use WaitingFor::{CampaignRate, DailyCap, HourlyCap, NewChatCap, NodeLimit, PlanRate, WarmUpCap};
    matches!(why, DailyCap | HourlyCap | WarmUpCap | NewChatCap | CampaignRate | PlanRate | NodeLimit)
}

/// End of the quarter of an hour that contains `now`.
pub(crate) fn quarter_end(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(QUARTER).unwrap_or(now) + QUARTER
}

/// Counts messages of a lane; the fraction `new_chats` (0 to 1) begins a chat.
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
