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
        let lost = sqlx::query!(
            r#"with lost as (
                   select id, organization_id, kind, attempt, owner, started_at from jobs
                   where state = 'running' and lease_until < now() order by lease_until limit 500 for update skip locked
               ), noted as (
                   insert into attempts (job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail)
                   select id, organization_id, kind, attempt, coalesce(owner, ''), coalesce(started_at, $1), $1, 'lost', 'worker_lost',
                          'the worker did not report within its lease' from lost
               ), sends as (
                   delete from jobs j using lost where j.id = lost.id and lost.kind = $2
               ), others as (
                   update jobs j set state = 'pending', released_at = null, owner = null, lease_until = null, run_at = $1, dedup_key = null
                   from lost where j.id = lost.id and lost.kind <> $2
               ), doubt as (
                   update messages m set state = $3 from lost where m.id = lost.id and lost.kind = $2 and m.state = 'sending'
                   returning m.id, m.organization_id
               )
               select lost.id, doubt.organization_id as "organization?: OrganizationId" from lost left join doubt using (id)"#,
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
