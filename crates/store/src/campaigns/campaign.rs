//! Campaigns of an organization: written, launched, paused, ended. Their recipients are released by the relay.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::types::Json;
use wahana_domain::campaigns::{CampaignKind, CampaignState, EndReason};
use wahana_domain::messages::Content;
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, Reason, SenderPoolId, SessionId};

use super::TenantCampaigns;
use crate::db::idempotency::{Claim, Idempotency};
use crate::{Page, PageRequest, StoreError, Tx, Wake};

/// A campaign.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// What its owner calls it.
    pub name: String,
    /// What it says: its words are a template.
    pub content: Json<Content>,
    /// How far it is.
    pub state: CampaignState,
    /// Recipients, those who must not be written to not counted.
    pub total: i32,
    /// How many of them have a message by now.
    pub cursor: i32,
    /// Refused lines of all imports; duplicates and suppressed ones included.
    pub rejected: i32,
    /// Refused because the number was there already.
    pub duplicates: i32,
    /// Refused because the person must not be written to.
    pub suppressed: i32,
    /// Its own rate, window and deadline.
    pub pace: Json<CampaignPace>,
    /// When it starts by itself.
    pub send_at: Option<DateTime<Utc>>,
    /// When it started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The sessions that send it.
    pub senders: Vec<SessionId>,
    /// The sender pool whose members they are.
    pub pool: Option<SenderPoolId>,
    /// Whether numbers are checked first, should nobody have written there before.
    pub check_number: Option<NumberCheckMode>,
    /// What it is for.
    pub kind: CampaignKind,
    /// Grows with each change of name, text, audience, pace or senders.
    pub version: i32,
    /// The member or key that changed it last, for people.
    pub changed_by: Option<String>,
    /// Whether it goes on after its deadline.
    pub late_accepted: bool,
    /// Why it ended before everybody got it; `None`: somebody cancelled it, or it has not ended so.
    pub end_reason: Option<EndReason>,
}

/// A campaign to make.
#[derive(Clone, Debug)]
pub struct NewCampaign {
    /// Its id.
    pub id: CampaignId,
    /// What its owner calls it.
    pub name: String,
    /// What it says, validated.
    pub content: Content,
    /// The sessions that send it: at least one, each once.
    pub senders: Vec<SessionId>,
    /// The sender pool whose members they are: who joins it later sends too.
    pub pool: Option<SenderPoolId>,
    /// Whether numbers are checked first, should nobody have written there before.
    pub check_number: Option<NumberCheckMode>,
    /// What it is for.
    pub kind: CampaignKind,
    /// When it starts by itself once launched.
    pub send_at: Option<DateTime<Utc>>,
    /// Its own rate, window and deadline, validated.
    pub pace: CampaignPace,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl NewCampaign {
    /// What it will look like: known before it is stored, so that an answer can be stored with it.
    pub fn draft(&self) -> Campaign {
        let mut senders = self.senders.clone();
        senders.sort_unstable();
        Campaign {
            id: self.id,
            name: self.name.clone(),
            content: Json(self.content.clone()),
            state: CampaignState::Draft,
            total: 0,
            cursor: 0,
            rejected: 0,
            duplicates: 0,
            suppressed: 0,
            pace: Json(self.pace.clone()),
            send_at: self.send_at,
            started_at: None,
            finished_at: None,
            created_at: self.created_at,
            updated_at: self.created_at,
            senders,
            pool: self.pool,
            check_number: self.check_number,
            kind: self.kind,
            version: 1,
            changed_by: None,
            late_accepted: false,
            end_reason: None,
        }
    }
}

/// How making or changing a campaign ended.
#[derive(Clone, Debug)]
pub enum Saved {
    /// As wanted.
    Saved(Box<Campaign>),
    /// The same request made it before; this was the answer.
    Replay {
        /// The HTTP status.
        status: u16,
        /// The answer.
        response: serde_json::Value,
    },
    /// The idempotency key was used for another request.
    KeyReused,
    /// There is no such campaign.
    NotFound,
    /// There is no such session: its place in the list.
    NoSession(usize),
    /// There is no such file.
    NoMedia,
    /// Not possible in this state.
    WrongState(CampaignState),
    /// It is not in the version that the caller looked at.
    Changed(Changed),
    /// It has started, so its start cannot change.
    AlreadyStarted,
    /// It has no recipients yet.
    Empty,
    /// It has no sender left.
    NoSender,
}

/// A campaign in another version than expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// The version it is in.
    pub version: i32,
    /// The member or key that changed it last, for people.
    pub by: Option<String>,
    /// When it last changed.
    pub at: DateTime<Utc>,
}

/// What a command depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommandTerms {
    /// The version that the caller looked at; `None` is any.
    pub version: Option<i32>,
    /// The campaign goes on after its deadline. For `Start` and `Resume`.
    pub accept_late: bool,
}

/// What an owner may do with a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignCommand {
    /// Launch it, now or at its `send_at`.
    Start,
    /// Take a scheduled launch back.
    Unschedule,
    /// Hold it.
    Pause,
    /// Go on.
    Resume,
    /// Give it up.
    Cancel,
}

impl CampaignCommand {
    /// From which states. Every edge is in the domain's table; a test checks it.
    pub const fn from(self) -> &'static [CampaignState] {
        use CampaignState::{Draft, Paused, Running, Scheduled};
        match self {
            Self::Start => &[Draft],
            Self::Unschedule => &[Scheduled],
            Self::Pause => &[Running],
            Self::Resume => &[Paused],
            Self::Cancel => &[Draft, Scheduled, Running, Paused],
        }
    }

    /// The name in the audit log.
    const fn action(self) -> &'static str {
        match self {
            Self::Start => "campaign.start",
            Self::Unschedule => "campaign.unschedule",
            Self::Pause => "campaign.pause",
            Self::Resume => "campaign.resume",
            Self::Cancel => "campaign.cancel",
        }
    }

    /// Into which state at `now`.
    pub fn to(self, send_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> CampaignState {
        match self {
            Self::Start if send_at.is_some_and(|at| at > now) => CampaignState::Scheduled,
            Self::Start | Self::Resume => CampaignState::Running,
            Self::Unschedule => CampaignState::Draft,
            Self::Pause => CampaignState::Paused,
            Self::Cancel => CampaignState::Cancelled,
        }
    }
}

/// Selects campaigns with all their columns; the rest of the statement follows.
macro_rules! select_campaigns {
    ($rest:literal, $($value:tt)*) => {
        sqlx::query_as!(
            Campaign,
            r#"select id as "id: CampaignId", name, content as "content: Json<Content>",
                      state as "state: CampaignState", total, cursor, rejected, duplicates, suppressed,
                      pace as "pace: Json<CampaignPace>", send_at, started_at, finished_at, created_at,
                      updated_at,
                      array(
                          select session_id from campaign_senders where campaign_id = c.id order by session_id
                      ) as "senders!: Vec<SessionId>",
                      pool_id as "pool: SenderPoolId", check_number as "check_number: NumberCheckMode",
                      kind as "kind: CampaignKind",
                      version, changed_by, late_accepted, end_reason as "end_reason: EndReason"
               from campaigns c
            "# + $rest,
            $($value)*
        )
    };
}

impl TenantCampaigns<'_> {
    /// Makes a draft; with a key, once.
    pub async fn create(self, new: &NewCampaign, key: Option<&Idempotency>) -> Result<Saved, StoreError> {
        let mut tx = self.tenant.begin().await?;
        if let Some(key) = key {
            match tx.claim(self.tenant, key).await? {
                Claim::First => {}
                Claim::Replay { status, response } => return Ok(Saved::Replay { status, response }),
                Claim::Reused => return Ok(Saved::KeyReused),
            }
        }
        if !crate::messages::media::known(&mut tx, &new.content).await? {
            return Ok(Saved::NoMedia);
        }
        sqlx::query!(
            "insert into campaigns (
                 id, organization_id, name, content, send_at, created_at, updated_at, pool_id, pace,
                 check_number, kind
             )
             values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)",
            new.id.0,
            self.tenant.organization().0,
            new.name,
            Json(&new.content) as _,
            new.send_at,
            new.created_at,
            new.pool.map(|id| id.0),
            Json(&new.pace) as _,
            new.check_number as Option<NumberCheckMode>,
            new.kind.as_str(),
        )
        .execute(&mut *tx)
        .await?;
        if let Some(unknown) = self.set_senders(&mut tx, new.id, &new.senders).await? {
            return Ok(Saved::NoSession(unknown));
        }
        // Its senders belong to its first version.
        sqlx::query!("update campaigns set version = 1 where id = $1", new.id.0).execute(&mut *tx).await?;
        tx.audit("campaign.create", new.id, json!({ "name": new.name })).await?;
        finish(tx, new.id).await
    }

    /// Deletes a draft with its recipients; `Ok(Some(state))` when it is not a draft any more.
    pub async fn delete(self, id: CampaignId) -> Result<Saved, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let Some(Locked { state, .. }) = lock(&mut tx, id).await? else { return Ok(Saved::NotFound) };
        if state != CampaignState::Draft {
            return Ok(Saved::WrongState(state));
        }
        let gone = read(&mut tx, id).await?;
        sqlx::query!("delete from campaigns where id = $1", id.0).execute(&mut *tx).await?;
        tx.audit("campaign.delete", id, json!({})).await?;
        tx.commit().await?;
        Ok(gone.map_or(Saved::NotFound, |gone| Saved::Saved(Box::new(gone))))
    }

    /// Launches, pauses, resumes or ends a campaign. Ending it takes back what is not on its way yet.
    pub async fn command(
        self,
        id: CampaignId,
        command: CampaignCommand,
        terms: CommandTerms,
    ) -> Result<Saved, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let Some(locked) = lock(&mut tx, id).await? else { return Ok(Saved::NotFound) };
        let Locked { state, total, send_at, .. } = locked;
        let next = command.to(send_at, now);
        if !command.from().contains(&state) || !state.can_become(next) {
            return Ok(Saved::WrongState(state));
        }
        if let Some(changed) = locked.changed_since(terms.version) {
            return Ok(Saved::Changed(changed));
        }
        let senders = senders(&mut tx, id).await?;
        if matches!(command, CampaignCommand::Start | CampaignCommand::Resume) {
            if total == 0 {
                return Ok(Saved::Empty);
            }
            if senders.is_empty() {
                return Ok(Saved::NoSender);
            }
        }
        sqlx::query!(
            "update campaigns
             set state = $2, updated_at = $3,
                 started_at = case
                                  when $2 = 'running'::campaign_state then coalesce(started_at, $3)
                                  else started_at
                              end,
                 finished_at = case when $2 = 'cancelled'::campaign_state then $3 else finished_at end,
                 late_accepted = $4 or (late_accepted and $2 <> 'draft'::campaign_state),
                 launched_version = case when $5 then version else launched_version end
             where id = $1",
            id.0,
            next as CampaignState,
            now,
            terms.accept_late,
            command == CampaignCommand::Start,
        )
        .execute(&mut *tx)
        .await?;
        match command {
            CampaignCommand::Start | CampaignCommand::Resume => {
                super::versions::record(&mut tx, id, now).await?;
            }
            CampaignCommand::Unschedule => super::versions::forget(&mut tx, id).await?,
            CampaignCommand::Pause | CampaignCommand::Cancel => {}
        }
        match next {
            CampaignState::Running => senders.into_iter().for_each(|session| tx.wake(Wake::Lane(session))),
            CampaignState::Cancelled => {
                crate::jobs::withdraw::of_campaign(&mut tx, id, Reason::CampaignCancelled, now).await?;
            }
            _ => {}
        }
        let detail = json!({
            "from": state.as_str(), "to": next.as_str(), "version": locked.version,
            "accept_late": terms.accept_late,
        });
        tx.audit(command.action(), id, detail).await?;
        finish(tx, id).await
    }

    /// One campaign; `None` when there is none.
    pub async fn get(self, id: CampaignId) -> Result<Option<Campaign>, StoreError> {
        read(&mut self.tenant.begin().await?, id).await
    }

    /// Campaigns, newest first.
    pub async fn list(
        self,
        state: Option<CampaignState>,
        page: PageRequest,
    ) -> Result<Page<Campaign>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = select_campaigns!(
            "where ($1::campaign_state is null or state = $1) and ($2::uuid is null or id < $2)
             order by id desc
             limit $3",
            state as Option<CampaignState>,
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Replaces the senders; the place of the first unknown session, if there is one.
    pub(super) async fn set_senders(
        self,
        tx: &mut Tx,
        campaign: CampaignId,
        senders: &[SessionId],
    ) -> Result<Option<usize>, StoreError> {
        let ids: Vec<_> = senders.iter().map(|id| id.0).collect();
        let known = sqlx::query_scalar!(
            r#"insert into campaign_senders (campaign_id, session_id, organization_id)
               select $1, id, $2
               from sessions
               where id = any($3) and deleted_at is null
               returning session_id as "id: SessionId""#,
            campaign.0,
            self.tenant.organization().0,
            &ids,
        )
        .fetch_all(&mut **tx)
        .await?;
        Ok(senders.iter().position(|id| !known.contains(id)))
    }
}

pub(super) async fn finish(mut tx: Tx, id: CampaignId) -> Result<Saved, StoreError> {
    let campaign = read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(campaign.map_or(Saved::NotFound, |campaign| Saved::Saved(Box::new(campaign))))
}

/// A campaign that nobody else may change until the end of the transaction.
#[derive(Clone, Debug)]
pub(crate) struct Locked {
    pub(crate) state: CampaignState,
    pub(crate) total: i32,
    pub(crate) send_at: Option<DateTime<Utc>>,
    pub(crate) version: i32,
    pub(crate) changed_by: Option<String>,
    pub(crate) updated_at: DateTime<Utc>,
}

impl Locked {
    /// How it changed, if it is not in this version; `None` expects nothing.
    pub(super) fn changed_since(&self, version: Option<i32>) -> Option<Changed> {
        let changed = Changed { version: self.version, by: self.changed_by.clone(), at: self.updated_at };
        version.is_some_and(|version| version != self.version).then_some(changed)
    }
}

/// Locks a campaign until the end of the transaction.
pub(crate) async fn lock(tx: &mut Tx, id: CampaignId) -> Result<Option<Locked>, StoreError> {
    Ok(sqlx::query_as!(
        Locked,
        r#"select state as "state: CampaignState", total, send_at, version, changed_by, updated_at
           from campaigns
           where id = $1
           for update"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

pub(super) async fn senders(tx: &mut Tx, id: CampaignId) -> Result<Vec<SessionId>, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select s.id as "id: SessionId" from campaign_senders c join sessions s on s.id = c.session_id
           where c.campaign_id = $1 and s.deleted_at is null"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn read(tx: &mut Tx, id: CampaignId) -> Result<Option<Campaign>, StoreError> {
    Ok(select_campaigns!("where id = $1", id.0).fetch_optional(&mut **tx).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_follows_an_edge_of_the_domain() {
        use CampaignCommand::{Cancel, Pause, Resume, Start, Unschedule};
        let now = DateTime::UNIX_EPOCH;
        for command in [Start, Unschedule, Pause, Resume, Cancel] {
            for send_at in [None, Some(now + chrono::TimeDelta::hours(1))] {
                assert!(
                    command.from().iter().all(|from| from.can_become(command.to(send_at, now))),
                    "{command:?}"
                );
            }
        }
    }
}
