//! Refilling lanes: as much as their pace allows, first what waits already, then the next people of campaigns.

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_pacing::{Grant, Window, grant, windows};
use wahana_queue::{Breaks, Class as Line, LaneView, Pace, Park};
use wahana_store::relay::{LaneFacts, Released, Room};

use crate::turns::Turns;
use crate::{RoundError, Scheduler};

/// The most one lane holds in Redis, however fast it is.
const MOST: u32 = 400;
/// A fast lane holds enough for this long, in milliseconds.
const AHEAD_MS: u32 = 2_000;

/// The most that is released into one line of a lane in one round; a lane that wants more has another turn.
const PER_ROUND: u32 = 64;

/// What came of refilling some lanes.
#[derive(Default)]
pub(crate) struct Refilled {
    /// Jobs released.
    pub(crate) released: usize,
    /// Lanes that got all they might have in one round, and may have more.
    pub(crate) more: Vec<SessionId>,
    /// Lanes that have room for people of campaigns.
    pub(crate) people: Vec<People>,
}

/// A lane with room for people of its campaigns.
pub(crate) struct People {
    lane: Lane,
    room: u32,
    /// Whether the lane has more room than it gets in one round.
    pub(crate) again: bool,
}

impl People {
    /// The lane.
    pub(crate) fn session(&self) -> SessionId {
        self.lane.facts.session
    }
}

/// A lane being refilled.
struct Lane {
    facts: LaneFacts,
    hi: u32,
    lo: u32,
    /// Parks that Redis should have: of the whole lane, of its bulk line. `None` where it has them already.
    park_all: Option<i64>,
    park_bulk: Option<i64>,
    /// Bulk jobs released in this round.
    released_lo: u32,
    /// Whether a line got all that one round gives, so that there may be more.
    full: bool,
    /// Whether Postgres has more than fitted.
    more: bool,
}

impl Lane {
    /// Notes what was released for it.
    fn count(&mut self, released: &[Released]) {
        let of = |class| {
            released.iter().filter(|r| r.lane == self.facts.session && r.class == class).count() as u32
        };
        let (hi, lo) = (of(Class::Transactional), of(Class::Bulk));
        self.released_lo = lo;
        self.full = hi >= PER_ROUND || lo >= PER_ROUND;
        let filled = |room: u32, got| room > 0 && got == room.min(PER_ROUND);
        self.more = self.facts.has_recipients || filled(self.hi, hi) || filled(self.lo, lo);
    }
}

impl Scheduler {
    /// Tops these lanes up with what waits already; `turns` learns what their organizations weigh.
    pub(crate) async fn refill(
        &self,
        lanes: &[SessionId],
        turns: &mut Turns,
    ) -> Result<Refilled, RoundError> {
        if lanes.is_empty() {
            return Ok(Refilled::default());
        }
        let now = self.store.clock().now();
        let facts = self.store.system().lane_facts(lanes).await?;
        facts.iter().for_each(|lane| turns.weigh(lane.organization, lane.weight));
        let ids: Vec<_> = facts.iter().map(|f| f.session.0).collect();
        let views = self.queue.lane_views(&ids).await?;
        let mut lanes: Vec<Lane> =
            facts.into_iter().zip(views).map(|(facts, view)| self.lane(facts, &view, now)).collect();
        for lane in &lanes {
            self.park(lane).await?;
        }
        let waiting = self.store.system().release_lane_jobs(&rooms(&lanes)).await?;
        for lane in &mut lanes {
            lane.count(&waiting);
        }
        self.push(&lanes, &waiting).await?;
        let mut refilled = Refilled { released: waiting.len(), ..Refilled::default() };
        for lane in lanes {
            let room = lane.lo.saturating_sub(lane.released_lo);
            if lane.full {
                refilled.more.push(lane.facts.session);
            } else if lane.facts.has_recipients && room > 0 {
                refilled.people.push(People { lane, room: room.min(PER_ROUND), again: room > PER_ROUND });
            }
        }
        Ok(refilled)
    }

    /// Tops a lane up with the next people of one of its campaigns; `None` when others hold that just now.
    pub(crate) async fn release_people(&self, people: &People) -> Result<Option<usize>, RoundError> {
        let Some(released) = self.release_recipients(people.session(), people.room).await? else {
            return Ok(None);
        };
        self.push(std::slice::from_ref(&people.lane), &released).await?;
        Ok(Some(released.len()))
    }

    /// How much fits, by the lane's pace and by what stands in it already.
    fn lane(&self, facts: LaneFacts, view: &LaneView, now: DateTime<Utc>) -> Lane {
        let depth = view.depth;
        let state = &facts.state;
        let window = window(state.policy.gap_min_ms, state.policy.gap_max_ms, self.options.lane_window);
        let room = |class, waiting: u64| match grant(state, class, now) {
            Grant::Closed { .. } => 0,
            Grant::Open(open) => open
                .left
                .unwrap_or(u32::MAX)
                .min(window)
                .saturating_sub(waiting.min(u64::from(u32::MAX)) as u32),
        };
        let bulk_until = match grant(state, Class::Bulk, now) {
            Grant::Closed { until, .. } => until,
            Grant::Open(_) => None,
        };
        // What runs counts against the caps as well: it is about to be sent.
        Lane {
            hi: room(Class::Transactional, depth.hi),
            lo: room(Class::Bulk, depth.lo + depth.later + depth.leased),
            park_all: other_park(state.parked_until, view.parked_until_ms, now),
            park_bulk: other_park(bulk_until, view.lo_parked_until_ms, now),
            released_lo: 0,
            full: false,
            more: facts.has_recipients,
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
        let facts = self.store.system().lane_facts(lanes).await?;
        let released = self.store.system().released_in(lanes).await?;
        let lanes: Vec<Lane> = facts
            .into_iter()
            .map(|facts| Lane {
                facts,
                hi: 0,
                lo: 0,
                park_all: None,
                park_bulk: None,
                released_lo: 0,
                full: false,
                more: true,
            })
            .collect();
        self.push(&lanes, &released).await?;
        Ok(released.len())
    }
}

/// The end of the park that Redis should have, if it has another one.
fn other_park(wanted: Option<DateTime<Utc>>, has_ms: i64, now: DateTime<Utc>) -> Option<i64> {
    let now_ms = now.timestamp_millis();
    let wanted_ms = wanted.map_or(0, |until| until.timestamp_millis());
    (wanted_ms.max(now_ms) != has_ms.max(now_ms)).then_some(wanted_ms)
}

fn rooms(lanes: &[Lane]) -> Vec<Room> {
    let both = lanes.iter().flat_map(|lane| {
        [(lane.facts.session, Class::Transactional, lane.hi), (lane.facts.session, Class::Bulk, lane.lo)]
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
    (AHEAD_MS / gap).clamp(least, MOST.max(least))
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
