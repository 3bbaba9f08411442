//! Forecast of when a campaign will be finished, and what limits it on each day: a simulation of its lanes by
//! the rules of [`grant`](crate::grant), with the mean pause instead of a random one.
//!
//! It must never contain a pacing rule of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_domain::policy::CampaignPace;

use crate::book::{Book, Whole, millis, quarter_end, use_up};
use crate::{Grant, WaitingFor, Window, gap, grant, rate, windows};

/// Limit of the simulation; nobody plans further ahead.
const MAX_STEPS: u32 = 200_000;

/// A session that sends the campaign.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The current state of its lane.
    pub lane: LaneState,
    /// Other campaigns that take turns on it.
    pub others: u32,
    /// Which of the outlook's rates apply to it, besides the campaign's own.
    pub rates: Vec<usize>,
}

/// A rate shared by several lanes.
#[derive(Clone, Copy, Debug)]
pub struct SharedRate {
    /// The reason that people see when it limits.
    pub why: WaitingFor,
    /// Messages per minute.
    pub per_minute: u32,
}

/// The inputs of a forecast.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// When it starts or continues.
    pub start: DateTime<Utc>,
    /// Its own pacing.
    pub pace: CampaignPace,
    /// The sessions that send it.
    pub senders: Vec<Sender>,
    /// Rates of plan and nodes.
    pub rates: Vec<SharedRate>,
    /// Remaining recipients, by the time zones that they may be in.
    pub people: Vec<(&'static [Tz], u64)>,
    /// The fraction of them that begins a chat, 0 to 1.
    pub new_chats: f64,
}

/// A day of the campaign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// The date in the time zone of the first sender.
    pub date: NaiveDate,
    /// Messages sent on it.
    pub messages: u64,
    /// What limited it.
    pub binding: WaitingFor,
}

/// The forecast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast {
    /// When the last message is sent; `None`: never, or beyond the limit of the simulation.
    pub finish: Option<DateTime<Utc>>,
    /// The same with short and with long random pauses; they differ by a night if the end is close to a
    /// window.
    pub finish_between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Days with messages or waits.
    pub days: Vec<Day>,
    /// What prevents an end, if there is none.
    pub stuck: Option<WaitingFor>,
}

/// Relative deviation of the sum of many random pauses from its mean.
const SPREAD: f64 = 0.05;

/// Simulates the campaign.
pub fn forecast(outlook: &Outlook) -> Forecast {
    let finish = |stretch| Play::new(outlook, stretch).run().finish;
    let mut told = Play::new(outlook, 1.0).run();
    if let Some(middle) = told.finish {
        let (short, long) = (finish(1.0 - SPREAD).unwrap_or(middle), finish(1.0 + SPREAD).unwrap_or(middle));
        told.finish_between = Some((short.min(middle), long.max(middle)));
    }
    told
}

/// State of a rate in the simulation: when its next message is due.
struct Clock {
    why: WaitingFor,
    interval: TimeDelta,
    due: DateTime<Utc>,
}

struct Play<'a> {
    outlook: &'a Outlook,
    /// Factor of each mean pause.
    stretch: f64,
    lanes: Vec<LaneState>,
    clocks: Vec<Clock>,
    people: Vec<(&'static [Tz], f64)>,
    days: BTreeMap<NaiveDate, Book>,
    zone: Tz,
    finish: DateTime<Utc>,
    stuck: Option<WaitingFor>,
}

/// The next event of a sender.
enum Step {
    Send { messages: f64, ours: f64, took: TimeDelta },
    Wait(WaitingFor, DateTime<Utc>),
    Never(WaitingFor),
}

impl<'a> Play<'a> {
    fn new(outlook: &'a Outlook, stretch: f64) -> Self {
        let own = outlook.pace.messages_per_hour.map(|per_hour| Clock {
            why: WaitingFor::CampaignRate,
            interval: rate::interval(per_hour),
            due: outlook.start,
        });
        let shared = outlook.rates.iter().map(|shared| Clock {
            why: shared.why,
            interval: TimeDelta::microseconds(60_000_000 / i64::from(shared.per_minute.max(1))),
            due: outlook.start,
        });
        Self {
            lanes: outlook.senders.iter().map(|sender| sender.lane.clone()).collect(),
            clocks: shared.chain(own).collect(),
            people: outlook.people.iter().map(|(zones, n)| (*zones, *n as f64)).collect(),
            days: BTreeMap::new(),
            zone: outlook.senders.first().map_or(Tz::UTC, |sender| sender.lane.policy.time_zone),
            finish: outlook.start,
            stuck: None,
            stretch,
            outlook,
        }
    }

    fn run(mut self) -> Forecast {
        let mut turns: BinaryHeap<_> =
            (0..self.lanes.len()).map(|at| Reverse((self.outlook.start, at))).collect();
        for _ in 0..MAX_STEPS {
            if self.left() < 0.5 {
                return self.told(true);
            }
            let Some(Reverse((now, at))) = turns.pop() else { return self.told(false) };
            match self.step(at, now) {
                Step::Send { messages, ours, took } => {
                    self.send(at, now, messages, ours, took);
                    turns.push(Reverse((now + took, at)));
                }
                Step::Wait(why, until) => {
                    let until = until.max(now + TimeDelta::milliseconds(1));
                    self.wait(now, until, why);
                    turns.push(Reverse((until, at)));
                }
                Step::Never(why) => self.stuck = Some(why),
            }
        }
        self.told(false)
    }

    fn left(&self) -> f64 {
        self.people.iter().map(|(_, n)| n).sum()
    }

    fn step(&self, at: usize, now: DateTime<Utc>) -> Step {
        let (lane, sender) = (&self.lanes[at], &self.outlook.senders[at]);
        let room = match grant(lane, Class::Bulk, now) {
            Grant::Closed { why, until: Some(until) } => return Step::Wait(why, until),
            Grant::Closed { why, until: None } => return Step::Never(why),
            Grant::Open(room) => room,
        };
        let closes = match windows::of_sender(&lane.policy, Some(&self.outlook.pace), now) {
            Window::Closed(why, until) => return Step::Wait(why, until),
            Window::Open(closes) => closes,
        };
        let (open, opens) = self.open_people(lane, now);
        if open <= 0.0 {
            return opens.map_or(Step::Never(WaitingFor::RecipientWindow), |until| {
                Step::Wait(WaitingFor::RecipientWindow, until)
            });
        }
        if room.new_chats == Some(0) && self.outlook.new_chats > 0.0 {
            return Step::Wait(WaitingFor::NewChatCap, crate::new_chats_again(lane, now));
        }
        let mine: Vec<&Clock> = self.clocks_of(sender).into_iter().map(|clock| &self.clocks[clock]).collect();
        if let Some(clock) = mine.iter().filter(|clock| clock.due > now).max_by_key(|clock| clock.due) {
            return Step::Wait(clock.why, clock.due);
        }
        let quarter = quarter_end(now);
        let end = closes.map_or(quarter, |closes| quarter.min(closes));
        let span = millis(end - now);
        let pause = gap::mean_ms(&lane.policy) * self.stretch;
        let share = 1.0 / f64::from(sender.others + 1);
        let mut messages = (span / pause).ceil().max(1.0).min(room.fits(self.outlook.new_chats));
        for clock in mine {
            messages = messages.min((span / millis(clock.interval)).ceil().max(1.0));
        }
        // A sender does not take what the others would have sent meanwhile.
        let fair = (open / share / self.lanes.len() as f64).ceil().max(1.0);
        let messages = messages.min(fair);
        let took = TimeDelta::microseconds((messages * pause * 1_000.0) as i64);
        Step::Send { messages, ours: (messages * share).min(open), took }
    }

    fn clocks_of(&self, sender: &Sender) -> Vec<usize> {
        let own = self.outlook.pace.messages_per_hour.map(|_| self.clocks.len() - 1);
        sender.rates.iter().copied().chain(own).collect()
    }

    /// Number of recipients whose window is open, and when the next window opens.
    fn open_people(&self, lane: &LaneState, now: DateTime<Utc>) -> (f64, Option<DateTime<Utc>>) {
        let (mut open, mut opens) = (0.0, None);
        for (zones, n) in self.people.iter().filter(|(_, n)| *n > 0.0) {
            match windows::of_recipient(&lane.policy, Some(&self.outlook.pace), zones, now) {
                None => open += n,
                Some(at) => opens = Some(opens.map_or(at, |earlier: DateTime<Utc>| earlier.min(at))),
            }
        }
        (open, opens)
    }

    fn send(&mut self, at: usize, now: DateTime<Utc>, messages: f64, ours: f64, took: TimeDelta) {
        let (open, _) = self.open_people(&self.lanes[at], now);
        for (zones, n) in self.people.iter_mut().filter(|(_, n)| *n > 0.0) {
            let closed = windows::of_recipient(&self.lanes[at].policy, Some(&self.outlook.pace), zones, now);
            if closed.is_none() {
                *n = (*n - ours * *n / open).max(0.0);
            }
        }
        for clock in self.clocks_of(&self.outlook.senders[at]) {
            let clock = &mut self.clocks[clock];
            clock.due = clock.due.max(now)
                + TimeDelta::microseconds((millis(clock.interval) * messages * 1_000.0) as i64);
        }
        let day = self.days.entry(now.with_timezone(&self.zone).date_naive()).or_default();
        day.messages += ours;
        day.wait(WaitingFor::Turn, took);
        use_up(&mut self.lanes[at], now, messages, self.outlook.new_chats);
        self.finish = self.finish.max(now + took);
    }

    /// A wait counts for each day that it overlaps.
    fn wait(&mut self, from: DateTime<Utc>, until: DateTime<Utc>, why: WaitingFor) {
        let mut from = from;
        while from < until {
            let (_, midnight) = crate::calendar::day(self.zone, from);
            let end = until.min(midnight.max(from + TimeDelta::seconds(1)));
            let day = self.days.entry(from.with_timezone(&self.zone).date_naive()).or_default();
            day.wait(why, end - from);
            from = end;
        }
    }

    fn told(self, ends: bool) -> Forecast {
        let last = self.finish.with_timezone(&self.zone).date_naive();
        let mut whole = Whole::default();
        let day = |(date, book): (&NaiveDate, &Book)| Day {
            date: *date,
            messages: whole.next(book.messages),
            binding: book.binding(),
        };
        let days = self.days.iter().filter(|(date, _)| !ends || **date <= last).map(day).collect();
        Forecast {
            finish: ends.then_some(self.finish),
            finish_between: None,
            days,
            stuck: if ends { None } else { self.stuck.or(Some(WaitingFor::Turn)) },
        }
    }
}
