//! Drafts of campaigns: checked, recorded, changed, deleted. Paused campaigns are changed alike.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::campaigns::CampaignKind;
use wahana_domain::messages::Content;
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::CampaignPace;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, Rule, SenderPoolId, SessionId};
use wahana_store::Tenant;
use wahana_store::campaigns::changing::CampaignChange;
use wahana_store::campaigns::{Campaign, NewCampaign, Saved};
use wahana_store::db::idempotency::Idempotency;

use crate::campaigns::errors::{CampaignError, saved};
use crate::checks::{Check, WrongField};
use crate::messages::accept::{self, stored, wrong_send_at};
use crate::messages::media;
use crate::sessions::sender_choice::{ChoiceError, enabled_members};

/// Most characters of a campaign's name.
const MAX_NAME: usize = 200;
/// Most sessions that send one campaign.
const MAX_SENDERS: usize = 50;

/// A campaign as somebody wants it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What its owner calls it.
    pub name: String,
    /// What it says: its words are a template.
    pub content: Content,
    /// The sessions that send it: 1 to 50, or none if a pool is given.
    pub sessions: Vec<SessionId>,
    /// The sender pool whose members send it.
    pub pool: Option<SenderPoolId>,
    /// Whether numbers are checked before strangers are written to.
    pub check_number: NumberCheckMode,
    /// What it is for.
    pub kind: CampaignKind,
    /// Once launched, it starts at this time.
    pub send_at: Option<DateTime<Utc>>,
    /// Its own rate, window and deadline.
    pub pace: CampaignPace,
}

/// What to change of a draft or a paused campaign; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct DraftChange {
    /// The version that the caller looked at; `None` is any.
    pub version: Option<i32>,
    /// Another name.
    pub name: Option<String>,
    /// Other content.
    pub content: Option<Content>,
    /// Other sessions. They take the place of a pool.
    pub sessions: Option<Vec<SessionId>>,
    /// Another pool. It takes the place of sessions.
    pub pool: Option<SenderPoolId>,
    /// Another start; an inner `None` is "when launched".
    pub send_at: Option<Option<DateTime<Utc>>>,
    /// Another pace; replaces the whole.
    pub pace: Option<CampaignPace>,
}

/// What became of a draft that was not refused.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// It is recorded.
    Created(Box<Campaign>),
    /// The same request made it before; this was the answer.
    Replay {
        /// The HTTP status.
        status: u16,
        /// The answer.
        response: serde_json::Value,
    },
}

/// The template in the words of a content; `None` for content without words.
///
/// # Errors
/// When the words are no template: the field that holds them.
pub fn template(content: &Content) -> Result<Option<Template>, WrongField> {
    let Some(words) = content.words() else { return Ok(None) };
    let field = if matches!(content, Content::Text { .. }) { "content.text" } else { "content.caption" };
    Template::parse(words).map(Some).map_err(|error| WrongField::new(field, error.rule))
}

/// Checks a draft and finds the members of its pool. Writes nothing.
///
/// # Errors
/// See [`CampaignError`].
pub async fn prepare(
    tenant: &Tenant,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<NewCampaign, CampaignError> {
    let mut check = Check::default();
    check.length("name", &draft.name, 1, MAX_NAME);
    check_senders(&mut check, &draft.sessions, draft.pool);
    check_times(&mut check, draft.send_at, Some(&draft.pace), now);
    check.done()?;
    check_content(&draft.content)?;
    media::wish(tenant, &draft.content).await?;
    let Draft { name, content, sessions, pool, check_number, kind, send_at, pace } = draft;
    let senders = match pool {
        Some(pool) => members(tenant, pool).await?,
        None => sessions,
    };
    Ok(NewCampaign {
        id: CampaignId::new(now, rand::random()),
        name,
        content,
        senders,
        pool,
        check_number: (check_number != NumberCheckMode::Skip).then_some(check_number),
        kind,
        send_at: send_at.map(stored),
        pace,
        created_at: stored(now),
    })
}

/// Records a prepared draft; with a key, once.
///
/// # Errors
/// See [`CampaignError`].
pub async fn record(
    tenant: &Tenant,
    new: &NewCampaign,
    key: Option<&Idempotency>,
) -> Result<Recorded, CampaignError> {
    match tenant.campaigns().create(new, key).await? {
        Saved::Replay { status, response } => Ok(Recorded::Replay { status, response }),
        other => {
            let campaign = saved(other)?;
            ask_for_file(tenant, &campaign).await?;
            Ok(Recorded::Created(Box::new(campaign)))
        }
    }
}

/// Checks a change and makes it.
///
/// # Errors
/// See [`CampaignError`].
pub async fn change(
    tenant: &Tenant,
    id: CampaignId,
    change: DraftChange,
    now: DateTime<Utc>,
) -> Result<Campaign, CampaignError> {
    let mut check = Check::default();
    if let Some(name) = &change.name {
        check.length("name", name, 1, MAX_NAME);
    }
    if change.sessions.is_some() || change.pool.is_some() {
        check_senders(&mut check, change.sessions.as_deref().unwrap_or_default(), change.pool);
    }
    check_times(&mut check, change.send_at.flatten(), change.pace.as_ref(), now);
    check.done()?;
    if let Some(content) = &change.content {
        check_content(content)?;
        media::wish(tenant, content).await?;
    }
    let DraftChange { version, name, content, sessions, pool, send_at, pace } = change;
    let senders = match pool {
        Some(pool) => Some((members(tenant, pool).await?, Some(pool))),
        None => sessions.map(|sessions| (sessions, None)),
    };
    let change = CampaignChange { version, name, content, senders, send_at, pace };
    let campaign = saved(tenant.campaigns().change(id, change).await?)?;
    ask_for_file(tenant, &campaign).await?;
    Ok(campaign)
}

/// Deletes a draft with its recipients.
///
/// # Errors
/// See [`CampaignError`].
pub async fn delete(tenant: &Tenant, id: CampaignId) -> Result<(), CampaignError> {
    saved(tenant.campaigns().delete(id).await?).map(|_| ())
}

/// The file is fetched or converted while people go on with the draft: the dry run tells what is wrong with it.
async fn ask_for_file(tenant: &Tenant, campaign: &Campaign) -> Result<(), CampaignError> {
    media::of_campaign(tenant, campaign.id, &campaign.content, true, Duration::ZERO).await?;
    Ok(())
}

fn check_senders(check: &mut Check, sessions: &[SessionId], pool: Option<SenderPoolId>) {
    if pool.is_some() {
        if !sessions.is_empty() {
            check.wrong("pool_id", Rule::NotBoth { other: "session_ids".into() });
        }
    } else if sessions.is_empty() {
        check.wrong("session_ids", Rule::TooFewItems { min: 1 });
    } else if sessions.len() > MAX_SENDERS {
        check.wrong("session_ids", Rule::TooManyItems { max: MAX_SENDERS as u64 });
    } else if sessions.iter().collect::<BTreeSet<_>>().len() < sessions.len() {
        check.wrong("session_ids", Rule::DuplicateItem);
    }
}

fn check_times(
    check: &mut Check,
    send_at: Option<DateTime<Utc>>,
    pace: Option<&CampaignPace>,
    now: DateTime<Utc>,
) {
    if let Some(rule) = send_at.and_then(|at| wrong_send_at(at, now)) {
        check.wrong("send_at", rule);
    }
    if let Some(pace) = pace {
        check.inside("pace", pace.validate(send_at, now));
    }
}

fn check_content(content: &Content) -> Result<(), WrongField> {
    accept::check_content(content)?;
    if !content.mentions().is_empty() {
        return Err(WrongField::new("content.mentions", Rule::MentionsNeedGroup));
    }
    template(content).map(|_| ())
}

/// The members of a pool that send a campaign.
async fn members(tenant: &Tenant, pool: SenderPoolId) -> Result<Vec<SessionId>, CampaignError> {
    enabled_members(tenant, pool).await.map_err(|error| match error {
        ChoiceError::Store(error) => error.into(),
        ChoiceError::NoPool => WrongField::new("pool_id", Rule::NoSuchSenderPool).into(),
        ChoiceError::NoMember => CampaignError::NoMember,
    })
}
