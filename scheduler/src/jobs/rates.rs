//! Rates over many lanes: what an organization's plan allows, what one WAHA server is given. Tokens are taken for what
//! is about to be released, and what was not used is given back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::SessionId;
use wahana_domain::messages::Class;
use wahana_pacing::WaitingFor;
use wahana_queue::{Ask, Rate};
use wahana_service::jobs::shared_rates;
use wahana_store::jobs::relay::{LaneFacts, Room};

use crate::jobs::lane::Lane;
use crate::{RoundError, Scheduler};

/// What was released to a lane.
#[derive(Clone, Copy, Default)]
pub(crate) struct Used {
    pub(crate) hi: u32,
    pub(crate) lo: u32,
}

impl Used {
    pub(crate) fn add(&mut self, class: Class) {
        match class {
            Class::Transactional => self.hi += 1,
            Class::Bulk => self.lo += 1,
        }
    }
}

/// Tokens that a lane holds.
pub(crate) struct Lent {
    session: SessionId,
    rates: Vec<Rate>,
    tokens: u32,
}

/// Whether a rate over many lanes holds for this one.
pub(crate) fn has_rates(facts: &LaneFacts) -> bool {
    shared_rates::of_lane(facts).next().is_some()
}

/// The rates that hold for a lane, as Redis keeps them.
fn rates(facts: &LaneFacts) -> Vec<Rate> {
    let rates = shared_rates::of_lane(facts);
    rates.map(|rate| Rate { name: rate.keeper.to_string(), per_minute: rate.per_minute }).collect()
}

impl Scheduler {
    /// Cuts the room of lanes down to what their rates allow. Lanes without rates cost nothing.
    pub(crate) async fn take_rates(
        &self,
        lanes: &mut [Lane],
        now: DateTime<Utc>,
    ) -> Result<Vec<Lent>, RoundError> {
        let rated: Vec<&mut Lane> =
            lanes.iter_mut().filter(|lane| has_rates(&lane.facts) && lane.hi + lane.lo > 0).collect();
        if rated.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = self.wanted(&rated).await?;
        let asks: Vec<Ask> = rated
            .iter()
            .zip(&wanted)
            .map(|(lane, wanted)| Ask {
                rates: rates(&lane.facts),
                hi: i64::from(wanted.hi),
                lo: i64::from(wanted.lo),
            })
            .collect();
        let allowed = self.queue.take_rates(&asks).await?;
        let mut lent = Vec::with_capacity(rated.len());
        for (((lane, wanted), ask), allowed) in rated.into_iter().zip(wanted).zip(asks).zip(allowed) {
            (lane.hi, lane.lo) = (allowed.hi, allowed.lo);
            if let Some((at, wait_ms)) = allowed.bound {
                let rate = shared_rates::of_lane(&lane.facts).nth(at);
                let why = rate.map_or(WaitingFor::PlanRate, |rate| rate.keeper.waiting_for());
                let until = Some(now + TimeDelta::milliseconds(wait_ms.min(3_600_000) as i64));
                if allowed.hi < wanted.hi {
                    lane.hi_bound.get_or_insert((why, until));
                }
                if allowed.lo < wanted.lo {
                    lane.bind_lo(why, until);
                }
            }
            lent.push(Lent {
                session: lane.facts.session,
                rates: ask.rates,
                tokens: allowed.hi + allowed.lo,
            });
        }
        Ok(lent)
    }

    /// What these lanes have to release, as far as they have room: so that none takes tokens that others could use.
    async fn wanted(&self, lanes: &[&mut Lane]) -> Result<Vec<Used>, RoundError> {
        let rooms: Vec<Room> = lanes
            .iter()
            .flat_map(|lane| {
                let room = |class, jobs| Room { lane: lane.facts.session, class, jobs };
                [room(Class::Transactional, lane.hi), room(Class::Bulk, lane.lo)]
            })
            .collect();
        let due = self.store.system().lanes().due_in(&rooms).await?;
        Ok(lanes
            .iter()
            .zip(due.chunks(2))
            .map(|(lane, due)| Used {
                hi: due.first().copied().unwrap_or(0),
                lo: if lane.facts.has_recipients { lane.lo } else { due.get(1).copied().unwrap_or(0) },
            })
            .collect())
    }

    /// Gives back what was not used. If that fails, the rate errs low.
    pub(crate) async fn give_back(&self, lent: Vec<Lent>, used: &HashMap<SessionId, Used>) {
        let asks: Vec<Ask> = lent
            .into_iter()
            .filter_map(|lent| {
                let used = used.get(&lent.session).map_or(0, |used| used.hi + used.lo);
                let left = lent.tokens.saturating_sub(used);
                (left > 0).then(|| Ask { rates: lent.rates, hi: -i64::from(left), lo: 0 })
            })
            .collect();
        if let Err(error) = self.queue.take_rates(&asks).await {
            tracing::debug!(error.message = %error, "unused parts of rates are lost");
        }
    }
}
