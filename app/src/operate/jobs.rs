//! `wahana jobs` and `dead-letters`: searching jobs, telling their story, retrying and cancelling them.

use anyhow::Context;
use serde_json::{Value, json};
use wahana_config::Config;
use wahana_domain::jobs::JobKindCode;
use wahana_domain::{Clock, JobId, ReasonCode};
use wahana_store::jobs::dead_letters::DeadFilter;
use wahana_store::jobs::search::{FoundJob, JobFilter, Search};
use wahana_store::operator::job_control::Acted;
use wahana_store::{PageRequest, System};

use crate::cli::{DeadArgs, DeadLettersCommand, JobSearchArgs, JobsCommand, not_found, refused, usage};
use crate::output::{self, Output};
use crate::wire;

const NO_JOB: &str = "there is no such job, or it is over";

/// Searches, shows, retries or cancels jobs.
pub(super) async fn run(config: &Config, out: Output, command: JobsCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        JobsCommand::Search(args) => search(&system, out, args).await,
        JobsCommand::Show { id } => show(&system, out, id).await,
        JobsCommand::Retry { id } => {
            let acted = owner(&system, id).await?.job_control().retry(id).await?;
            told(out, id, acted, "the job is tried again")
        }
        JobsCommand::Cancel { id } => {
            let acted = owner(&system, id).await?.job_control().cancel(id).await?;
            told(out, id, acted, "the job is cancelled")
        }
    }
}

async fn owner(system: &System, id: JobId) -> anyhow::Result<wahana_store::Tenant> {
    let owner = system.job_control().organization_of(id).await?.ok_or_else(|| not_found(NO_JOB))?;
    Ok(system.tenant(owner))
}

fn told(out: Output, id: JobId, acted: Acted, done: &str) -> anyhow::Result<()> {
    match acted {
        Acted::Done => out.object(&json!({"id": id, "done": true}), done),
        Acted::NotFound => Err(not_found(NO_JOB)),
        Acted::WrongState(state) => Err(refused(format!("the job is {state}"))),
    }
}

async fn search(system: &System, out: Output, args: JobSearchArgs) -> anyhow::Result<()> {
    let JobSearchArgs { id, recipient, organization, session, campaign, kind, state, error, limit } = args;
    let (id, error) = (id.map(|id| id.0), error.map(ReasonCode::from));
    let filter = JobFilter { id, recipient, organization, session, campaign, kind, state, error };
    let found = match system.jobs().find(&filter, PageRequest { limit, before: None }).await? {
        Search::Found(page) => page,
        Search::TooBroad => {
            return Err(refused(
                "the search reads too much; name an id, a recipient, a session, a campaign or an organization",
            ));
        }
    };
    let more = found.next.is_some();
    let rows = found.items.into_iter().map(|job| {
        let object = as_json(&job);
        let code = job.error_code.map(|code| code.to_string());
        let error = [code, job.error_detail].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let attempts = job.attempt.map_or_else(String::new, |n| n.to_string());
        let (recipient, kind) = (job.recipient.unwrap_or_default(), job.kind.to_string());
        let created = output::time(job.created_at);
        (object, [job.id.to_string(), created, kind, job.state.to_string(), attempts, recipient, error])
    });
    out.rows(["ID", "CREATED", "KIND", "STATE", "TRIES", "RECIPIENT", "ERROR"], rows)?;
    if more {
        out.note("... and more; narrow the search or raise --limit");
    }
    Ok(())
}

fn as_json(job: &FoundJob) -> Value {
    json!({
        "id": job.id, "organization_id": job.organization, "kind": job.kind, "state": job.state, "session_id": job.session,
        "campaign_id": job.campaign, "recipient": job.recipient, "attempts": job.attempt, "run_at": job.run_at,
        "owner": job.owner, "code": job.error_code, "detail": job.error_detail, "created_at": job.created_at,
    })
}

async fn show(system: &System, out: Output, id: JobId) -> anyhow::Result<()> {
    let steps = system.jobs().timeline(id.0).await?;
    let steps = steps.ok_or_else(|| not_found("there is no such job or message"))?;
    let rows = steps.into_iter().map(|step| {
        let object = json!({"at": step.at, "step": step.step, "detail": step.detail});
        let at = step.at.format("%Y-%m-%d %H:%M:%S%.3fZ").to_string();
        (object, [at, step.step.to_string(), step.detail.unwrap_or_default()])
    });
    out.rows(["AT", "STEP", "DETAIL"], rows)
}

/// Counts dead letters by reason, or puts them back to work in batches.
pub(super) async fn dead_letters(
    config: &Config,
    out: Output,
    command: DeadLettersCommand,
) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        DeadLettersCommand::List => {
            let rows = system.dead_letters().groups().await?.into_iter().map(|group| {
                let object = json!({
                    "kind": group.kind, "code": group.error_code, "jobs": group.jobs, "oldest": group.oldest,
                });
                let code = group.error_code.unwrap_or_default();
                (object, [group.jobs.to_string(), group.kind.to_string(), code, output::time(group.oldest)])
            });
            out.rows(["JOBS", "KIND", "CODE", "OLDEST"], rows)
        }
        DeadLettersCommand::Replay(args) => replay(&system, out, args).await,
    }
}

async fn replay(system: &System, out: Output, args: DeadArgs) -> anyhow::Result<()> {
    let DeadArgs { code, organization, campaign, session, kind, since, until, preview, all } = args;
    let now = Clock::System.now();
    let (since, until) = (since.map(|moment| moment.at(now)), until.map(|moment| moment.at(now)));
    let (code, kind) = (code.map(ReasonCode::from), kind.map(JobKindCode::from));
    let filter = DeadFilter { jobs: None, code, organization, campaign, session, kind, since, until };
    let named = filter.code.is_some() || filter.organization.is_some() || filter.campaign.is_some();
    let named = named || filter.session.is_some() || filter.kind.is_some() || filter.since.is_some();
    if !(named || filter.until.is_some() || all || preview) {
        return Err(usage(
            "say which (--code, --campaign, --session, --kind, --organization, --since, --until), or --all",
        ));
    }
    let matching = system.dead_letters().count(&filter).await?;
    if preview {
        return out
            .object(&json!({"matching": matching, "replayed": 0}), format!("{matching} dead letters fit"));
    }
    out.note(format!("{matching} dead letters fit"));
    let mut replayed = 0;
    // Not more than fitted at first: what dies again meanwhile is not replayed for ever.
    while replayed < matching {
        let batch = system.dead_letters().replay(&filter).await.context("the rest was not replayed")?;
        if batch.replayed == 0 {
            break;
        }
        replayed += batch.replayed;
        out.note(format!("{replayed} of {matching} put back to work"));
    }
    out.object(&json!({"matching": matching, "replayed": replayed}), format!("{replayed} put back to work"))
}

#[cfg(test)]
mod tests {
    use wahana_domain::jobs::{JobKind, JobState};

    use super::*;

    /// The fields that docs/cli.md promises.
    #[test]
    fn found_jobs_have_the_documented_fields() {
        let job = FoundJob {
            id: "job_01h455vb4pex5vsknk084sn02q".parse().expect("an id"),
            organization: "org_01h455vb4pex5vsknk084sn02q".parse().expect("an id"),
            kind: JobKind::SendMessage.into(),
            state: JobState::Dead.into(),
            session: None,
            campaign: None,
            recipient: None,
            attempt: Some(3),
            run_at: None,
            owner: None,
            error_code: None,
            error_detail: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
        };
        let object = as_json(&job);
        let fields: Vec<&String> = object.as_object().expect("an object").keys().collect();
        let reference = include_str!("../../../docs/cli.md");
        let chapter = reference.split("### wahana jobs search\n").nth(1).expect("the chapter");
        let promised = chapter.lines().find_map(|line| line.strip_prefix("JSON: an array of objects with "));
        let promised = promised.expect("the fields").trim_end_matches('.').split(", ");
        let mut promised: Vec<&str> = promised.collect();
        promised.sort_unstable();
        let mut fields: Vec<&str> = fields.into_iter().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(promised, fields);
        assert_eq!((&object["attempts"], &object["created_at"]), (&json!(3), &json!("1970-01-01T00:00:00Z")));
    }
}
