//! How long the oldest job waits that nothing but a free worker keeps from running. Jobs that wait for their time, for
//! the pace of their lane, a park or a hold are not counted: more workers would not help them.
//!
//! The one definition for metrics, autoscaling and `wahana top`.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::SessionId;
use wahana_domain::jobs::Queue;
use wahana_queue::Queue as RedisQueue;
use wahana_store::Store;

use crate::RoundError;

/// Lanes looked at: those whose turn came first.
const LANES: usize = 500;

/// The age of the oldest runnable job of each queue; zero where none is runnable.
///
/// # Errors
/// When Postgres or Redis does not answer.
pub async fn oldest_runnable(
    store: &Store,
    queue: &RedisQueue,
) -> Result<HashMap<Queue, TimeDelta>, RoundError> {
    let now = store.clock().now();
    let mut ages: HashMap<Queue, TimeDelta> = store
        .system()
        .lanes()
        .oldest_due_plain()
        .await?
        .into_iter()
        .map(|(queue, since)| (queue, (now - since).max(TimeDelta::zero())))
        .collect();
    let turns: HashMap<SessionId, i64> = queue
        .runnable_lanes(LANES)
        .await?
        .into_iter()
        .map(|(lane, since)| (SessionId(lane), since))
        .collect();
    let lanes: Vec<SessionId> = turns.keys().copied().collect();
    let released = store.system().lanes().oldest_released(&lanes).await?;
    // Runnable since its lane's turn, but not before it stood in the lane.
    let since = released.into_iter().filter_map(|(lane, released)| {
        let turn = DateTime::<Utc>::from_timestamp_millis(*turns.get(&lane)?)?;
        Some(turn.max(released))
    });
    let oldest = since.min().map_or(TimeDelta::zero(), |since| (now - since).max(TimeDelta::zero()));
    ages.insert(Queue::Lanes, oldest);
    Ok(ages)
}
