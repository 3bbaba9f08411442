//! Refilling lanes: as much as their pace allows, first what waits already, then the next people of campaigns.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_pacing::{Grant, WaitingFor, Window, grant, windows};
use wahana_queue::{Breaks, Class as Line, LaneView, Pace, Park};
use wahana_store::jobs::relay::{LaneFacts, Released, Room};

use crate::jobs::lane::Lane;
use crate::jobs::rates::{Used, has_rates};
use crate::jobs::turns::Turns;
use crate::{RoundError, Scheduler};

/// The most one lane holds in Redis, however fast it is.
const MAX_JOBS: u32 = 400;
/// A fast lane holds enough for this long, in milliseconds.
const AHEAD_MS: u32 = 2_000;
/// A slow lane that is held by a rate holds only this much.
const LEAST_RATED: u32 = 2;

/// The most that is released into one line of a lane in one round; a lane that wants more has another turn.
const PER_ROUND: u32 = 64;

/// The round that handles bulk messages that need more than one statement for all lanes: people of campaigns, and those that may
/// not all go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bulk {
    /// This round.
    Here,
    /// The backlog's next round: this one must stay short.
    Behind,
}

/// What came of refilling some lanes.
#[derive(Default)]
pub(crate) struct Refilled {
    /// Jobs released.
    pub(crate) released: usize,
    /// Lanes that may have more: they got all that one round gives, or their bulk messages were left for the backlog,
    /// or others held their campaign.
    pub(crate) more: Vec<SessionId>,
    /// Lanes that a limit holds until a time: worth a look then.
    pub(crate) later: Vec<(SessionId, DateTime<Utc>)>,
}

impl Scheduler {
    /// Tops these lanes up; `turns` learns what their organizations weigh.
    pub(crate) async fn refill(
        &self,
        lanes: &[SessionId],
        turns: &mut Turns,
        bulk: Bulk,
    ) -> Result<Refilled, RoundError> {
        if lanes.is_empty() {
            return Ok(Refilled::default());
        }
        let now = self.store.clock().now();
        let facts = self.store.system().lanes().facts(lanes).await?;
        facts.iter().for_each(|lane| turns.weigh(lane.organization, lane.weight));
        let ids: Vec<_> = facts.iter().map(|f| f.session.0).collect();
        let views = self.queue.lane_views(&ids).await?;
        let mut lanes: Vec<Lane> =
            facts.into_iter().zip(views).map(|(facts, view)| self.lane(facts, &view, now)).collect();
        for lane in &lanes {
            self.park(lane).await?;
        }
        let lent = self.take_rates(&mut lanes, now).await?;
        let waiting = self.store.system().lanes().release(&rooms(&lanes)).await?;
        for lane in &mut lanes {
            lane.count(&waiting);
        }
        self.push(&lanes, &waiting).await?;
        let mut refilled = Refilled { released: waiting.len(), ..Refilled::default() };
        let mut used: HashMap<SessionId, Used> = HashMap::new();
        for released in &waiting {
            used.entry(released.lane).or_default().add(released.class);
        }
        for lane in &mut lanes {
            let used = used.entry(lane.facts.session).or_default();
            lane.lo = lane.lo.saturating_sub(used.lo);
            if lane.crowded || (bulk == Bulk::Behind && lane.wants_bulk()) {
                refilled.more.push(lane.facts.session);
                continue;
            }
            let more = self.refill_bulk(lane, now, &mut refilled).await?;
            used.lo += more;
            refilled.released += more as usize;
        }
        self.give_back(lent, &used).await;
        // What holds the others is known once all of them was looked at.
        lanes.retain(|lane| !refilled.more.contains(&lane.facts.session));
        self.note_limits(&lanes, now).await?;
        refilled.later.extend(lanes.iter().filter_map(|lane| {
            let until =
                [lane.hi_bound, lane.lo_bound].into_iter().flatten().filter_map(|(_, until)| until).min()?;
            Some((lane.facts.session, until))
        }));
        Ok(refilled)
    }

    /// Bulk messages that need a look each, then the people of campaigns. Returns how many were released.
    async fn refill_bulk(
        &self,
        lane: &mut Lane,
        now: DateTime<Utc>,
        refilled: &mut Refilled,
    ) -> Result<u32, RoundError> {
        let mut released = 0;
        let room = lane.lo;
        lane.lo = room.min(PER_ROUND);
        if lane.lo > 0 && looks_closely(&lane.facts) {
            let due = self.release_due(lane, now).await?;
            lane.lo = lane.lo.saturating_sub(due.len() as u32);
            released += due.len() as u32;
            self.push(std::slice::from_ref(lane), &due).await?;
        }
        if lane.lo > 0 && lane.facts.has_recipients {
            // Each lane is told at once: the first need not wait until the people of the last are ready.
            let people = self.release_recipients(lane, now).await?;
            released += people.released.len() as u32;
            self.push(std::slice::from_ref(lane), &people.released).await?;
            if people.again {
                refilled.more.push(lane.facts.session);
            }
        }
        if released >= PER_ROUND && room > PER_ROUND {
            refilled.more.push(lane.facts.session);
        }
        Ok(released)
    }

    /// How much fits, by the lane's pace and by what stands in it already.
    fn lane(&self, facts: LaneFacts, view: &LaneView, now: DateTime<Utc>) -> Lane {
        let (depth, state) = (view.depth, &facts.state);
        // What is held by a rate is not to pile up in Redis, or it would come in a burst.
        let least = if has_rates(&facts) { LEAST_RATED } else { self.options.lane_window };
        let window = window(state.policy.gap_min_ms, state.policy.gap_max_ms, least);
        let fits = |waiting: u64| window.saturating_sub(u32::try_from(waiting).unwrap_or(u32::MAX));
        let (hi, hi_bound) = match grant(state, Class::Transactional, now) {
            Grant::Open(_) => (fits(depth.hi), None),
            Grant::Closed { why, until } => (0, Some((why, until))),
        };
        // What runs counts against the caps as well: it is about to be sent.
        let on_its_way = depth.lo + depth.later + depth.leased;
        let less = |left: u32| left.saturating_sub(u32::try_from(on_its_way).unwrap_or(u32::MAX));
        let (lo, lo_bound, new_chats) = match grant(state, Class::Bulk, now) {
            Grant::Open(room) => {
                (room.left.map_or(u32::MAX, less).min(fits(on_its_way)), None, room.new_chats.map(less))
            }
            Grant::Closed { why, until } => (0, Some((why, until)), None),
        };
        Lane {
            hi,
            lo,
            new_chats,
            hi_bound,
            lo_bound,
            park_all: other_park(state.parked_until, view.parked_until_ms, now),
            park_bulk: other_park(lo_bound.and_then(|(_, until)| until), view.lo_parked_until_ms, now),
            crowded: false,
            more: true,
            facts,
        }
    }

    /// Parks lanes in Redis as Postgres says, for what was released before they had to stop; or lets them go again.
    async fn park(&self, lane: &Lane) -> Result<(), RoundError> {
        for (until_ms, scope) in [(lane.park_all, Park::All), (lane.park_bulk, Park::Lo)] {
            if let Some(until_ms) = until_ms {
                self.queue.lane_park(lane.facts.session.0, until_ms, scope).await?;
            }
        }
        Ok(())
    }

    /// Tells Redis what was released. If that fails, the reconciler finds the difference.
    async fn push(&self, lanes: &[Lane], released: &[Released]) -> Result<(), RoundError> {
        let now = self.store.clock().now();
        for lane in lanes {
            let jobs: Vec<_> = released
                .iter()
                .filter(|r| r.lane == lane.facts.session)
                .map(|r| (r.job.0, line(r.class)))
                .collect();
            if !jobs.is_empty() {
                self.queue.lane_push(lane.facts.session.0, &jobs, &pace(lane, now)).await?;
                metrics::counter!("relay_released_total", "queue" => "lanes").increment(jobs.len() as u64);
            }
        }
        Ok(())
    }

    /// Tells Redis again what it should hold for these lanes: after it lost something, or we died in between.
    pub(crate) async fn push_again(&self, lanes: &[SessionId]) -> Result<usize, RoundError> {
        let facts = self.store.system().lanes().facts(lanes).await?;
        let released = self.store.system().lanes().released_in(lanes).await?;
        let lanes: Vec<Lane> = facts.into_iter().map(Lane::full).collect();
        self.push(&lanes, &released).await?;
        Ok(released.len())
    }
}

impl Lane {
    /// A lane that takes nothing more.
    fn full(facts: LaneFacts) -> Self {
        Self {
            facts,
            hi: 0,
            lo: 0,
            new_chats: None,
            hi_bound: None,
            lo_bound: None,
            park_all: None,
            park_bulk: None,
            crowded: false,
            more: true,
        }
    }

    /// Notes what was released for it.
    fn count(&mut self, released: &[Released]) {
        let of = |class| {
            released.iter().filter(|r| r.lane == self.facts.session && r.class == class).count() as u32
        };
        let (hi, lo) = (of(Class::Transactional), of(Class::Bulk));
        self.crowded = hi >= PER_ROUND || lo >= PER_ROUND;
        let filled = |room: u32, got| room > 0 && got == room.min(PER_ROUND);
        let apart = self.facts.has_recipients || looks_closely(&self.facts);
        self.more = apart || filled(self.hi, hi) || filled(self.lo, lo);
    }

    /// Whether there is room for bulk messages that need a look each.
    fn wants_bulk(&self) -> bool {
        self.lo > 0 && (self.facts.has_recipients || looks_closely(&self.facts))
    }

    /// Notes a limit met; what was met before was stricter.
    pub(crate) fn bind_lo(&mut self, why: WaitingFor, until: Option<DateTime<Utc>>) {
        self.lo_bound.get_or_insert((why, until));
    }
}

/// Whether its bulk messages have to be looked at one by one: some may go now and others not.
fn looks_closely(facts: &LaneFacts) -> bool {
    let policy = &facts.state.policy;
    facts.paced_campaigns || policy.new_chats_per_day.is_some() || windows::ask_recipient(policy, None)
}

/// The end of the park that Redis should have, if it has another one.
fn other_park(wanted: Option<DateTime<Utc>>, has_ms: i64, now: DateTime<Utc>) -> Option<i64> {
    let now_ms = now.timestamp_millis();
    let wanted_ms = wanted.map_or(0, |until| until.timestamp_millis());
    (wanted_ms.max(now_ms) != has_ms.max(now_ms)).then_some(wanted_ms)
}

fn rooms(lanes: &[Lane]) -> Vec<Room> {
    let both = lanes.iter().flat_map(|lane| {
        let lo = if looks_closely(&lane.facts) { 0 } else { lane.lo };
        [(lane.facts.session, Class::Transactional, lane.hi), (lane.facts.session, Class::Bulk, lo)]
    });
    both.filter(|(_, _, jobs)| *jobs > 0)
        .map(|(lane, class, jobs)| Room { lane, class, jobs: jobs.min(PER_ROUND) })
        .collect()
}

fn line(class: Class) -> Line {
    match class {
        Class::Transactional => Line::Hi,
        Class::Bulk => Line::Lo,
    }
}

fn pace(lane: &Lane, now: DateTime<Utc>) -> Pace {
    let state = &lane.facts.state;
    Pace {
        gap_min_ms: u64::from(state.policy.gap_min_ms),
        gap_max_ms: u64::from(state.policy.gap_max_ms),
        breaks: state.policy.breaks.map(|breaks| Breaks {
            every: breaks.every,
            min_ms: u64::from(breaks.min_ms),
            max_ms: u64::from(breaks.max_ms),
        }),
        max_in_flight: 1,
        budget: None,
        open_until_ms: None,
        not_before_ms: state.parked_until.map_or(0, |at| at.timestamp_millis()),
        lo_closed_ms: lo_closed(state, now),
        organization: lane.facts.organization.0,
        weight: lane.facts.weight,
        more: lane.more,
    }
}

/// The next span that closes for bulk messages, so that what Redis holds by then stops to the second.
fn lo_closed(state: &LaneState, now: DateTime<Utc>) -> Option<(i64, i64)> {
    let Window::Open(Some(closes)) = windows::of_sender(&state.policy, None, now) else { return None };
    let Window::Closed(_, opens) = windows::of_sender(&state.policy, None, closes) else { return None };
    Some((closes.timestamp_millis(), opens.timestamp_millis()))
}

/// Enough for two seconds of a fast lane, never less than the configured window.
fn window(gap_min_ms: u32, gap_max_ms: u32, least: u32) -> u32 {
    let gap = (gap_min_ms / 2 + gap_max_ms / 2).max(1);
    (AHEAD_MS / gap).clamp(least, MAX_JOBS.max(least))
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn slow_lanes_hold_little_and_fast_ones_two_seconds() {
        assert_eq!(window(30_000, 60_000, 20), 20);
        assert_eq!(window(10, 30, 20), 100);
        assert_eq!(window(0, 0, 20), 400);
        assert_eq!(window(u32::MAX, u32::MAX, 20), 20);
    }
}
