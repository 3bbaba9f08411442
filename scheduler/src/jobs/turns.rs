//! Whose lanes are looked at next: organizations in a ring, each with its lanes in a row (docs/adr/0009-fairness.md).
//!
//! Must never: hold work. A lane that is forgotten here is found by the next sweep.

use std::collections::{HashMap, HashSet, VecDeque};

use wahana_domain::{OrganizationId, SessionId};

use crate::{RoundError, Scheduler};

/// Lanes that want to be looked at.
#[derive(Default)]
pub(crate) struct Turns {
    ring: VecDeque<OrganizationId>,
    rows: HashMap<OrganizationId, Row>,
    /// Whose each lane is; a lane never changes hands.
    owners: HashMap<SessionId, OrganizationId>,
    /// What plans say; 1 until it is known.
    weights: HashMap<OrganizationId, u32>,
}

/// The lanes of one organization, each once.
#[derive(Default)]
struct Row {
    order: VecDeque<SessionId>,
    members: HashSet<SessionId>,
}

impl Turns {
    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// Puts lanes at the end of their organizations' rows; lanes of deleted sessions are left out.
    pub(crate) async fn add(&mut self, scheduler: &Scheduler, lanes: &[SessionId]) -> Result<(), RoundError> {
        let strangers: Vec<SessionId> =
            lanes.iter().filter(|lane| !self.owners.contains_key(lane)).copied().collect();
        if !strangers.is_empty() {
            self.owners.extend(scheduler.store.system().lanes().owners(&strangers).await?);
        }
        for lane in lanes {
            if let Some(organization) = self.owners.get(lane) {
                self.put(*organization, *lane);
            }
        }
        Ok(())
    }

    /// How many lanes of this organization are looked at for one of another with weight 1.
    pub(crate) fn weigh(&mut self, organization: OrganizationId, weight: u32) {
        self.weights.insert(organization, weight.max(1));
    }

    fn put(&mut self, organization: OrganizationId, lane: SessionId) {
        let row = self.rows.entry(organization).or_default();
        if row.members.insert(lane) {
            if row.order.is_empty() {
                self.ring.push_back(organization);
            }
            row.order.push_back(lane);
        }
    }

    /// The next `n` lanes: around the ring, of each organization as many as it weighs.
    pub(crate) fn take(&mut self, n: usize) -> Vec<SessionId> {
        let mut taken = Vec::new();
        while taken.len() < n
            && let Some(organization) = self.ring.pop_front()
        {
            let Some(row) = self.rows.get_mut(&organization) else { continue };
            let weight = self.weights.get(&organization).copied().unwrap_or(1) as usize;
            let some = row.order.len().min(weight).min(n - taken.len());
            for lane in row.order.drain(..some) {
                row.members.remove(&lane);
                taken.push(lane);
            }
            if row.order.is_empty() {
                self.rows.remove(&organization);
            } else {
                self.ring.push_back(organization);
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn organization(n: u128) -> OrganizationId {
        OrganizationId(Uuid::from_u128(n))
    }

    fn lane(n: u128) -> SessionId {
        SessionId(Uuid::from_u128(n))
    }

    #[test]
    fn one_lane_behind_five_thousand_is_in_the_next_round() {
        let mut turns = Turns::default();
        (0..5_000).for_each(|n| turns.put(organization(1), lane(n)));
        turns.take(32);
        turns.put(organization(2), lane(9_999));
        let round = turns.take(32);
        assert!(round[..2].contains(&lane(9_999)), "one lane of each other organization may go before it");
    }

    #[test]
    fn with_many_organizations_everybody_has_a_turn_before_anybody_has_a_second() {
        let mut turns = Turns::default();
        for org in 0..100 {
            (0..50).for_each(|n| turns.put(organization(org), lane(org * 1_000 + n)));
        }
        let mut first: Vec<u128> =
            (0..10).flat_map(|_| turns.take(10)).map(|lane| lane.0.as_u128() / 1_000).collect();
        first.sort_unstable();
        assert_eq!(first, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn weights_are_shares() {
        let mut turns = Turns::default();
        turns.weigh(organization(1), 3);
        for n in 0..100 {
            turns.put(organization(1), lane(n));
            turns.put(organization(2), lane(1_000 + n));
        }
        let heavy = turns.take(40).iter().filter(|lane| lane.0.as_u128() < 1_000).count();
        assert_eq!(heavy, 30);
    }

    #[test]
    fn a_lane_stands_in_its_row_once_and_the_ring_forgets_who_is_served() {
        let mut turns = Turns::default();
        (0..3).for_each(|_| turns.put(organization(1), lane(1)));
        assert_eq!(turns.take(10), [lane(1)]);
        assert!(turns.is_empty());
        assert!(turns.rows.is_empty());
        turns.put(organization(1), lane(1));
        assert_eq!(turns.take(10), [lane(1)], "it may come again");
    }
}
