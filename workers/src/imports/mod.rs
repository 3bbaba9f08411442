//! Imports of lists of people. The use case does the work; here is what becomes of the job.

use chrono::TimeDelta;
use wahana_domain::{ImportId, Reason};
use wahana_jobs::{Job, Outcome, RunImport};
use wahana_service::imports::run::{Ran, run as run_import};
use wahana_store::StoreError;
use wahana_store::jobs::FencedJob;

use crate::Workers;

/// Pause of an import while others of its organization run.
const BUSY: TimeDelta = TimeDelta::seconds(2);

/// Does what is to be done about an import.
pub(crate) async fn run(
    workers: &Workers,
    import: ImportId,
    fenced: &FencedJob,
) -> Result<Outcome, StoreError> {
    let tenant = workers.store.tenant(fenced.organization);
    match run_import(&tenant, import).await {
        Ok(Ran::Done) => Ok(Outcome::Done),
        Ok(Ran::Later) => {
            Ok(Outcome::Defer { until: workers.store.clock().now() + BUSY, code: Reason::ImportsBusy })
        }
        // Nobody would try it again, and it must not stand in the way of others.
        Err(error) if !error.is_unavailable() && fenced.attempt >= RunImport::RETRY.attempts => {
            tenant.imports().fail(import, "internal", "it could not be run; ask the operator").await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}
