//! What happens to a claim of a lane: fence, act, write down, and only then let go of it in Redis.

use std::time::Duration;

use chrono::TimeDelta;
use wahana_domain::{JobId, MessageId, SessionId};
use wahana_jobs::Outcome;
use wahana_queue::{Claim, Park, Settled};
use wahana_store::sending::Fence;

use crate::messages::Sender;

/// How long a claim rests when Postgres does not answer: the entry stays in Redis, nothing was done.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(1);

/// Sends the message of this claim, if it is to be sent now.
pub(crate) async fn handle(sender: &Sender, claim: Claim) -> Settled {
    let Some(lane) = claim.lane.map(SessionId) else { return Settled::Drop };
    let lease = sender.leases.hold(JobId(claim.job));
    match sender.fence(MessageId(claim.job), lane).await {
        Err(error) => {
            tracing::warn!(job = %claim.job, %error, "cannot take the fence, the message waits");
            tokio::time::sleep(Duration::from_millis(200)).await;
            Settled::Again { not_before_ms: (sender.now() + STORE_AWAY).timestamp_millis() }
        }
        // Held back, gone, or its session is off: Postgres releases it again when its time comes.
        Ok(Fence::Held | Fence::Gone | Fence::NotWorking(_)) => Settled::Drop,
        Ok(Fence::Parked { until }) => {
            Settled::DropAndPark { until_ms: until.timestamp_millis(), scope: Park::Lo }
        }
        Ok(Fence::Go(fenced)) => {
            let attempt = sender.attempt(&fenced, &lease).await;
            let park = match &attempt.outcome {
                Outcome::Defer { until, .. } => Some(until.timestamp_millis()),
                _ => None,
            };
            let scope = if attempt.bulk_only { Park::Lo } else { Park::All };
            sender.settle(*fenced, attempt).await;
            park.map_or(Settled::Drop, |until_ms| Settled::DropAndPark { until_ms, scope })
        }
    }
}
