//! What happens to a claim of a lane: fence, act, write down, and only then let go of it in Redis.

use std::time::Duration;

use chrono::TimeDelta;
use tracing::{Instrument, Span, field};
use wahana_domain::jobs::Queue;
use wahana_domain::messages::Class;
use wahana_domain::{JobId, MessageId, SessionId};
use wahana_jobs::Outcome;
use wahana_queue::{Claim, Park, Settled};
use wahana_store::messages::sending::{Fence, Fenced};

use crate::jobs::leases::Lease;
use crate::messages::{Holds, Sender};

/// How long a claim rests when Postgres does not answer: the entry stays in Redis, nothing was done.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(1);

/// Sends the message of this claim, if it is to be sent now.
pub(crate) async fn handle(sender: &Sender, claim: Claim) -> Settled {
    let Some(lane) = claim.lane.map(SessionId) else { return Settled::Drop };
    let lease = sender.leases.hold(JobId(claim.job));
    match sender.fence(MessageId(claim.job), lane).await {
        Err(error) => {
            tracing::warn!(job.id = %claim.job, error.message = %error, "cannot take the fence, the message waits");
            tokio::time::sleep(Duration::from_millis(200)).await;
            Settled::Again { not_before_ms: (sender.now() + STORE_AWAY).timestamp_millis() }
        }
        // Held back, gone, or its session is off: Postgres releases it again when its time comes.
        Ok(Fence::Held | Fence::Gone | Fence::NotWorking(_)) => Settled::Drop,
        Ok(Fence::Parked { until }) => {
            Settled::DropAndPark { until_ms: until.timestamp_millis(), scope: Park::Lo }
        }
        Ok(Fence::Go(fenced)) => {
            measure(&fenced);
            let span = span(&fenced);
            go(sender, *fenced, &lease, &claim).instrument(span).await
        }
    }
}

/// Sends it, writes down what happened, and says what its lane does next.
async fn go(sender: &Sender, fenced: Fenced, lease: &Lease, claim: &Claim) -> Settled {
    let attempt = sender.attempt(&fenced, lease, claim).await;
    Span::current().record("job.outcome", attempt.outcome.as_str());
    let park = match &attempt.outcome {
        Outcome::Defer { until, .. } => Some(until.timestamp_millis()),
        _ => None,
    };
    let scope = match attempt.holds {
        Holds::Lane => Some(Park::All),
        Holds::Bulk => Some(Park::Lo),
        Holds::Message => None,
    };
    sender.settle(fenced, attempt).await;
    match (park, scope) {
        (Some(until_ms), Some(scope)) => Settled::DropAndPark { until_ms, scope },
        _ => Settled::Drop,
    }
}

/// The span of an attempt, in the trace of the request that asked for the message; with it, how long the message
/// waited, in Postgres for its turn and in Redis for its lane's beat.
fn span(fenced: &Fenced) -> Span {
    let span = tracing::info_span!(
        "attempt",
        otel.kind = "consumer",
        otel.name = "send_message",
        message.id = %fenced.message,
        session.id = %fenced.session,
        job.attempt = fenced.attempt,
        job.outcome = field::Empty,
    );
    let parent = fenced.traceparent.as_deref();
    wahana_trace::continues(&span, parent);
    wahana_trace::processes(&span, Queue::Lanes.as_str(), fenced.message);
    if let Some(released_at) = fenced.released_at {
        wahana_trace::span_of_the_past(parent, "waiting in Postgres", fenced.due_at, released_at);
        wahana_trace::span_of_the_past(parent, "waiting in its lane", released_at, fenced.started_at);
    }
    span
}

/// How late a message starts that was not tried before.
fn measure(fenced: &Fenced) {
    if fenced.attempt == 1 {
        let late = (fenced.started_at - fenced.due_at).as_seconds_f64().max(0.0);
        let class = match fenced.class {
            Class::Transactional => "transactional",
            Class::Bulk => "bulk",
        };
        metrics::histogram!("message_start_delay_seconds", "class" => class).record(late);
    }
}
