//! Commands to a session: create, change, delete, start, stop, restart, log out. WAHA is told by a job of the store.

use chrono::{DateTime, SecondsFormat, Utc};
use thiserror::Error;
use wahana_domain::SessionId;
use wahana_domain::nodes::wrong_labels;
use wahana_store::fleet::placement::NoRoom;
use wahana_store::sessions::{
    Deletion, NewSession, ScheduledMessages, SenderOf, Session, SessionChange, SessionCommand,
};
use wahana_store::{StoreError, Tenant};

use crate::checks::{Check, WrongFields};

/// Most characters of a session's name.
const MAX_NAME: usize = 100;
/// Most characters of a session's description.
const MAX_DESCRIPTION: usize = 1_000;

/// Why a session was left as it is.
#[derive(Debug, Error)]
pub enum SessionError {
    /// Postgres.
    #[error(transparent)]
    Store(StoreError),
    /// Fields break rules.
    #[error(transparent)]
    Wrong(#[from] WrongFields),
    /// Another session of the organization has the name.
    #[error("the name is taken")]
    NameTaken,
    /// There is no such session.
    #[error("there is no such session")]
    NoSession,
    /// No WAHA server takes another session.
    #[error("{0}")]
    NoRoom(NoRoom),
    /// Messages of it wait for their time.
    #[error("{}", scheduled(.0))]
    Scheduled(ScheduledMessages),
    /// Campaigns or sender pools send through it.
    #[error("{}", in_use(.campaigns, .pools))]
    InUse {
        /// Campaigns that have not ended.
        campaigns: Vec<SenderOf>,
        /// Names of the sender pools that it is a member of.
        pools: Vec<String>,
    },
}

/// What a deletion may take along.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeletionTerms {
    /// Campaigns and sender pools lose this sender.
    pub force: bool,
    /// Scheduled messages are cancelled.
    pub cancel_scheduled: bool,
}

fn scheduled(messages: &ScheduledMessages) -> String {
    let time = |at: Option<DateTime<Utc>>| {
        at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
    };
    let (first, last) = (time(messages.first), time(messages.last));
    let count = messages.count;
    if first == last {
        format!("{count} scheduled message would be cancelled: due {first}")
    } else {
        format!("{count} scheduled messages would be cancelled: due {first} to {last}")
    }
}

impl From<StoreError> for SessionError {
    fn from(error: StoreError) -> Self {
        if error.is_refused_by("sessions_name") { Self::NameTaken } else { Self::Store(error) }
    }
}

fn in_use(campaigns: &[SenderOf], pools: &[String]) -> String {
    let mut uses = Vec::new();
    if !campaigns.is_empty() {
        let names: Vec<String> =
            campaigns.iter().map(|campaign| format!("{} ({})", campaign.id, campaign.name)).collect();
        uses.push(format!("these campaigns send through it: {}", names.join(", ")));
    }
    if !pools.is_empty() {
        uses.push(format!("it is a member of these sender pools: {}", pools.join(", ")));
    }
    uses.join("; ")
}

/// Makes a session: it is placed on a WAHA server, which is told of it.
///
/// # Errors
/// See [`SessionError`].
pub async fn create(tenant: &Tenant, new: NewSession) -> Result<Session, SessionError> {
    let mut check = Check::default();
    let description = new.description.as_deref().unwrap_or_default();
    check.length("name", &new.name, 1, MAX_NAME).length("description", description, 0, MAX_DESCRIPTION);
    check.inside("policy", new.policy.validate());
    if let Some(wrong) = wrong_labels(&new.placement) {
        check.wrong("placement", wrong);
    }
    check.done()?;
    tenant.sessions().create(new).await?.map_err(SessionError::NoRoom)
}

/// Changes name, description or pace. A new pace counts from the next message.
///
/// # Errors
/// See [`SessionError`].
pub async fn change(tenant: &Tenant, id: SessionId, change: SessionChange) -> Result<Session, SessionError> {
    let mut check = Check::default();
    if let Some(name) = &change.name {
        check.length("name", name, 1, MAX_NAME);
    }
    if let Some(Some(description)) = &change.description {
        check.length("description", description, 0, MAX_DESCRIPTION);
    }
    if let Some(policy) = &change.policy {
        check.inside("policy", policy.validate());
    }
    check.done()?;
    tenant.sessions().change(id, change).await?.ok_or(SessionError::NoSession)
}

/// Deletes a session: what it has not sent is taken back, the phone is unpaired. Refused while campaigns or sender
/// pools send through it, unless `force`: then they lose this sender; and while messages are scheduled, unless
/// `cancel_scheduled`.
///
/// # Errors
/// See [`SessionError`].
pub async fn delete(tenant: &Tenant, id: SessionId, terms: DeletionTerms) -> Result<(), SessionError> {
    let DeletionTerms { force, cancel_scheduled } = terms;
    match tenant.sessions().delete(id, force, cancel_scheduled).await? {
        Deletion::Scheduled(messages) => Err(SessionError::Scheduled(messages)),
        Deletion::Deleted => Ok(()),
        Deletion::NotFound => Err(SessionError::NoSession),
        Deletion::InUse { campaigns, pools } => Err(SessionError::InUse { campaigns, pools }),
    }
}

/// Starts, stops, restarts or logs out a session.
///
/// # Errors
/// See [`SessionError`].
pub async fn command(
    tenant: &Tenant,
    id: SessionId,
    command: SessionCommand,
) -> Result<Session, SessionError> {
    tenant.sessions().command(id, command).await?.ok_or(SessionError::NoSession)
}

/// Ends the rest of a session's bulk line that began because WhatsApp refused most new chats, and counts anew.
///
/// # Errors
/// See [`SessionError`].
pub async fn try_again(tenant: &Tenant, id: SessionId) -> Result<Session, SessionError> {
    tenant.sessions().try_again(id).await?.ok_or(SessionError::NoSession)?;
    tenant.sessions().get(id).await?.ok_or(SessionError::NoSession)
}
