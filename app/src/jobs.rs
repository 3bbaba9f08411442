//! `wahana jobs`, `dead-letters` and `workers`: looking for jobs, telling their story, doing something about them.

use anyhow::{Context, bail};
use serde_json::json;
use wahana_config::Config;
use wahana_domain::{JobId, MessageId};
use wahana_store::jobs::dead_letters::DeadFilter;
use wahana_store::jobs::search::{FoundJob, JobFilter, Search};
use wahana_store::operator::job_control::Acted;
use wahana_store::{PageRequest, System};

use crate::cli::{DeadArgs, DeadLettersCommand, JobSearchArgs, JobsCommand};
use crate::{table, wire};

/// Searches, shows, retries or cancels jobs.
pub(crate) async fn run(config: &Config, command: JobsCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        JobsCommand::Search(args) => search(&system, args).await,
        JobsCommand::Show { id, json } => show(&system, &id, json).await,
        JobsCommand::Retry { id } => {
            let (id, owner) = owned(&system, &id).await?;
            told(owner.job_control().retry(id).await?, "it is tried again")
        }
        JobsCommand::Cancel { id } => {
            let (id, owner) = owned(&system, &id).await?;
            told(owner.job_control().cancel(id).await?, "it is taken back")
        }
    }
}

fn id_of(text: &str) -> anyhow::Result<JobId> {
    let message = || text.parse::<MessageId>().map(|id| JobId(id.0));
    text.parse::<JobId>()
        .or_else(|_| message())
        .context("expected the id of a job (job_...) or a message (msg_...)")
}

async fn owned(system: &System, text: &str) -> anyhow::Result<(JobId, wahana_store::Tenant)> {
    let id = id_of(text)?;
    let owner =
        system.job_control().organization_of(id).await?.context("there is no such job, or it is over")?;
    Ok((id, system.tenant(owner)))
}

fn told(acted: Acted, done: &str) -> anyhow::Result<()> {
    match acted {
        Acted::Done => println!("{done}"),
        Acted::NotFound => bail!("there is no such job, or it is over"),
        Acted::WrongState(state) => bail!("the job is {state}"),
    }
    Ok(())
}

async fn search(system: &System, args: JobSearchArgs) -> anyhow::Result<()> {
    let JobSearchArgs { id, recipient, organization, session, campaign, kind, state, error, limit, json } =
        args;
    let id = id.as_deref().map(id_of).transpose()?.map(|id| id.0);
    let recipient = recipient.map(|text| text.chars().filter(char::is_ascii_digit).collect());
    let filter = JobFilter { id, recipient, organization, session, campaign, kind, state, error };
    let found = match system.jobs().find(&filter, PageRequest { limit, before: None }).await? {
        Search::Found(page) => page,
        Search::TooBroad => bail!(
            "the search reads too much; name an id, a recipient, a session, a campaign or an organization"
        ),
    };
    if json {
        return table::json_lines(found.items.iter().map(as_json));
    }
    let more = found.next.is_some();
    let rows = found.items.into_iter().map(|job| {
        let error = [job.error_code, job.error_detail].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let attempts = job.attempt.map_or_else(String::new, |n| n.to_string());
        let (recipient, kind) = (job.recipient.unwrap_or_default(), job.kind);
        [job.id.to_string(), table::time(job.created_at), kind, job.state, attempts, recipient, error]
    });
    table::print(["ID", "CREATED", "KIND", "STATE", "TRIES", "RECIPIENT", "ERROR"], rows);
    if more {
        println!("... and more; narrow the search or raise --limit");
    }
    Ok(())
}

fn as_json(job: &FoundJob) -> serde_json::Value {
    json!({
        "id": job.id, "organization_id": job.organization, "kind": job.kind, "state": job.state, "session_id": job.session,
        "campaign_id": job.campaign, "recipient": job.recipient, "attempts": job.attempt, "run_at": job.run_at,
        "owner": job.owner, "code": job.error_code, "detail": job.error_detail, "created_at": job.created_at,
    })
}

async fn show(system: &System, text: &str, json: bool) -> anyhow::Result<()> {
    let steps = system.jobs().timeline(id_of(text)?.0).await?.context("there is no such job or message")?;
    if json {
        let rows = steps.iter().map(|step| json!({"at": step.at, "step": step.step, "detail": step.detail}));
        return table::json_lines(rows);
    }
    let rows = steps.into_iter().map(|step| {
        [
            step.at.format("%Y-%m-%d %H:%M:%S%.3fZ").to_string(),
            step.step.to_string(),
            step.detail.unwrap_or_default(),
        ]
    });
    table::print(["AT", "STEP", "DETAIL"], rows);
    Ok(())
}

/// Lists dead letters by reason, or puts them back to work in batches.
pub(crate) async fn dead_letters(config: &Config, command: DeadLettersCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        DeadLettersCommand::List { json } => {
            let groups = system.dead_letters().groups().await?;
            if json {
                let row = |g: &wahana_store::jobs::dead_letters::DeadGroup| json!({"kind": g.kind, "code": g.error_code, "jobs": g.jobs, "oldest": g.oldest});
                return table::json_lines(groups.iter().map(row));
            }
            let rows = groups.into_iter().map(|group| {
                [
                    group.jobs.to_string(),
                    group.kind,
                    group.error_code.unwrap_or_default(),
                    table::time(group.oldest),
                ]
            });
            table::print(["JOBS", "KIND", "CODE", "OLDEST"], rows);
            Ok(())
        }
        DeadLettersCommand::Replay(args) => replay(&system, args).await,
    }
}

async fn replay(system: &System, args: DeadArgs) -> anyhow::Result<()> {
    let DeadArgs { code, organization, campaign, session, kind, since, until, preview, all } = args;
    let filter = DeadFilter { jobs: None, code, organization, campaign, session, kind, since, until };
    let named = filter.code.is_some() || filter.organization.is_some() || filter.campaign.is_some();
    let named = named || filter.session.is_some() || filter.kind.is_some() || filter.since.is_some();
    if !(named || filter.until.is_some() || all || preview) {
        bail!(
            "say which (--code, --campaign, --session, --kind, --organization, --since, --until), or --all"
        );
    }
    let matching = system.dead_letters().count(&filter).await?;
    println!("{matching} dead letters fit");
    if preview {
        return Ok(());
    }
    let mut replayed = 0;
    // Not more than fitted at first: what dies again meanwhile is not replayed for ever.
    while replayed < matching {
        let batch = system.dead_letters().replay(&filter).await?;
        if batch.replayed == 0 {
            break;
        }
        replayed += batch.replayed;
        println!("{replayed} of {matching} put back to work");
    }
    Ok(())
}

/// Lists worker processes.
pub(crate) async fn workers(config: &Config) -> anyhow::Result<()> {
    let store = wire::store(config, wahana_store::Plans::PerValue)?;
    let now = store.clock().now();
    let rows = wire::cli_system(config).await?.workers().list().await?.into_iter().map(|worker| {
        let state = match (worker.is_lost(now), worker.draining) {
            (true, _) => "lost",
            (_, true) => "draining",
            _ => "works",
        };
        let slots: Vec<String> = worker
            .slots
            .0
            .iter()
            .map(|(queue, slots)| format!("{queue} {}/{}", slots.running, slots.most))
            .collect();
        [
            worker.owner,
            worker.host,
            worker.version,
            state.to_owned(),
            table::time(worker.seen_at),
            slots.join(", "),
        ]
    });
    table::print(["WORKER", "HOST", "VERSION", "STATE", "SEEN", "SLOTS"], rows);
    Ok(())
}
