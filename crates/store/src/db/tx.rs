//! A transaction, and how a job is recorded in it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use tracing::Span;
use wahana_domain::messages::Class;
use wahana_domain::{JobId, OrganizationId, SessionId};
use wahana_jobs::AnyJob;

use crate::{Actor, Store, StoreError, Wake};

/// A transaction; rolled back unless [`Tx::commit`] is called. Dereferences to the connection for queries.
pub struct Tx {
    store: Store,
    inner: Transaction<'static, Postgres>,
    wakes: Vec<Wake>,
    organization: Option<OrganizationId>,
    actor: Option<Arc<Actor>>,
    /// From begin to end.
    _span: Span,
}

/// A job to record.
pub struct Enqueue {
    /// Whose job it is.
    pub organization: OrganizationId,
    /// What to do.
    pub job: AnyJob,
    /// Its id, if the caller decides it (a message's own); else a new one.
    pub id: Option<JobId>,
    /// The lane it waits in, for jobs of the lanes.
    pub lane: Option<(SessionId, Class)>,
    /// Not before this time; `None` is now.
    pub run_at: Option<DateTime<Utc>>,
}

impl Enqueue {
    /// A job of a plain queue, to be done now.
    pub fn now(organization: OrganizationId, job: impl Into<AnyJob>) -> Self {
        Self { organization, job: job.into(), id: None, lane: None, run_at: None }
    }
}

impl Tx {
    pub(crate) fn new(
        store: Store,
        inner: Transaction<'static, Postgres>,
        organization: Option<OrganizationId>,
        actor: Option<Arc<Actor>>,
        span: Span,
    ) -> Self {
        Self { store, inner, wakes: Vec::new(), organization, actor, _span: span }
    }

    /// Whose rows it sees; `None` is all.
    pub(crate) fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }

    /// The actor; `None` is Wahana itself.
    pub(crate) fn actor(&self) -> Option<&Arc<Actor>> {
        self.actor.as_ref()
    }

    /// The actor, for people.
    pub(crate) fn actor_label(&self) -> Arc<str> {
        self.actor.as_ref().map_or_else(|| Arc::from("wahana"), |actor| actor.label.clone())
    }

    /// Records a job with the facts of this transaction. If the same wish waits already, nothing is added.
    pub async fn enqueue(&mut self, enqueue: Enqueue) -> Result<(), StoreError> {
        let Enqueue { organization, job, id, lane, run_at } = enqueue;
        let now = self.store.clock.now();
        let (lane, class) = lane.map_or((None, Class::Transactional), |(lane, class)| (Some(lane), class));
        sqlx::query!(
            "insert into jobs (
                 id, organization_id, kind, queue, lane, class, payload, dedup_key, run_at, created_at,
                 traceparent
             )
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             -- Locks the job that waits, so that it cannot begin before this transaction's facts can be seen.
             on conflict (dedup_key)
             where dedup_key is not null and state in ('pending', 'released')
             do update set run_at = least(jobs.run_at, excluded.run_at)",
            id.unwrap_or_else(|| JobId::new(now, rand::random())).0,
            organization.0,
            job.name(),
            job.queue().as_str(),
            lane.map(|l| l.0),
            class as Class,
            job.payload()?,
            job.dedup_key(),
            run_at.unwrap_or(now),
            now,
            wahana_trace::traceparent(),
        )
        .execute(&mut *self.inner)
        .await?;
        if run_at.is_none_or(|at| at <= now) {
            self.wake(lane.map_or(Wake::Queue(job.queue()), Wake::Lane));
        }
        Ok(())
    }

    /// Wakes the relay after the commit.
    pub fn wake(&mut self, wake: Wake) {
        if !self.wakes.contains(&wake) {
            self.wakes.push(wake);
        }
    }

    /// Makes it true, then wakes the relay.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await.map_err(|error| StoreError::from(error).of_commit())?;
        self.wakes.into_iter().for_each(|wake| self.store.waker.wake(wake));
        Ok(())
    }

    /// The store this transaction belongs to.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}
