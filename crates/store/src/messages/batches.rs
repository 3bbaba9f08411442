//! Many messages at once: taken back, or tried again. Found by a filter, at most a batch in one transaction.

use serde_json::json;
use wahana_domain::messages::{Class, Direction, MessageState};
use wahana_domain::{JobId, MessageId, PersonKey, ReasonCode};

use super::TenantMessages;
use crate::jobs::dead_letters::DeadFilter;
use crate::messages::MessageFilter;
use crate::{Batch, StoreError};

/// Most messages changed in one transaction.
pub const BATCH: i64 = 1_000;

/// Which messages, of those to which it can be done at all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These; `None` is any.
    pub ids: Option<Vec<MessageId>>,
    /// That fit this.
    pub filter: MessageFilter,
}

/// What is done to messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Take back what is not on its way yet.
    Cancel,
    /// Put back to work what failed and has a dead letter; its attempts start anew.
    Retry,
}

impl TenantMessages<'_> {
    /// To how many messages it could be done.
    pub async fn count(self, act: Act, wanted: &Selection) -> Result<u64, StoreError> {
        Ok(self.select_messages(act, wanted).await?.1)
    }

    /// Does it to the oldest first, and to at most [`BATCH`] at once.
    pub async fn change_many(self, act: Act, wanted: &Selection) -> Result<Batch, StoreError> {
        match act {
            Act::Cancel => self.cancel_messages(wanted).await,
            Act::Retry => self.retry_messages(wanted).await,
        }
    }

    async fn cancel_messages(self, wanted: &Selection) -> Result<Batch, StoreError> {
        let (ids, all) = self.select_messages(Act::Cancel, wanted).await?;
        let uuids: Vec<_> = ids.iter().map(|id| id.0).collect();
        let mut tx = self.tenant.begin().await?;
        // The jobs first: workers lock in this order too.
        sqlx::query!("delete from jobs where id = any($1) and state in ('pending', 'released')", &uuids)
            .execute(&mut *tx)
            .await?;
        let changed = sqlx::query!(
            "update messages
             set state = 'cancelled', settled_at = $2
             where id = any($1) and direction = 'outbound' and state in ('accepted', 'scheduled', 'queued')",
            &uuids,
            self.tenant.store.clock().now(),
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if changed > 0 {
            tx.audit_of(Some(self.tenant.organization()), "messages.cancel", None, told(wanted, changed))
                .await?;
        }
        tx.commit().await?;
        Ok(Batch { changed, left: all.saturating_sub(ids.len() as u64) })
    }

    async fn retry_messages(self, wanted: &Selection) -> Result<Batch, StoreError> {
        let (ids, all) = self.select_messages(Act::Retry, wanted).await?;
        let left = all.saturating_sub(ids.len() as u64);
        if ids.is_empty() {
            return Ok(Batch { changed: 0, left });
        }
        let jobs = ids.into_iter().map(|id| JobId(id.0)).collect();
        let replayed = self
            .tenant
            .dead_letters()
            .replay(&DeadFilter { jobs: Some(jobs), ..DeadFilter::default() })
            .await?;
        Ok(Batch { changed: replayed.replayed, left })
    }

    /// The oldest of those to which it can be done, up to a batch, and how many there are in all.
    async fn select_messages(
        self,
        act: Act,
        wanted: &Selection,
    ) -> Result<(Vec<MessageId>, u64), StoreError> {
        let ids: Option<Vec<_>> = wanted.ids.as_ref().map(|ids| ids.iter().map(|id| id.0).collect());
        let filter = &wanted.filter;
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_file!(
            "src/messages/select_messages.sql",
            filter.session.map(|id| id.0),
            filter.state as Option<MessageState>,
            filter.campaign.map(|id| id.0),
            filter.direction as Option<Direction>,
            filter.person.as_ref().map(PersonKey::as_str),
            ids.as_deref(),
            BATCH,
            filter.class as Option<Class>,
            filter.code.as_ref().map(ReasonCode::as_str),
            filter.text,
            filter.from,
            filter.to,
            act == Act::Cancel,
        )
        .fetch_all(&mut *tx)
        .await?;
        let all = rows.first().map_or(0, |row| row.all.max(0) as u64);
        Ok((rows.into_iter().map(|row| row.id).collect(), all))
    }
}

/// For the audit log: which messages, without the words that were searched for.
fn told(wanted: &Selection, changed: u64) -> serde_json::Value {
    let MessageFilter { session, state, campaign, class, code, from, to, .. } = &wanted.filter;
    json!({ "changed": changed, "named": wanted.ids.as_ref().map(Vec::len), "session": session,
        "state": state.map(MessageState::as_str), "campaign": campaign, "class": class, "code": code, "from": from, "to": to })
}
