//! apalis-redis as this project uses it: configuration, payload, polling.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::backend::codec::Codec;
use apalis_core::backend::ext::poll_strategy::{PollSnapshot, PollStrategy};
use apalis_redis::Config;
use serde::{Deserialize, Serialize};
use tokio::time::{Interval, MissedTickBehavior};

use crate::{JobId, Queue};

const HEARTBEAT: Duration = Duration::from_secs(2);
/// How long a push of a job that already waits is refused if nobody ends the job properly.
const SAME_JOB_REFUSED: Duration = Duration::from_secs(3600);

/// What apalis-redis keeps as the payload of a job.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    pub job: JobId,
}

/// `{prefix:plain:name}`: the name of a queue at apalis and the root of its keys.
pub(super) fn base(queue: &Queue, name: &str) -> String {
    queue.tag(&format!("plain:{name}"))
}

/// Batch 1: nothing is fetched before it can start, and acks are sent between any two fetches.
pub(super) fn config(queue: &Queue, name: &str, orphaned_after: Duration) -> Config {
    Config::default()
        .queue(base(queue, name))
        .batch_size(1)
        .lock_tasks(false)
        .emit_events(false)
        .persist_results(true)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(orphaned_after.as_secs().div_ceil(HEARTBEAT.as_secs()).max(2) as usize)
        .idempotency_ttl(Some(SAME_JOB_REFUSED))
}

/// Leaves the payload as bytes, so that no payload can be an error of the backend.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCodec;

impl Codec<Vec<u8>> for RawCodec {
    type Error = Infallible;
    type Compact = Vec<u8>;

    fn encode(&self, bytes: &Vec<u8>) -> Result<Vec<u8>, Infallible> {
        Ok(bytes.clone())
    }

    fn decode(&self, bytes: &Vec<u8>) -> Result<Vec<u8>, Infallible> {
        Ok(bytes.clone())
    }
}

/// Wakes the worker in a steady rhythm. Unlike apalis's own strategies it polls its timer until that is pending, so the
/// waker is always registered.
pub(super) struct Steady(Interval);

impl Steady {
    pub(super) fn every(period: Duration) -> Self {
        let mut interval = tokio::time::interval(period.max(Duration::from_millis(1)));
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(interval)
    }
}

impl PollStrategy for Steady {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        let mut fired = false;
        while self.0.poll_tick(cx).is_ready() {
            fired = true;
        }
        if fired { Poll::Ready(Some(())) } else { Poll::Pending }
    }
}
