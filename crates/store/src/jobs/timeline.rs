//! The story of one job, from the request to the last proof: what was accepted, released, tried, answered, reported and
//! done by hand, in the order of time.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use wahana_domain::jobs::{JobState, TimelineStep, TimelineStepCode};
use wahana_domain::messages::MessageState;
use wahana_domain::uuid_v7;

use super::{SystemJobs, TenantJobs};
use crate::{StoreError, Tx};

/// Events of WAHA that are looked for later than the last proof.
const ECHO: TimeDelta = TimeDelta::minutes(10);
/// Longest time Postgres may spend on looking for them.
const PATIENCE: &str = "set local statement_timeout = '3s'";

/// One step of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub step: TimelineStepCode,
    /// More, for people.
    pub detail: Option<String>,
}

impl Step {
    fn new(at: DateTime<Utc>, step: impl Into<TimelineStepCode>, detail: Option<String>) -> Self {
        Self { at, step: step.into(), detail }
    }
}

impl TenantJobs<'_> {
    /// The story of a job or message; `None` when there is no such thing.
    pub async fn timeline(self, id: Uuid) -> Result<Option<Vec<Step>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let Some((mut steps, reported)) = told(&mut tx, id).await? else { return Ok(None) };
        drop(tx);
        if let Some(reported) = reported {
            events(self.tenant.begin().await?, &reported, &mut steps).await;
        }
        Ok(Some(in_order(steps)))
    }
}

impl SystemJobs<'_> {
    /// The story of a job or message; `None` when there is no such thing.
    pub async fn timeline(self, id: Uuid) -> Result<Option<Vec<Step>>, StoreError> {
        let mut tx = self.system.begin().await?;
        let Some((mut steps, reported)) = told(&mut tx, id).await? else { return Ok(None) };
        drop(tx);
        if let Some(reported) = reported {
            events(self.system.begin().await?, &reported, &mut steps).await;
        }
        Ok(Some(in_order(steps)))
    }
}

/// Where to look for what WAHA reported of a message.
struct Reported {
    session: Uuid,
    waha_id: String,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

fn in_order(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by_key(|step| step.at);
    steps
}

async fn told(tx: &mut Tx, id: Uuid) -> Result<Option<(Vec<Step>, Option<Reported>)>, StoreError> {
    let mut steps = Vec::new();
    let reported = message(tx, id, &mut steps).await?;
    let known = job(tx, id, &mut steps).await? | attempts(tx, id, &mut steps).await?;
    if steps.is_empty() && !known {
        return Ok(None);
    }
    acts(tx, id, &mut steps).await?;
    Ok(Some((steps, reported)))
}

async fn message(tx: &mut Tx, id: Uuid, steps: &mut Vec<Step>) -> Result<Option<Reported>, StoreError> {
    let row = sqlx::query!(
        r#"select session_id, state as "state: MessageState", request_id, waha_id, error_code, error_detail,
                  created_at, send_at, sent_at, delivered_at, read_at, settled_at
           from messages
           where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let request = row.request_id.map(|id| format!("request {id}"));
    steps.push(Step::new(row.created_at, TimelineStep::Accepted, request));
    let waha = row.waha_id.as_ref().map(|id| format!("WhatsApp id {id}"));
    let times = [
        (row.sent_at, TimelineStep::Sent, waha),
        (row.delivered_at, TimelineStep::Delivered, None),
        (row.read_at, TimelineStep::Read, None),
    ];
    steps.extend(times.into_iter().filter_map(|(at, step, detail)| Some(Step::new(at?, step, detail))));
    let end = match row.state {
        MessageState::Failed => Some(TimelineStep::Failed),
        MessageState::Expired => Some(TimelineStep::Expired),
        MessageState::Cancelled => Some(TimelineStep::Cancelled),
        _ => None,
    };
    if let (Some(at), Some(step)) = (row.settled_at, end) {
        let why = [row.error_code, row.error_detail].into_iter().flatten().collect::<Vec<_>>().join(": ");
        steps.push(Step::new(at, step, (!why.is_empty()).then_some(why)));
    }
    let last = [row.read_at, row.delivered_at, row.settled_at, row.sent_at].into_iter().flatten().max();
    Ok(row.waha_id.map(|waha_id| Reported {
        session: row.session_id,
        waha_id,
        from: row.created_at,
        to: last.unwrap_or(row.created_at) + ECHO,
    }))
}

async fn job(tx: &mut Tx, id: Uuid, steps: &mut Vec<Step>) -> Result<bool, StoreError> {
    let row = sqlx::query!(
        r#"select kind, state as "state: JobState", owner, attempt, run_at, created_at, released_at,
                  started_at, error_code
           from jobs
           where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(false) };
    steps.push(Step::new(row.created_at, TimelineStep::JobRecorded, Some(row.kind)));
    match row.state {
        JobState::Pending => steps.push(Step::new(row.run_at, TimelineStep::Due, row.error_code)),
        JobState::Released | JobState::Running | JobState::Dead => {
            if let Some(at) = row.released_at {
                steps.push(Step::new(at, TimelineStep::Released, None));
            }
        }
    }
    if row.state == JobState::Running
        && let Some(at) = row.started_at
    {
        steps.push(Step::new(
            at,
            TimelineStep::AttemptRuns,
            row.owner.map(|owner| format!("attempt {} of {owner}", row.attempt)),
        ));
    }
    Ok(true)
}

async fn attempts(tx: &mut Tx, id: Uuid, steps: &mut Vec<Step>) -> Result<bool, StoreError> {
    let rows = sqlx::query!(
        "select n, owner, started_at, finished_at, outcome, code, detail
         from attempts
         where job_id = $1
         order by finished_at
         limit 200",
        id
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = !rows.is_empty();
    for row in rows {
        let who = format!("attempt {} by worker {}", row.n, row.owner);
        steps.push(Step::new(row.started_at, TimelineStep::AttemptBegan, Some(who)));
        let said = [row.code, row.detail].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let said = if said.is_empty() { row.outcome } else { format!("{}: {said}", row.outcome) };
        steps.push(Step::new(
            row.finished_at,
            TimelineStep::AttemptEnded,
            Some(format!("attempt {}: {said}", row.n)),
        ));
    }
    Ok(known)
}

/// What people did to it.
async fn acts(tx: &mut Tx, id: Uuid, steps: &mut Vec<Step>) -> Result<(), StoreError> {
    let names = [wahana_domain::JobId(id).to_string(), wahana_domain::MessageId(id).to_string()];
    let rows = sqlx::query!(
        "select at, action, actor_kind, actor from audit_events where target = any($1) order by id limit 200",
        &names
    )
    .fetch_all(&mut **tx)
    .await?;
    steps.extend(
        rows.into_iter()
            .map(|row| Step::new(row.at, row.action, Some(format!("by {} {}", row.actor_kind, row.actor)))),
    );
    Ok(())
}

/// What WAHA reported of it, as far as it is still kept and quickly found.
async fn events(mut tx: Tx, reported: &Reported, steps: &mut Vec<Step>) {
    let found = async {
        sqlx::query(PATIENCE).execute(&mut *tx).await?;
        // Ids sort by time, so that the key finds the hour. A bare id stands at the end of WAHA's longer one.
        sqlx::query!(
            "select event, event_id, received_at, processed_at, error
             from inbound_events
             where id between $1 and $2 and session_id = $3 and body -> 'payload' ->> 'id' like '%' || $4
             order by id
             limit 50",
            uuid_v7(reported.from, 0),
            uuid_v7(reported.to, u128::MAX),
            reported.session,
            reported.waha_id,
        )
        .fetch_all(&mut *tx)
        .await
    };
    match found.await {
        Ok(rows) => {
            for row in rows {
                steps.push(Step::new(
                    row.received_at,
                    TimelineStep::Event,
                    Some(format!("{} {}", row.event, row.event_id)),
                ));
                if let Some(at) = row.processed_at {
                    let detail = row.error.unwrap_or(row.event_id);
                    steps.push(Step::new(at, TimelineStep::EventProcessed, Some(detail)));
                }
            }
        }
        Err(error) => {
            tracing::debug!(error.message = %error, "events of a message not found in time");
            steps.push(Step::new(
                reported.to,
                TimelineStep::EventsUnknown,
                Some("too many events to look through".to_owned()),
            ));
        }
    }
}
