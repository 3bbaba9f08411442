//! Finding jobs: those that wait, run or gave up, and sends that are over, whose job is gone and whose message stays.
//! Both are one list, newest first.
//!
//! Must never: cost more than [`PATIENCE`]. A search that reads too much is refused and says how to narrow it.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;
use wahana_domain::jobs::{JobKind, JobKindCode, JobOrMessageState};
use wahana_domain::{CampaignId, JobId, OrganizationId, ReasonCode, SessionId};

use super::{SystemJobs, TenantJobs};
use crate::{Page, PageRequest, StoreError, Tx};

/// Longest time Postgres may spend on one page.
const PATIENCE: &str = "set local statement_timeout = '5s'";
/// What Postgres says when that time is over.
const CANCELLED: &str = "57014";

/// Which jobs are wanted; `None` is any.
#[derive(Clone, Debug, Default)]
pub struct JobFilter {
    /// This one: the uuid of a job or a message.
    pub id: Option<Uuid>,
    /// Sends to this person: E.164 digits.
    pub recipient: Option<String>,
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// Of this session.
    pub session: Option<SessionId>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// Of this kind.
    pub kind: Option<JobKind>,
    /// In this state.
    pub state: Option<JobOrMessageState>,
    /// Whose last error has this code.
    pub error: Option<ReasonCode>,
}

/// A job, or a send that is over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundJob {
    /// The job; of a send, its message's own uuid.
    pub id: JobId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its kind.
    pub kind: JobKindCode,
    /// The state of the job; when the job is over, of the message.
    pub state: JobOrMessageState,
    /// The session, if it is about one.
    pub session: Option<SessionId>,
    /// The campaign, if it is of one.
    pub campaign: Option<CampaignId>,
    /// E.164 digits, or a chat.
    pub recipient: Option<String>,
    /// Attempts so far; `None` when the job is over.
    pub attempt: Option<i32>,
    /// When it is due; `None` when it is over.
    pub run_at: Option<DateTime<Utc>>,
    /// The worker that has it.
    pub owner: Option<String>,
    /// What went wrong last.
    pub error_code: Option<ReasonCode>,
    /// The same for people.
    pub error_detail: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// A page of jobs, or why there is none.
#[derive(Clone, Debug)]
pub enum Search {
    /// What was found.
    Found(Page<FoundJob>),
    /// It would read too much.
    TooBroad,
}

impl TenantJobs<'_> {
    /// Jobs of this organization, newest first.
    pub async fn find(self, filter: &JobFilter, page: PageRequest) -> Result<Search, StoreError> {
        let own = JobFilter { organization: Some(self.tenant.organization()), ..filter.clone() };
        find(self.tenant.begin().await?, &own, page).await
    }
}

impl SystemJobs<'_> {
    /// Jobs of everybody, newest first.
    pub async fn find(self, filter: &JobFilter, page: PageRequest) -> Result<Search, StoreError> {
        find(self.system.begin().await?, filter, page).await
    }
}

async fn find(mut tx: Tx, filter: &JobFilter, page: PageRequest) -> Result<Search, StoreError> {
    sqlx::query(PATIENCE).execute(&mut *tx).await?;
    let mut query = query(filter, page);
    // Planned with the values: which index is good depends on what is asked.
    match query.build_query_as::<FoundJob>().persistent(false).fetch_all(&mut *tx).await {
        Ok(rows) => Ok(Search::Found(Page::cut(rows, page, |row| row.id.0))),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(CANCELLED) => {
            Ok(Search::TooBroad)
        }
        Err(error) => Err(error.into()),
    }
}

fn query(filter: &JobFilter, page: PageRequest) -> QueryBuilder<Postgres> {
    let mut q = QueryBuilder::new(
        "select *
         from (
             (select j.id, j.organization_id as organization, j.kind, j.state::text as state,
                     coalesce(j.lane, m.session_id) as session,
                     coalesce(j.campaign_id, m.campaign_id) as campaign,
                     coalesce(m.phone, m.chat_id) as recipient,
                     j.attempt, j.run_at, j.owner, j.error_code, j.error_detail, j.created_at
              from jobs j
              left join messages m on m.id = j.id
              where true",
    );
    let message = JobColumns { session: "j.lane", campaign: "j.campaign_id", prefix: "j" };
    narrow(&mut q, filter, page, &message);
    if let Some(kind) = filter.kind {
        q.push(" and j.kind = ").push_bind(kind.as_str());
    }
    q.push(" order by j.id desc limit ").push_bind(page.fetch());
    q.push(
        ")
             union all
             (select m.id, m.organization_id, 'send_message', m.state::text, m.session_id, m.campaign_id,
                     coalesce(m.phone, m.chat_id), null, null, null, m.error_code, m.error_detail, m.created_at
              from messages m
              where m.direction = 'outbound' and not exists (select 1 from jobs j where j.id = m.id)",
    );
    let over = JobColumns { session: "m.session_id", campaign: "m.campaign_id", prefix: "m" };
    narrow(&mut q, filter, page, &over);
    if let Some(kind) = filter.kind {
        q.push(" and 'send_message' = ").push_bind(kind.as_str());
    }
    q.push(" order by m.id desc limit ").push_bind(page.fetch());
    q.push(")) as found order by id desc limit ").push_bind(page.fetch());
    q
}

/// The columns of one half of the list.
struct JobColumns {
    session: &'static str,
    campaign: &'static str,
    prefix: &'static str,
}

fn narrow(q: &mut QueryBuilder<Postgres>, filter: &JobFilter, page: PageRequest, columns: &JobColumns) {
    let JobColumns { session, campaign, prefix } = columns;
    if let Some(id) = filter.id {
        q.push(format_args!(" and {prefix}.id = ")).push_bind(id);
    }
    if let Some(organization) = filter.organization {
        q.push(format_args!(" and {prefix}.organization_id = ")).push_bind(organization.0);
    }
    if let Some(id) = filter.session {
        q.push(format_args!(" and {session} = ")).push_bind(id.0);
    }
    if let Some(id) = filter.campaign {
        q.push(format_args!(" and {campaign} = ")).push_bind(id.0);
    }
    if let Some(state) = filter.state {
        q.push(format_args!(" and {prefix}.state::text = ")).push_bind(state.as_str());
    }
    if let Some(code) = &filter.error {
        q.push(format_args!(" and {prefix}.error_code = ")).push_bind(code.as_str().to_owned());
    }
    if let Some(before) = page.before {
        q.push(format_args!(" and {prefix}.id < ")).push_bind(before);
    }
    if let Some(digits) = &filter.recipient {
        // By chat and session, because that is the index there is.
        q.push(" and m.chat_id = person_of(").push_bind(digits.clone()).push(")");
        q.push(" and m.session_id in (select id from sessions where true");
        if let Some(organization) = filter.organization {
            q.push(" and organization_id = ").push_bind(organization.0);
        }
        q.push(")");
    }
}
