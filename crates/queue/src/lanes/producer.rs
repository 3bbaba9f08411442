//! The producers' side of lanes: fill, control, inspect. It must never run a job.

use redis::ScriptInvocation;

use super::scripts::{self, call};
use super::types::{Breaks, Class, LaneDepth, LaneId, LaneView, Pace, Park, WaitingFor};
use crate::{JobId, Queue, QueueError};

const IDS_PER_CALL: usize = 500;
const LANES_PER_CALL: usize = 100;
/// Cost of a turn for an organization of weight 1.
const COST: u32 = 1_000;

impl Queue {
    /// Adds jobs to the end of a lane and renews its grant. An id that already waits or runs there is not
    /// added again. Returns the depth afterwards.
    #[tracing::instrument(level = "debug", target = "wahana_queue::messaging", skip_all, fields(
        otel.kind = "producer", otel.name = "push lanes", messaging.system = "redis", messaging.operation.name = "push",
        messaging.operation.type = "send", messaging.destination.name = "lanes",
        messaging.batch.message_count = jobs.len()))]
    pub async fn lane_push(
        &self,
        lane: LaneId,
        jobs: &[(JobId, Class)],
        pace: &Pace,
    ) -> Result<LaneDepth, QueueError> {
        let mut depth = LaneDepth::default();
        for chunk in chunks_or_once(jobs) {
            let mut push = call(&scripts::PUSH, self);
            push_pace(push.arg(lane.to_string()), pace);
            for (job, class) in chunk {
                push.arg(job.to_string()).arg(class.letter());
            }
            let (hi, lo, later, leased) = push.invoke_async(&mut self.conn.clone()).await?;
            depth = LaneDepth { hi, lo, later, leased };
        }
        Ok(depth)
    }

    /// Replaces the grant of a lane.
    pub async fn lane_pace(&self, lane: LaneId, pace: &Pace) -> Result<(), QueueError> {
        let mut set = call(&scripts::PACE, self);
        push_pace(set.arg(lane.to_string()), pace);
        let _: i64 = set.invoke_async(&mut self.conn.clone()).await?;
        Ok(())
    }

    /// Stops a lane, or only its class lo, until a time in ms; a time in the past ends the stop.
    pub async fn lane_park(&self, lane: LaneId, until_ms: i64, scope: Park) -> Result<(), QueueError> {
        let mut park = call(&scripts::PARK, self);
        park.arg(lane.to_string()).arg(until_ms).arg(scope.word());
        let _: i64 = park.invoke_async(&mut self.conn.clone()).await?;
        Ok(())
    }

    /// Removes all waiting jobs of a lane and returns them. Running jobs continue; the pace stays.
    pub async fn lane_clear(&self, lane: LaneId) -> Result<Vec<JobId>, QueueError> {
        self.take_out(lane, &[]).await
    }

    /// Removes those of these jobs that wait in the lane, and returns them. Running jobs continue.
    pub async fn lane_remove(&self, lane: LaneId, jobs: &[JobId]) -> Result<Vec<JobId>, QueueError> {
        let mut removed = Vec::new();
        for chunk in jobs.chunks(IDS_PER_CALL) {
            removed.extend(self.take_out(lane, chunk).await?);
        }
        Ok(removed)
    }

    async fn take_out(&self, lane: LaneId, jobs: &[JobId]) -> Result<Vec<JobId>, QueueError> {
        let mut remove = call(&scripts::REMOVE, self);
        remove.arg(lane.to_string());
        for job in jobs {
            remove.arg(job.to_string());
        }
        let ids: Vec<String> = remove.invoke_async(&mut self.conn.clone()).await?;
        Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// Lanes that fell below 10 waiting jobs since the last call while Postgres has more; at most `max` of
    /// them. Each is returned once: a caller that cannot refill it now finds it in Postgres later.
    pub async fn hungry_lanes(&self, max: usize) -> Result<Vec<LaneId>, QueueError> {
        let key = format!("{}:hungry", self.lanes_key());
        let lanes: Vec<String> =
            redis::cmd("SPOP").arg(key).arg(max).query_async(&mut self.conn.clone()).await?;
        Ok(lanes.iter().filter_map(|lane| lane.parse().ok()).collect())
    }

    /// Lanes whose next job is blocked only by worker capacity, and since when (ms), oldest first; at most
    /// `max`. For a lane that rested, the time is the end of the rest, which may be before its job arrived.
    pub async fn runnable_lanes(&self, max: usize) -> Result<Vec<(LaneId, i64)>, QueueError> {
        let (now, root, conn) = (self.now_ms().await?, self.lanes_key(), &mut self.conn.clone());
        // In `turns`, or due and not yet moved there by a worker.
        let (in_turn, due): (Vec<String>, Vec<String>) = redis::pipe()
            .cmd("ZRANGE")
            .arg(format!("{root}:turns"))
            .arg(0)
            .arg(max.max(1) - 1)
            .cmd("ZRANGEBYSCORE")
            .arg(format!("{root}:due"))
            .arg("-inf")
            .arg(now)
            .arg("LIMIT")
            .arg(0)
            .arg(max)
            .query_async(conn)
            .await?;
        if in_turn.is_empty() && due.is_empty() {
            return Ok(Vec::new());
        }
        let mut lanes = redis::pipe();
        for organization in in_turn.iter().chain(&due) {
            let key = format!("{root}:o:{organization}");
            lanes
                .cmd("ZRANGEBYSCORE")
                .arg(key)
                .arg("-inf")
                .arg(now)
                .arg("WITHSCORES")
                .arg("LIMIT")
                .arg(0)
                .arg(max);
        }
        let found: Vec<Vec<(String, i64)>> = lanes.query_async(conn).await?;
        let mut found: Vec<(LaneId, i64)> = found
            .into_iter()
            .flatten()
            .filter_map(|(lane, since)| Some((lane.parse().ok()?, since)))
            .collect();
        found.sort_by_key(|(_, since)| *since);
        found.truncate(max);
        Ok(found)
    }

    /// The depths of these lanes, in their order; an unknown lane is empty.
    pub async fn lane_depths(&self, lanes: &[LaneId]) -> Result<Vec<LaneDepth>, QueueError> {
        Ok(self.lane_views(lanes).await?.into_iter().map(|view| view.depth).collect())
    }

    /// These lanes as an operator sees them, in their order; an unknown lane is empty and waits for jobs.
    pub async fn lane_views(&self, lanes: &[LaneId]) -> Result<Vec<LaneView>, QueueError> {
        let (views, _) = self.views(lanes).await?;
        Ok(views)
    }

    /// A page of all known lanes, ordered by id: those after `after`, at most `limit`. The page after the
    /// last is empty.
    pub async fn lanes_overview(
        &self,
        after: Option<LaneId>,
        limit: usize,
    ) -> Result<Vec<LaneView>, QueueError> {
        let known = format!("{}:known", self.lanes_key());
        let start = after.map_or("-".to_owned(), |lane| format!("({lane}"));
        let names: Vec<String> = redis::cmd("ZRANGEBYLEX")
            .arg(&known)
            .arg(start)
            .arg("+")
            .arg("LIMIT")
            .arg(0)
            .arg(limit)
            .query_async(&mut self.conn.clone())
            .await?;
        let lanes: Vec<LaneId> = names.iter().filter_map(|name| name.parse().ok()).collect();
        let (views, vanished) = self.views(&lanes).await?;
        if !vanished.is_empty() {
            let names: Vec<String> = vanished.iter().map(LaneId::to_string).collect();
            let _: i64 = redis::cmd("ZREM").arg(known).arg(names).query_async(&mut self.conn.clone()).await?;
        }
        Ok(views)
    }

    /// Views, and the lanes of them that no longer exist in Redis.
    async fn views(&self, lanes: &[LaneId]) -> Result<(Vec<LaneView>, Vec<LaneId>), QueueError> {
        let (mut views, mut vanished) = (Vec::with_capacity(lanes.len()), Vec::new());
        for chunk in lanes.chunks(LANES_PER_CALL) {
            let mut view = call(&scripts::VIEW, self);
            for lane in chunk {
                view.arg(lane.to_string());
            }
            let rows: Vec<ViewRow> = view.invoke_async(&mut self.conn.clone()).await?;
            for (lane, row) in chunk.iter().zip(rows) {
                if row.0 == 0 {
                    vanished.push(*lane);
                }
                views.push(into_view(*lane, row)?);
            }
        }
        Ok((views, vanished))
    }
}

/// exists, hi, lo, later, leased, why, at, parked all, parked lo, budget, open until
type ViewRow = (u64, u64, u64, u64, u64, String, i64, i64, i64, i64, i64);

fn into_view(lane: LaneId, row: ViewRow) -> Result<LaneView, QueueError> {
    let (_, hi, lo, later, leased, why, at, parked_until_ms, lo_parked_until_ms, budget, open) = row;
    let waiting_for = WaitingFor::from_word(&why).ok_or(QueueError::Content(why))?;
    Ok(LaneView {
        lane,
        depth: LaneDepth { hi, lo, later, leased },
        waiting_for,
        next_at_ms: (at >= 0).then_some(at),
        parked_until_ms,
        lo_parked_until_ms,
        budget_left: u64::try_from(budget).ok(),
        open_until_ms: (open >= 0).then_some(open),
    })
}

fn push_pace(call: &mut ScriptInvocation<'_>, pace: &Pace) {
    let text = |number: Option<i64>| number.map_or(String::new(), |n| n.to_string());
    call.arg(pace.gap_min_ms)
        .arg(pace.gap_max_ms.max(pace.gap_min_ms))
        .arg(pace.max_in_flight)
        .arg(text(pace.budget.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
        .arg(text(pace.open_until_ms))
        .arg(pace.not_before_ms);
    let breaks = pace.breaks.unwrap_or(Breaks { every: 0, min_ms: 0, max_ms: 0 });
    call.arg(breaks.every).arg(breaks.min_ms).arg(breaks.max_ms.max(breaks.min_ms));
    call.arg(text(pace.lo_closed_ms.map(|span| span.0))).arg(text(pace.lo_closed_ms.map(|span| span.1)));
    call.arg(pace.organization.to_string()).arg((COST / pace.weight.max(1)).max(1)).arg(u8::from(pace.more));
}

/// Like `chunks`, but an empty slice gives one empty chunk: a push of nothing still renews the grant.
fn chunks_or_once(jobs: &[(JobId, Class)]) -> impl Iterator<Item = &[(JobId, Class)]> {
    let once = jobs.is_empty().then_some(jobs);
    once.into_iter().chain(jobs.chunks(IDS_PER_CALL))
}
