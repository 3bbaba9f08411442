//! After a restore: what waited when the backup was made may have been sent since, by the system that was lost. Such a
//! message is looked for at WAHA before it is sent. Messages made later are none of this file's business.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_store::inbox::inbound_work::Proof;
use wahana_store::messages::resolving::UnknownMessage;
use wahana_store::messages::sending::Fenced;
use wahana_store::{Store, StoreError};
use wahana_waha::WahaError;

use super::resolve;
use crate::Workers;

/// How often we look whether there was a restore. Its gate stays shut for longer.
const LOOK: Duration = Duration::from_secs(5);
/// No restore.
const NEVER: i64 = i64::MIN;

/// Nobody can say whether it was sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unseen {
    #[error("{} cannot be asked: {}", .0, .1.message)]
    Waha(SessionId, WahaError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The time of the last backup that was restored.
pub(crate) struct RestorePoint(AtomicI64);

impl RestorePoint {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(NEVER))
    }

    /// Asks Postgres.
    pub(crate) async fn learn(&self, store: &Store) -> Result<(), StoreError> {
        let point = store.system().restores().point().await?;
        self.0.store(point.map_or(NEVER, |at| at.timestamp_millis()), Ordering::Relaxed);
        Ok(())
    }

    /// Asks again and again, until it is aborted.
    pub(crate) async fn keep(&self, store: &Store) {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Err(error) = self.learn(store).await {
                tracing::warn!(error.message = %error, "cannot ask for the last restore");
            }
        }
    }

    /// The time of the backup, if this message was made before it. Ids carry the time they were made at.
    fn before(&self, fenced: &Fenced) -> Option<DateTime<Utc>> {
        let (seconds, nanos) = fenced.message.0.get_timestamp()?.to_unix();
        let made = i64::try_from(seconds).ok()? * 1_000 + i64::from(nanos / 1_000_000);
        let point = self.0.load(Ordering::Relaxed);
        (made < point).then(|| DateTime::from_timestamp_millis(point)).flatten()
    }

    /// How far the message is, if it was sent between backup and restore.
    pub(crate) async fn sent_since(
        &self,
        workers: &Workers,
        fenced: &Fenced,
    ) -> Result<Option<Proof>, Unseen> {
        let Some(backup_at) = self.before(fenced) else { return Ok(None) };
        let system = workers.store.system();
        let people = system.people();
        let mut wanted = UnknownMessage {
            message: fenced.message,
            organization: fenced.organization,
            session: fenced.session,
            waha_name: fenced.waha_name.clone(),
            node: fenced.node,
            class: fenced.class,
            chats: people.chats(fenced.organization, &fenced.person, fenced.phone.as_deref()).await?,
            content: fenced.content.clone(),
            waha_id: fenced.waha_id.clone(),
            attempted_at: backup_at,
            looked: 0,
        };
        let mut found = look(workers, &wanted).await?;
        if found.is_none() {
            for other in workers.store.system().restores().other_senders(fenced.message).await? {
                (wanted.session, wanted.waha_name, wanted.node) =
                    (other.session, other.waha_name, other.node);
                found = look(workers, &wanted).await?;
                if found.is_some() {
                    break;
                }
            }
        }
        if found.is_some() {
            metrics::counter!("messages_found_after_restore_total").increment(1);
        }
        Ok(found)
    }
}

async fn look(workers: &Workers, wanted: &UnknownMessage) -> Result<Option<Proof>, Unseen> {
    resolve::look(workers, wanted).await.map_err(|error| Unseen::Waha(wanted.session, error))
}
