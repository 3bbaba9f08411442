//! What happens to a job of a plain queue: fence, decode, act, write down. The match over [`AnyJob`] is the one place
//! where kinds meet handlers: a kind without one does not compile.

use std::sync::Arc;
use std::time::Duration;

use backon::Retryable;
use chrono::TimeDelta;
use tracing::{Instrument, field};
use wahana_backoff::pauses;
use wahana_domain::jobs::Queue;
use wahana_domain::{JobId, Reason};
use wahana_jobs::{AnyJob, Outcome, Retry};
use wahana_queue::Claim;
use wahana_store::jobs::FencedJob;
use wahana_store::{ANSWER, StoreError, within};

use crate::contacts::number_checks;
use crate::fleet::moving;
use crate::imports;
use crate::inbox::{groups, inbound, lids, recovery};
use crate::jobs::leases::{Lease, Leases};
use crate::sessions::{account, commands};
use crate::{Workers, messages};

/// A kind that only a newer version knows is left for it, this long.
const FOR_A_NEWER_WORKER: TimeDelta = TimeDelta::seconds(30);
/// How long a job rests that found Postgres away.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(1);
/// First and longest pause between two calls of Postgres while it is away.
const CALL_AGAIN: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(2)];
/// How often the end of a job is written again that Postgres refuses to take.
const REFUSALS: u32 = 3;

/// Does the job of this claim, if it is to be done now.
pub(crate) async fn handle(workers: &Workers, leases: &Arc<Leases>, queue: Queue, claim: Claim) {
    let Some((fenced, _lease)) = fence(workers, leases, JobId(claim.job)).await else { return };
    let span = tracing::info_span!(
        "attempt",
        otel.kind = "consumer",
        otel.name = fenced.kind,
        job.attempt = fenced.attempt,
        job.outcome = field::Empty,
    );
    wahana_trace::continues(&span, fenced.traceparent.as_deref());
    wahana_trace::processes(&span, queue.as_str(), fenced.id);
    let outcome = act(workers, &fenced).instrument(span.clone()).await;
    span.record("job.outcome", outcome.as_str());
    metrics::counter!("jobs_total", "kind" => fenced.kind.clone(), "outcome" => outcome.as_str())
        .increment(1);
    if matches!(outcome, Outcome::Retry { .. } | Outcome::GiveUp { .. }) {
        tracing::info!(job.id = %fenced.id, job.kind = fenced.kind, job.attempt = fenced.attempt, job.outcome = outcome.as_str(), error.type = outcome.code().map(Reason::as_str), "a job failed");
    }
    settle(workers, &fenced, outcome).await;
}

/// Takes the fence, and waits for Postgres if it is away: nobody else would bring this claim back before a minute.
async fn fence(workers: &Workers, leases: &Arc<Leases>, job: JobId) -> Option<(FencedJob, Lease)> {
    let Workers { store, options, .. } = workers;
    let [first, longest] = CALL_AGAIN;
    let attempt = || async {
        let lease = leases.hold(job);
        let system = store.system();
        let fenced = within(ANSWER, system.jobs().fence(job, &options.owner, options.lease)).await?;
        Ok(fenced.map(|fenced| (fenced, lease)))
    };
    let fenced = attempt
        .retry(pauses(first, longest))
        .when(StoreError::is_unavailable)
        .notify(|error, _| tracing::warn!(job.id = %job, error.message = %error, "cannot take the fence of a job yet"))
        .await;
    fenced.unwrap_or_else(|error: StoreError| {
        // The row stays released; the reconciler releases it again.
        tracing::error!(job.id = %job, error.message = %error, "cannot take the fence of a job");
        None
    })
}

async fn act(workers: &Workers, fenced: &FencedJob) -> Outcome {
    let job = match AnyJob::decode(&fenced.kind, fenced.payload.clone()) {
        Ok(job) => job,
        Err(error) => {
            // As in every rolling upgrade.
            tracing::info!(job.id = %fenced.id, error.message = %error, "left for a newer worker");
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
        AnyJob::SyncSession(job) => commands::sync(workers, job.session).await,
        AnyJob::RestartSession(job) => commands::restart(workers, job.session).await,
        AnyJob::NameGroups(job) => groups::name(workers, job.session).await,
        AnyJob::RecoverEvents(job) => recovery::recover(workers, job.session).await,
        AnyJob::CheckNumbers(job) => number_checks::check(workers, fenced.organization, job.session).await,
        AnyJob::ResolveLids(job) => lids::resolve(workers, fenced.organization, job.session).await,
        AnyJob::CheckAccount(job) => account::check(workers, job.session).await,
        AnyJob::RunImport(job) => imports::run(workers, job.import, fenced).await,
        AnyJob::PrepareMedia(job) => messages::prepare_media(workers, job.preparation, fenced).await,
        AnyJob::LogoutSession(job) => commands::logout(workers, job.session).await,
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
    let [first, longest] = CALL_AGAIN;
    let mut refused = 0;
    let system = workers.store.system();
    let attempt = || within(ANSWER, system.jobs().settle(fenced, &workers.options.owner, &outcome, run_at));
    let settled = attempt
        .retry(pauses(first, longest))
        .when(|error| {
            refused += u32::from(!error.is_unavailable());
            refused <= REFUSALS
        })
        .notify(|error, _| {
            tracing::warn!(job.id = %fenced.id, error.message = %error, "cannot write down how a job ended, trying again");
        })
        .await;
    if let Err(error) = settled {
        tracing::error!(job.id = %fenced.id, error.message = %error, "gave up writing down how a job ended; its lease runs out and it is done again");
    }
}
