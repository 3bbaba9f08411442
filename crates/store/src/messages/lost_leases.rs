//! Jobs whose worker vanished: a send may have gone out, so it is looked for at WAHA; everything else is tried again.

use wahana_domain::messages::MessageState;
use wahana_domain::{MessageId, OrganizationId};
use wahana_jobs::{Job, SendMessage};

use super::SystemMessages;
use super::resolving::resolve_soon;
use crate::StoreError;

impl SystemMessages<'_> {
    /// Jobs whose worker vanished: sends become `unknown` and are looked for, everything else is tried again.
    /// Returns how many there were.
    pub async fn take_back_lost_leases(self) -> Result<u64, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let lost = sqlx::query_file!(
            "src/messages/take_back_lost_leases.sql",
            now,
            SendMessage::NAME,
            MessageState::Unknown as MessageState,
        )
        .fetch_all(&mut *tx)
        .await?;
        for row in &lost {
            if let Some(organization) = row.organization {
                tx.enqueue(resolve_soon(organization, MessageId(row.id), now)).await?;
            }
        }
        tx.commit().await?;
        Ok(lost.len() as u64)
    }
}
