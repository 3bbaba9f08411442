//! Releasing the recipients of a campaign: from rows that wait to messages in a lane, in order of position. Where some
//! may not be written to yet, others behind them go first; the cursor stays before the first who waits.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::campaigns::CampaignKind;
use wahana_domain::filler::values;
use wahana_domain::jobs::Queue;
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{
    CampaignId, MessageId, NamedPerson, OrganizationId, PersonKey, Phone, Reason, SenderPoolId, SessionId,
};
use wahana_jobs::{Job, SendMessage};

use super::SystemCampaigns;
use crate::contacts::consents;
use crate::jobs::relay::Released;
use crate::{StoreError, Tx, Wake};

/// A running campaign with people left.
#[derive(Clone, Debug)]
pub struct OpenCampaign {
    /// The campaign.
    pub id: CampaignId,
    /// Its own rate and window.
    pub pace: CampaignPace,
    /// Whether its file is ready, if it has one.
    pub file_ready: bool,
    /// Whether somebody makes it ready, or tried to.
    pub file_wanted: bool,
}

/// Recipients of one campaign, taken for one sender; nobody else takes any of it until this is put back.
pub struct Taken {
    tx: Tx,
    /// The campaign.
    pub campaign: CampaignId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its template.
    pub content: Content,
    /// The version that messages are made from; `None` is the launched one.
    pub version: Option<i32>,
    /// The sender pool that writes to them, if it is one.
    pub pool: Option<SenderPoolId>,
    /// When its next message is due by its own rate.
    pub rate_due_at: Option<DateTime<Utc>>,
    /// Whether numbers are checked first, should nobody have written there before.
    pub check_number: Option<NumberCheckMode>,
    /// The people without a message, in order.
    pub recipients: Vec<Recipient>,
}

/// A person of a campaign.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The id of the recipient and of its message.
    pub id: MessageId,
    /// Its place in the order.
    pub position: i32,
    /// Who.
    pub person: PersonKey,
    /// E.164 digits; `None` while the number is not known.
    pub phone: Option<String>,
    /// What the template is filled with.
    pub variables: BTreeMap<String, String>,
    /// Whether the person must not be written to.
    pub suppressed: bool,
    /// Whether the number is known to have no WhatsApp, and the campaign wants to know.
    pub unreachable: bool,
    /// Whether the consent is on record that the organization asks for.
    pub consented: bool,
}

/// What is made of a recipient.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The recipient.
    pub id: MessageId,
    /// The session that writes to them: the one they were taken for, or another member of its pool.
    pub sender: SessionId,
    /// Its place in the order.
    pub position: i32,
    /// Who.
    pub person: PersonKey,
    /// E.164 digits; `None` while the number is not known.
    pub phone: Option<String>,
    /// The person's time zone, where somebody told us.
    pub time_zone: Option<String>,
    /// The filled content.
    pub content: Content,
    /// The bare WhatsApp id we choose for it.
    pub waha_id: String,
    /// Why it is not sent at all.
    pub skip: Option<Reason>,
}

impl SystemCampaigns<'_> {
    /// The running campaigns that this session sends and that have people left.
    pub async fn open(self, session: SessionId) -> Result<Vec<OpenCampaign>, StoreError> {
        let rows = sqlx::query!(
            r#"select c.id as "id: CampaignId", c.pace as "pace: Json<CampaignPace>",
                      case
                          when p.id is null then not coalesce(c.content -> 'media' ? 'url', false)
                          else p.state = 'ready' and p.media_id is not null
                      end as "file_ready!",
                      p.id is not null and (p.media_id is not null or p.state <> 'ready') as "file_wanted!"
               from campaigns c
               join campaign_senders s on s.campaign_id = c.id
               left join media_preparations p on p.campaign_id = c.id and p.kind = c.content ->> 'type'
                and p.source_hash = media_source_hash(c.content)
               where s.session_id = $1 and c.state = 'running' and c.cursor < c.total
               order by c.id"#,
            session.0,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let open = rows.into_iter().map(|row| OpenCampaign {
            id: row.id,
            pace: row.pace.0,
            file_ready: row.file_ready,
            file_wanted: row.file_wanted,
        });
        Ok(open.collect())
    }

    /// Takes up to `n` recipients of this campaign. `None` when there is nobody left, or others are at it.
    pub async fn take_recipients(self, campaign: CampaignId, n: u32) -> Result<Option<Taken>, StoreError> {
        let mut tx = self.system.begin().await?;
        let locked = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", content, cursor, ahead, rate_due_at,
                      pool_id as "pool: SenderPoolId", check_number as "check_number: NumberCheckMode",
                      kind as "kind: CampaignKind",
                      (
                          select nullif(max(v.version), campaigns.launched_version)
                          from campaign_versions v
                          where v.campaign_id = campaigns.id
                      ) as version
               from campaigns
               where id = $1 and state = 'running' and cursor < total
               for update skip locked"#,
            campaign.0,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(locked) = locked else { return Ok(None) };
        let needs_consent = consents::needed(&mut tx, locked.organization).await?;
        let rows = sqlx::query_file!(
            "src/campaigns/take_recipients.sql",
            campaign.0,
            locked.cursor,
            i64::from(n),
            locked.ahead,
            locked.check_number.is_some(),
            self.system.store.clock().now(),
            locked.kind as CampaignKind,
            needs_consent,
        )
        .fetch_all(&mut *tx)
        .await?;
        let recipients = rows
            .into_iter()
            .map(|r| {
                let phone = r.phone.as_deref().unwrap_or_default();
                let variables = values(serde_json::from_value(r.variables)?, r.name, phone);
                Ok(Recipient {
                    id: r.id,
                    position: r.position,
                    person: r.person,
                    phone: r.phone,
                    variables,
                    suppressed: r.suppressed,
                    unreachable: r.unreachable,
                    consented: r.consented,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let content = serde_json::from_value(locked.content)?;
        Ok(Some(Taken {
            tx,
            campaign,
            organization: locked.organization,
            content,
            version: locked.version,
            pool: locked.pool,
            rate_due_at: locked.rate_due_at,
            check_number: locked.check_number,
            recipients,
        }))
    }
}

impl Taken {
    /// Writes messages and jobs for these people, already released to the lane, and moves the campaign's cursor up to
    /// the first who was taken and is not among them: all or nothing. Those of other senders wait in their lanes.
    pub async fn release(
        mut self,
        session: SessionId,
        prepared: &[Prepared],
        rate_due_at: Option<DateTime<Utc>>,
    ) -> Result<Vec<Released>, StoreError> {
        let now = self.tx.store().clock().now();
        let cursor = self.cursor(prepared);
        self.insert_messages(prepared, now).await?;
        if self.check_number.is_some() {
            self.want_checks(prepared, now).await?;
        }
        let wanted = || prepared.iter().filter(|p| p.skip.is_none());
        self.insert_jobs(session, wanted(), now).await?;
        sqlx::query!(
            "update campaigns
             set cursor = coalesce($2, total), ahead = greatest(ahead, $5), updated_at = $3,
                 rate_due_at = coalesce($4, rate_due_at)
             where id = $1",
            self.campaign.0,
            cursor,
            now,
            rate_due_at,
            prepared.iter().map(|p| p.position).max().unwrap_or(0),
        )
        .execute(&mut *self.tx)
        .await?;
        wanted().filter(|p| p.sender != session).for_each(|p| self.tx.wake(Wake::Lane(p.sender)));
        self.tx.commit().await?;
        Ok(wanted()
            .filter(|p| p.sender == session)
            .map(|p| Released { job: wahana_domain::JobId(p.id.0), lane: session, class: Class::Bulk })
            .collect())
    }

    /// The place before the first person that still has no message; `None` when nobody is left.
    fn cursor(&self, prepared: &[Prepared]) -> Option<i32> {
        let passed_over = self.recipients.iter().find(|r| prepared.iter().all(|p| p.id != r.id));
        match passed_over {
            Some(first) => Some(first.position - 1),
            None => self.recipients.last().map(|last| last.position),
        }
    }

    async fn insert_jobs(
        &mut self,
        session: SessionId,
        wanted: impl Iterator<Item = &Prepared> + Clone,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = wanted.clone().map(|p| p.id.0).collect();
        let lanes: Vec<Uuid> = wanted.clone().map(|p| p.sender.0).collect();
        let payloads = wanted
            .map(|p| serde_json::to_value(SendMessage { message: p.id }))
            .collect::<Result<Vec<_>, _>>()?;
        sqlx::query!(
            "insert into jobs (
                 id, organization_id, kind, queue, lane, campaign_id, class, payload, state, run_at,
                 released_at, created_at
             )
             select id, $2, $3, $4, lane, $6, 'bulk', payload,
                    case when lane = $5 then 'released' else 'pending' end::job_state, $7,
                    case when lane = $5 then $7::timestamptz end, $7
             from unnest($1::uuid[], $8::jsonb[], $9::uuid[]) as x (id, payload, lane)",
            &ids,
            self.organization.0,
            SendMessage::NAME,
            Queue::Lanes.as_str(),
            session.0,
            self.campaign.0,
            now,
            &payloads,
            &lanes,
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn insert_messages(&mut self, prepared: &[Prepared], now: DateTime<Utc>) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = prepared.iter().map(|p| p.id.0).collect();
        let people: Vec<&str> = prepared.iter().map(|p| p.person.as_str()).collect();
        let phones: Vec<Option<&str>> = prepared.iter().map(|p| p.phone.as_deref()).collect();
        let contents =
            prepared.iter().map(|p| serde_json::to_value(&p.content)).collect::<Result<Vec<_>, _>>()?;
        let waha_ids: Vec<&str> = prepared.iter().map(|p| p.waha_id.as_str()).collect();
        let states: Vec<MessageState> = prepared
            .iter()
            .map(|p| match p.skip {
                None => MessageState::Queued,
                Some(Reason::NotOnWhatsapp) => MessageState::Failed,
                Some(_) => MessageState::Cancelled,
            })
            .collect();
        let skips: Vec<Option<&str>> = prepared.iter().map(|p| p.skip.map(Reason::as_str)).collect();
        let senders: Vec<Uuid> = prepared.iter().map(|p| p.sender.0).collect();
        let zones: Vec<Option<&str>> = prepared.iter().map(|p| p.time_zone.as_deref()).collect();
        sqlx::query!(
            "insert into messages (
                 id, organization_id, session_id, campaign_id, direction, class, state, chat_id, phone,
                 content, waha_id, error_code, created_at, settled_at, pool_id, time_zone, check_number,
                 campaign_version, new_chat
             )
             select id, $1, sender, $3, 'outbound', 'bulk', state, person, phone, content, waha_id,
                    skip, $4, case when skip is null then null else $4::timestamptz end, $2, zone, $13, $14,
                    chat_is_new(x.sender, x.person)
             from unnest($5::uuid[], $6::text[], $7::jsonb[], $8::text[], $9::message_state[], $10::text[],
                         $11::uuid[], $12::text[], $15::text[])
                 as x (id, phone, content, waha_id, state, skip, sender, zone, person)",
            self.organization.0,
            self.pool.map(|pool| pool.0),
            self.campaign.0,
            now,
            &ids,
            &phones as &[Option<&str>],
            &contents,
            &waha_ids as &[&str],
            &states as &[MessageState],
            &skips as &[Option<&str>],
            &senders,
            &zones as &[Option<&str>],
            self.check_number as Option<NumberCheckMode>,
            self.version,
            &people as &[&str],
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Ahead of their turn, so that the answer is there when it comes.
    async fn want_checks(&mut self, prepared: &[Prepared], now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut senders: Vec<SessionId> = prepared.iter().map(|p| p.sender).collect();
        senders.sort_unstable();
        senders.dedup();
        for sender in senders {
            let people = prepared.iter().filter(|p| p.sender == sender && p.skip.is_none());
            let people: Vec<NamedPerson> = people
                .map(|p| NamedPerson {
                    key: p.person.clone(),
                    phone: p.phone.as_deref().and_then(Phone::from_whatsapp),
                })
                .collect();
            crate::contacts::number_checks::want(&mut self.tx, self.organization, sender, &people, now)
                .await?;
        }
        Ok(())
    }
}

impl SystemCampaigns<'_> {
    /// Starts the campaigns whose time has come, and wakes their senders.
    /// None while everything that is sent is held: after a restore an old schedule must not begin by itself.
    pub async fn start_due(self) -> Result<u64, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let senders = sqlx::query_scalar!(
            r#"with started as (
                   update campaigns
                   set state = 'running', started_at = $1, updated_at = $1
                   where state = 'scheduled'
                     and send_at <= $1
                     and not exists (select 1 from controls where scope in ('all', 'outbound') and paused)
                   returning id
               )
               select s.session_id as "session: SessionId"
               from started
               join campaign_senders s on s.campaign_id = started.id"#,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in &senders {
            tx.wake(Wake::Lane(*session));
        }
        tx.commit().await?;
        Ok(senders.len() as u64)
    }

    /// The senders of running campaigns that have people left: their lanes want refilling.
    pub async fn lanes(self) -> Result<Vec<SessionId>, StoreError> {
        let lanes = sqlx::query_scalar!(
            r#"select distinct s.session_id as "session: SessionId"
               from campaigns c
               join campaign_senders s on s.campaign_id = c.id
               where c.state = 'running' and c.cursor < c.total"#
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(lanes)
    }
}
