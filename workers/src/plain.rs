//! What happens to a job of a plain queue: fence, decode, act, write down. The match over [`AnyJob`] is the one place
//! where kinds meet handlers: a kind without one does not compile.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tracing::{Instrument, field};
use wahana_domain::{JobId, Reason};
use wahana_jobs::{AnyJob, Outcome, Retry};
use wahana_queue::Claim;
use wahana_store::jobs::FencedJob;
use wahana_store::{ANSWER, StoreError, within};

use crate::leases::{Lease, Leases};
use crate::{Workers, account, inbound, lids, messages, moving, number_checks, recovery, sessions};

/// A kind that only a newer version knows is left for it, this long.
const FOR_A_NEWER_WORKER: TimeDelta = TimeDelta::seconds(30);
/// How long a job rests that found Postgres away.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(1);
/// First and longest pause between two calls of Postgres while it is away.
const CALL_AGAIN: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(2)];
/// How often the end of a job is written again that Postgres refuses to take.
const REFUSALS: u32 = 3;

/// Does the job of this claim, if it is to be done now.
pub(crate) async fn handle(workers: &Workers, leases: &Arc<Leases>, claim: Claim) {
    let Some((fenced, _lease)) = fence(workers, leases, JobId(claim.job)).await else { return };
    let span = tracing::info_span!(
        "attempt",
        otel.kind = "consumer",
        otel.name = fenced.kind,
        n = fenced.attempt,
        outcome = field::Empty,
    );
    wahana_trace::continues(&span, fenced.traceparent.as_deref());
    let outcome = act(workers, &fenced).instrument(span.clone()).await;
    span.record("outcome", outcome.as_str());
    metrics::counter!("jobs_total", "kind" => fenced.kind.clone(), "outcome" => outcome.as_str())
        .increment(1);
    if matches!(outcome, Outcome::Retry { .. } | Outcome::GiveUp { .. }) {
        tracing::info!(job = %fenced.id, kind = fenced.kind, attempt = fenced.attempt, outcome = outcome.as_str(), code = outcome.code().map(Reason::as_str), "a job failed");
    }
    settle(workers, &fenced, outcome).await;
}

/// Takes the fence, and waits for Postgres if it is away: nobody else would bring this claim back before a minute.
async fn fence(workers: &Workers, leases: &Arc<Leases>, job: JobId) -> Option<(FencedJob, Lease)> {
    let Workers { store, options, .. } = workers;
    let [mut pause, longest] = CALL_AGAIN;
    loop {
        let lease = leases.hold(job);
        let system = store.system();
        match within(ANSWER, system.fence_job(job, &options.owner, options.lease)).await {
            Ok(fenced) => return fenced.map(|fenced| (fenced, lease)),
            Err(error) if error.is_unavailable() => {
                tracing::warn!(%job, %error, "cannot take the fence of a job yet")
            }
            Err(error) => {
                // The row stays released; the reconciler releases it again.
                tracing::error!(%job, %error, "cannot take the fence of a job");
                return None;
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(longest);
    }
}

async fn act(workers: &Workers, fenced: &FencedJob) -> Outcome {
    let job = match AnyJob::decode(&fenced.kind, fenced.payload.clone()) {
        Ok(job) => job,
        Err(error) => {
            tracing::warn!(job = %fenced.id, %error, "left for a newer worker");
            return Outcome::Defer {
                until: workers.store.clock().now() + FOR_A_NEWER_WORKER,
                code: Reason::UnknownJob,
            };
        }
    };
    let done = tokio::time::timeout(job.timeout(), dispatch(workers, fenced, &job)).await;
    let outcome = match done {
        Ok(Ok(outcome)) => outcome,
        // Nobody's fault: costs no attempt.
        Ok(Err(error)) if error.is_unavailable() => {
            Outcome::Defer { until: workers.store.clock().now() + STORE_AWAY, code: Reason::StoreUnavailable }
        }
        Ok(Err(error)) => Outcome::Retry { code: Reason::Store, detail: error.to_string() },
        Err(_) => Outcome::Retry {
            code: Reason::Timeout,
            detail: format!("not done within {} s", job.timeout().as_secs()),
        },
    };
    last_chance(outcome, job.retry(), fenced.attempt)
}

async fn dispatch(workers: &Workers, fenced: &FencedJob, job: &AnyJob) -> Result<Outcome, StoreError> {
    match job {
        AnyJob::SendMessage(_) => {
            Ok(Outcome::GiveUp { code: Reason::WrongQueue, detail: "a message is sent from its lane".into() })
        }
        AnyJob::ResolveMessage(job) => messages::resolve(workers, job.message, fenced).await,
        AnyJob::ProcessInbound(job) => inbound::process(workers, fenced.organization, job.session).await,
        AnyJob::SyncSession(job) => sessions::sync(workers, job.session).await,
        AnyJob::RestartSession(job) => sessions::restart(workers, job.session).await,
        AnyJob::RecoverEvents(job) => recovery::recover(workers, job.session).await,
        AnyJob::CheckNumbers(job) => number_checks::check(workers, fenced.organization, job.session).await,
        AnyJob::ResolveLids(job) => lids::resolve(workers, fenced.organization, job.session).await,
        AnyJob::CheckAccount(job) => account::check(workers, job.session).await,
        AnyJob::LogoutSession(job) => sessions::logout(workers, job.session).await,
        AnyJob::MoveSession(job) => moving::relocate(workers, job, fenced.attempt).await,
    }
}

/// A retry whose attempts are used up is a dead letter.
fn last_chance(outcome: Outcome, retry: Retry, attempt: u32) -> Outcome {
    match outcome {
        Outcome::Retry { code, detail } if retry.after(attempt, 0.0).is_none() => {
            Outcome::GiveUp { code, detail }
        }
        other => other,
    }
}

async fn settle(workers: &Workers, fenced: &FencedJob, outcome: Outcome) {
    let now = workers.store.clock().now();
    let retry = AnyJob::decode(&fenced.kind, fenced.payload.clone()).map(|job| job.retry()).ok();
    let run_at = match &outcome {
        Outcome::Defer { until, .. } => Some(*until),
        Outcome::Retry { .. } => {
            let pause = retry
                .and_then(|retry| retry.after(fenced.attempt, rand::random()))
                .unwrap_or(Duration::from_secs(60));
            Some(now + TimeDelta::from_std(pause).unwrap_or_default())
        }
        _ => None,
    };
    let [mut pause, longest] = CALL_AGAIN;
    let mut refused = 0;
    let system = workers.store.system();
    while let Err(error) =
        within(ANSWER, system.settle_job(fenced, &workers.options.owner, &outcome, run_at)).await
    {
        refused += u32::from(!error.is_unavailable());
        if refused > REFUSALS {
            tracing::error!(job = %fenced.id, %error, "gave up writing down how a job ended; its lease runs out and it is done again");
            return;
        }
        tracing::warn!(job = %fenced.id, %error, "cannot write down how a job ended, trying again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(longest);
    }
}
