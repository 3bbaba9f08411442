//! What happens to a job of a plain queue: fence, decode, act, write down. The match over [`AnyJob`] is the one place
//! where kinds meet handlers: a kind without one does not compile.

use std::time::Duration;

use chrono::TimeDelta;
use wahana_domain::JobId;
use wahana_jobs::{AnyJob, Outcome, Retry};
use wahana_queue::Claim;
use wahana_store::StoreError;
use wahana_store::jobs::FencedJob;

use crate::{Workers, inbound, messages, sessions};

/// A kind that only a newer version knows is left for it, this long.
const FOR_A_NEWER_WORKER: TimeDelta = TimeDelta::seconds(30);

/// Does the job of this claim, if it is to be done now.
pub(crate) async fn handle(workers: &Workers, claim: Claim) {
    let Workers { store, options, .. } = workers;
    let fenced = match store.system().fence_job(JobId(claim.job), &options.owner, options.lease).await {
        Ok(Some(fenced)) => fenced,
        Ok(None) => return,
        Err(error) => {
            // The row stays released; the reconciler releases it again.
            tracing::warn!(job = %claim.job, %error, "cannot take the fence of a job");
            return;
        }
    };
    let outcome = act(workers, &fenced).await;
    metrics::counter!("jobs_total", "kind" => fenced.kind.clone(), "outcome" => outcome.as_str()).increment(1);
    settle(workers, &fenced, outcome).await;
}

async fn act(workers: &Workers, fenced: &FencedJob) -> Outcome {
    let job = match AnyJob::decode(&fenced.kind, fenced.payload.clone()) {
        Ok(job) => job,
        Err(error) => {
            tracing::warn!(job = %fenced.id, %error, "left for a newer worker");
            return Outcome::Defer { until: workers.store.clock().now() + FOR_A_NEWER_WORKER, code: "unknown_job" };
        }
    };
    let done = tokio::time::timeout(job.timeout(), dispatch(workers, fenced, &job)).await;
    let outcome = match done {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::Retry { code: "store", detail: error.to_string() },
        Err(_) => Outcome::Retry { code: "timeout", detail: format!("not done within {} s", job.timeout().as_secs()) },
    };
    last_chance(outcome, job.retry(), fenced.attempt)
}

async fn dispatch(workers: &Workers, fenced: &FencedJob, job: &AnyJob) -> Result<Outcome, StoreError> {
    match job {
        AnyJob::SendMessage(_) => Ok(Outcome::GiveUp { code: "wrong_queue", detail: "a message is sent from its lane".into() }),
        AnyJob::ResolveMessage(job) => messages::resolve(workers, job.message, fenced.attempt).await,
        AnyJob::ProcessInbound(job) => inbound::process(workers, fenced.organization, job.session).await,
        AnyJob::SyncSession(job) => sessions::sync(workers, job.session).await,
        AnyJob::RestartSession(job) => sessions::restart(workers, job.session).await,
        AnyJob::LogoutSession(job) => sessions::logout(workers, job.session).await,
    }
}

/// A retry whose attempts are used up is a dead letter.
fn last_chance(outcome: Outcome, retry: Retry, attempt: u32) -> Outcome {
    match outcome {
        Outcome::Retry { code, detail } if retry.after(attempt, 0.0).is_none() => Outcome::GiveUp { code, detail },
        other => other,
    }
}

async fn settle(workers: &Workers, fenced: &FencedJob, outcome: Outcome) {
    let now = workers.store.clock().now();
    let retry = AnyJob::decode(&fenced.kind, fenced.payload.clone()).map(|job| job.retry()).ok();
    let run_at = match &outcome {
        Outcome::Defer { until, .. } => Some(*until),
        Outcome::Retry { .. } => {
            let pause = retry.and_then(|retry| retry.after(fenced.attempt, rand::random())).unwrap_or(Duration::from_secs(60));
            Some(now + TimeDelta::from_std(pause).unwrap_or_default())
        }
        _ => None,
    };
    for pause in [100, 500, 2_000] {
        match workers.store.system().settle_job(fenced, &workers.options.owner, &outcome, run_at).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(job = %fenced.id, %error, "cannot write down how a job ended, trying again"),
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
    tracing::error!(job = %fenced.id, "gave up writing down how a job ended; its lease runs out and it is done again");
}
