//! Sender pools: which member writes to the people of a campaign, and what waits for a member that is out goes to its
//! peers. The member is chosen by `wahana_service::sessions::sender_choice`.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use wahana_domain::messages::Class;
use wahana_domain::{SenderPoolId, SessionId};
use wahana_pacing::pools::Standing;
use wahana_service::sessions::sender_choice::{Choice, as_member};
use wahana_store::campaigns::release_recipients::Recipient;
use wahana_store::sessions::pool_members::PoolMember;
use wahana_store::sessions::pool_moves::{Backlog, Move, Waiting};

use crate::{RoundError, Scheduler, every};

const ROUND: Duration = Duration::from_secs(1);
/// Messages moved in one transaction.
const BATCH: i64 = 200;

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    every("pools", ROUND, shutdown, async move || {
        let now = scheduler.store.clock().now();
        let patience = TimeDelta::from_std(scheduler.options.pool_patience).unwrap_or_default();
        for backlog in scheduler.store.system().sender_pools().backlogs(now - patience).await? {
            scheduler.relieve(&backlog, now, now + patience).await?;
        }
        Ok(())
    })
    .await;
}

impl Scheduler {
    /// The member that writes to each of these people; those without a sender stay with `taker`.
    pub(crate) async fn pool_senders(
        &self,
        pool: SenderPoolId,
        taker: SessionId,
        people: &[Recipient],
    ) -> Result<Vec<SessionId>, RoundError> {
        let now = self.store.clock().now();
        let keys: Vec<&str> = people.iter().map(|person| person.person.as_str()).collect();
        let known = self.store.system().sender_pools().acquaintances(pool, &keys).await?;
        let members = self.store.system().sender_pools().members(pool).await?;
        let mut choice = Choice::among(&members, Class::Bulk, now);
        let chosen = keys.iter().map(|key| {
            let known = known.get(*key).copied().unwrap_or_default();
            choice.draw(known, rand::random()).unwrap_or(taker)
        });
        Ok(chosen.collect())
    }

    /// Moves what waits for a member to its peers, as far as the member is out and somebody can take it over.
    async fn relieve(
        &self,
        backlog: &Backlog,
        now: DateTime<Utc>,
        soon: DateTime<Utc>,
    ) -> Result<(), RoundError> {
        let members = self.store.system().sender_pools().members(backlog.pool).await?;
        let Some(from) = members.iter().find(|m| m.lane.session == backlog.session) else { return Ok(()) };
        let Some(why) = out(from, Class::Bulk, now, soon) else { return Ok(()) };
        let all = out(from, Class::Transactional, now, soon).is_some();
        let waiting = self.store.system().sender_pools().waiting(backlog, all, BATCH).await?;
        let moves = self.new_senders(backlog, &members, &waiting, now).await?;
        let moved = self.store.system().sender_pools().move_waiting(backlog, &moves, &why).await?;
        if moved.is_empty() {
            return Ok(());
        }
        // What Redis still holds there would only be found gone by a worker, at the cost of the lane's turn.
        let stale: Vec<_> = waiting
            .iter()
            .filter(|w| w.released && moved.iter().any(|job| job.0 == w.message.0))
            .map(|w| w.message.0)
            .collect();
        self.queue.lane_remove(backlog.session.0, &stale).await?;
        metrics::counter!("pool_moved_messages_total", "reason" => why.clone()).increment(moved.len() as u64);
        tracing::info!(sender_pool.id = %backlog.pool, session.id = %backlog.session, messages = moved.len(), why, "a member is out; its peers take over");
        Ok(())
    }

    /// A peer for each of these messages; those that nobody can take over are left out.
    async fn new_senders(
        &self,
        backlog: &Backlog,
        members: &[PoolMember],
        waiting: &[Waiting],
        now: DateTime<Utc>,
    ) -> Result<Vec<Move>, RoundError> {
        let keys: Vec<&str> = waiting.iter().map(|w| w.person.as_str()).collect();
        let known = self.store.system().sender_pools().acquaintances(backlog.pool, &keys).await?;
        let mut peers = [Class::Transactional, Class::Bulk].map(|class| {
            let others = members.iter().filter(|m| m.lane.session != backlog.session);
            Choice::among(others, class, now).that_can_take_over()
        });
        let moves = waiting.iter().filter_map(|w| {
            let choice = &mut peers[usize::from(w.class == Class::Bulk)];
            let known = known.get(&w.person).copied().unwrap_or_default();
            Some(Move { message: w.message, to: choice.draw(known, rand::random())? })
        });
        Ok(moves.collect())
    }
}

/// Why a member is out for longer than a moment, for programs; `None` if it is not.
fn out(from: &PoolMember, class: Class, now: DateTime<Utc>, soon: DateTime<Utc>) -> Option<String> {
    if !from.enabled {
        return Some("disabled".to_owned());
    }
    match as_member(from, class, now).standing {
        Standing::Out { until: Some(until), .. } if until <= soon => None,
        Standing::Out { why, until: Some(_) } => {
            Some(from.lane.park_code.clone().unwrap_or_else(|| why.as_str().to_owned()))
        }
        Standing::Out { why, until: None } => Some(why.as_str().to_owned()),
        _ => None,
    }
}
