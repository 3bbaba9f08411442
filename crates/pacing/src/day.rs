//! Simulation of one day of a session by the rules of [`grant`](crate::grant), with the mean pause instead of
//! a random one and an unlimited supply of recipients: how many messages a policy allows.
//!
//! It must never contain a pacing rule of its own.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_domain::policy::{PacingPolicy, WindowZone};
use wahana_domain::sessions::{Desired, SessionStatus};

use crate::book::{Book, Whole, millis, quarter_end, use_up};
use crate::{Grant, Room, WaitingFor, Window, calendar, gap, grant, new_chats_again, windows};

/// What a session could send on one day of its time zone.
#[derive(Clone, PartialEq, Debug)]
pub struct DayPlan {
    /// The day.
    pub date: NaiveDate,
    /// Bulk messages of the whole day.
    pub messages: u64,
    /// What limits the day.
    pub binding: WaitingFor,
    /// When windows and quiet hours allow bulk messages.
    pub open: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Its clock hours.
    pub hours: Vec<Hour>,
}

/// One clock hour of a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hour {
    /// When it begins.
    pub at: DateTime<Utc>,
    /// Bulk messages in it.
    pub messages: u64,
    /// What limits the hour.
    pub binding: WaitingFor,
}

/// The day that contains `at`, from midnight, with nothing sent before. The fraction `new_chats` (0 to 1) of
/// the messages begins a chat; all recipients are in the session's time zone.
pub fn plan(
    policy: &PacingPolicy,
    warm_up_from: Option<DateTime<Utc>>,
    new_chats: f64,
    at: DateTime<Utc>,
) -> DayPlan {
    let policy = by_own_clock(policy);
    let (start, end) = calendar::day(policy.time_zone, at);
    let open = open_spans(&policy, start, end);
    let date = start.with_timezone(&policy.time_zone).date_naive();
    let lane = LaneState {
        policy,
        desired: Desired::Running,
        status: SessionStatus::Working,
        paused: false,
        parked_until: None,
        bulk_parked_until: None,
        usage: Vec::new(),
        warm_up_from,
    };
    let mut play = Play { lane, new_chats, end, whole_day: Book::default(), hours: BTreeMap::new() };
    play.run(start);
    let mut whole = Whole::default();
    let hours: Vec<Hour> = play
        .hours
        .iter()
        .map(|(at, book)| Hour { at: *at, messages: whole.next(book.messages), binding: book.binding() })
        .collect();
    let messages = hours.iter().map(|hour| hour.messages).sum();
    DayPlan { date, messages, binding: play.whole_day.binding(), open, hours }
}

/// The same policy, with the recipients' windows applied in the session's time zone.
fn by_own_clock(policy: &PacingPolicy) -> PacingPolicy {
    let mut policy = policy.clone();
    for window in [&mut policy.quiet_hours, &mut policy.send_window].into_iter().flatten() {
        window.zone = WindowZone::Sender;
    }
    policy
}

fn open_spans(
    policy: &PacingPolicy,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let (mut now, mut spans) = (start, Vec::new());
    while now < end {
        now = match windows::of_sender(policy, None, now) {
            Window::Closed(_, until) => until,
            Window::Open(closes) => {
                let closes = closes.unwrap_or(end).min(end);
                spans.push((now, closes));
                closes
            }
        };
    }
    spans
}

struct Play {
    lane: LaneState,
    new_chats: f64,
    end: DateTime<Utc>,
    whole_day: Book,
    hours: BTreeMap<DateTime<Utc>, Book>,
}

impl Play {
    fn run(&mut self, start: DateTime<Utc>) {
        let mut now = start;
        while now < self.end {
            now = match grant(&self.lane, Class::Bulk, now) {
                Grant::Closed { why, until } => self.pass(now, until.unwrap_or(self.end), why),
                Grant::Open(room) if room.new_chats == Some(0) && self.new_chats > 0.0 => {
                    self.pass(now, new_chats_again(&self.lane, now), WaitingFor::NewChatCap)
                }
                Grant::Open(room) => self.send(now, room),
            };
        }
    }

    /// Sends until the quarter or the window ends or no message is left; returns when the next may be sent.
    fn send(&mut self, now: DateTime<Utc>, room: Room) -> DateTime<Utc> {
        let stop = room.until.map_or(quarter_end(now), |until| until.min(quarter_end(now)));
        let pause = gap::mean_ms(&self.lane.policy);
        let messages = (millis(stop - now) / pause).ceil().max(1.0).min(room.fits(self.new_chats));
        let (hour, _) = calendar::hour(self.lane.policy.time_zone, now);
        self.hours.entry(hour).or_default().messages += messages;
        use_up(&mut self.lane, now, messages, self.new_chats);
        let took = TimeDelta::microseconds((messages * pause * 1_000.0) as i64);
        self.pass(now, now + took, WaitingFor::Turn)
    }

    /// Records the reason of a wait in each hour that it overlaps.
    fn pass(&mut self, from: DateTime<Utc>, until: DateTime<Utc>, why: WaitingFor) -> DateTime<Utc> {
        let until = until.max(from + TimeDelta::milliseconds(1));
        let (mut from, last) = (from, until.min(self.end));
        while from < last {
            let (hour, next) = calendar::hour(self.lane.policy.time_zone, from);
            let to = next.min(last).max(from + TimeDelta::milliseconds(1));
            self.hours.entry(hour).or_default().wait(why, to - from);
            self.whole_day.wait(why, to - from);
            from = to;
        }
        until
    }
}
