//! What would become of a campaign's people if it went out now: who is left out and why, who it is shown to before, and
//! how its senders are.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::health::{Health, HealthReasonCode};
use wahana_domain::sessions::{QuotaStatus, SessionStatus};
use wahana_domain::{CampaignId, MessageId, Reason, SessionId};
use wahana_jobs::CheckAccount;

use super::TenantCampaigns;
use crate::{Enqueue, Page, PageRequest, StoreError};

/// What WhatsApp lets an account do is asked no more often for campaigns.
const ASK_ACCOUNTS_AGAIN: TimeDelta = TimeDelta::hours(1);

/// The people of a campaign that have no message yet. Each is counted for the first reason only.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Audience {
    /// All of them.
    pub people: i64,
    /// They must not be written to.
    pub suppressed: i64,
    /// Their consent is missing, and the organization asks for it.
    pub no_consent: i64,
    /// Their number is known to have no WhatsApp, and the campaign wants to know.
    pub not_on_whatsapp: i64,
    /// They lack a variable that the text needs.
    pub missing_variable: i64,
    /// With their values the text cannot be sent: it is empty or too long.
    pub bad_content: i64,
}

impl Audience {
    /// How many will be written to.
    pub const fn to_send(&self) -> i64 {
        self.people
            - self.suppressed
            - self.no_consent
            - self.not_on_whatsapp
            - self.missing_variable
            - self.bad_content
    }
}

/// How many people lack a variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lacking {
    /// The variable.
    pub name: String,
    /// How many of those that may be written to.
    pub people: i64,
}

/// A person of a campaign without a message, who may be written to.
#[derive(Clone, Debug)]
pub struct WaitingPerson {
    /// The id of the recipient and of its message.
    pub id: MessageId,
    /// Its place in the campaign.
    pub position: i32,
    /// E.164 digits.
    pub phone: Option<String>,
    /// What to call the person.
    pub name: Option<String>,
    /// What the template is filled with.
    pub variables: Json<BTreeMap<String, String>>,
}

/// A session that sends a campaign.
#[derive(Clone, Debug)]
pub struct CampaignSender {
    /// Its id.
    pub id: SessionId,
    /// What its owner calls it.
    pub name: String,
    /// What WAHA last said of it.
    pub status: SessionStatus,
    /// How it is.
    pub health: Health,
    /// Why it is not healthy.
    pub health_reason: Option<HealthReasonCode>,
    /// The version of its WAHA server, where known.
    pub version: Option<String>,
    /// The engine of its WAHA server, where known.
    pub engine: Option<String>,
    /// How far WhatsApp's quota of new chats is used up, as WAHA last reported.
    pub quota: Option<QuotaStatus>,
}

/// A person of a campaign, to show what they would read.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The id of the recipient and of its message.
    pub id: MessageId,
    /// Its line in the file.
    pub line: Option<i64>,
    /// E.164 digits.
    pub phone: Option<String>,
    /// What to call the person.
    pub name: Option<String>,
    /// What the template is filled with.
    pub variables: Json<BTreeMap<String, String>>,
    /// Whether the person must not be written to.
    pub suppressed: bool,
    /// Whether the consent is on record that the organization asks for.
    pub consented: bool,
    /// Whether the number is known to have no WhatsApp, and the campaign wants to know.
    pub unreachable: bool,
}

impl TenantCampaigns<'_> {
    /// How many people are left out as things stand; `required` are the variables that everybody must have. Reads
    /// every person that is left.
    pub async fn audience(
        self,
        id: CampaignId,
        required: &[String],
    ) -> Result<(Audience, Vec<Lacking>), StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_file!("src/campaigns/campaign_audience.sql", id.0, required, now)
            .fetch_all(&mut *tx)
            .await?;
        let (mut audience, mut lacking) = (Audience::default(), BTreeMap::<String, i64>::new());
        for row in rows {
            audience.people += row.n;
            match row.reason {
                Some(Reason::Suppressed) => audience.suppressed += row.n,
                Some(Reason::NoConsent) => audience.no_consent += row.n,
                Some(_) => audience.not_on_whatsapp += row.n,
                None if row.lacks.is_empty() => {}
                None => {
                    audience.missing_variable += row.n;
                    row.lacks.into_iter().for_each(|name| *lacking.entry(name).or_default() += row.n);
                }
            }
        }
        let lacking = lacking.into_iter().map(|(name, people)| Lacking { name, people }).collect();
        Ok((audience, lacking))
    }

    /// People without a message in order, after `after`: those that neither the suppression list nor a number check
    /// keeps from it.
    pub async fn waiting_people(
        self,
        id: CampaignId,
        after: Option<i32>,
        limit: i64,
    ) -> Result<Vec<WaitingPerson>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_file_as!(WaitingPerson, "src/campaigns/waiting_people.sql", id.0, after, limit, now,)
            .fetch_all(&mut *tx)
            .await?)
    }

    /// The sessions that send a campaign, and how they are.
    pub async fn senders(self, id: CampaignId) -> Result<Vec<CampaignSender>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let mut senders = sqlx::query_as!(
            CampaignSender,
            r#"select s.id as "id: SessionId", s.name, s.status as "status: SessionStatus",
                      h.health as "health!: Health", h.reason as "health_reason: HealthReasonCode",
                      null::text as version, null::text as engine, s.quota_status as "quota: QuotaStatus"
               from campaign_senders c
               join sessions s on s.id = c.session_id
               cross join lateral session_health(s, $2) h
               where c.campaign_id = $1 and s.deleted_at is null
               order by s.id"#,
            id.0,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        drop(tx);
        // WAHA servers belong to the platform: a tenant sees none of their rows.
        let ids: Vec<Uuid> = senders.iter().map(|sender| sender.id.0).collect();
        let servers = sqlx::query!(
            r#"select s.id as "id: SessionId", n.version, n.engine
               from sessions s
               join nodes n on n.id = s.node_id
               where s.id = any($1)"#,
            &ids,
        )
        .fetch_all(self.tenant.store.system().store.pool())
        .await?;
        for sender in &mut senders {
            if let Some(server) = servers.iter().find(|server| server.id == sender.id) {
                sender.version.clone_from(&server.version);
                sender.engine.clone_from(&server.engine);
            }
        }
        Ok(senders)
    }

    /// Has WAHA asked what WhatsApp lets the senders of a campaign do, those that were not asked lately.
    pub async fn ask_accounts(self, id: CampaignId) -> Result<(), StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let unasked = sqlx::query_scalar!(
            r#"select s.id as "id: SessionId"
               from campaign_senders c
               join sessions s on s.id = c.session_id
               where c.campaign_id = $1 and s.deleted_at is null and s.status = 'working'
                 and (s.quota_checked_at is null or s.quota_checked_at < $2)
               order by s.id"#,
            id.0,
            now - ASK_ACCOUNTS_AGAIN,
        )
        .fetch_all(&mut *tx)
        .await?;
        for session in unasked {
            tx.enqueue(Enqueue::now(self.tenant.organization(), CheckAccount { session })).await?;
        }
        tx.commit().await
    }

    /// The people of a campaign in order, behind the one that `page` names, to show what they would read.
    pub async fn readers(self, id: CampaignId, page: PageRequest) -> Result<Page<Reader>, StoreError> {
        let now: DateTime<Utc> = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let rows =
            sqlx::query_file_as!(Reader, "src/campaigns/readers.sql", id.0, page.before, page.fetch(), now,)
                .fetch_all(&mut *tx)
                .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }
}
