//! Backups and restores: one consistent snapshot for `pg_dump`, and the gate that stands after a restore.
//!
//! A restored database is a picture of the past: it must never send by itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wahana_domain::{CampaignId, MessageId, NodeId, SessionId};

use super::SystemRestores;
use crate::{MIGRATOR, Store, StoreError};

/// What a backup holds.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Contents {
    /// When the snapshot was taken, by Postgres' clock.
    pub at: DateTime<Utc>,
    /// The migrations it has.
    pub migrations: Vec<i64>,
    /// Rows by table.
    pub rows: BTreeMap<String, i64>,
}

/// A snapshot that other connections can read as long as this lives.
pub struct Snapshot {
    /// Its name for `pg_dump --snapshot`.
    pub id: String,
    /// What is in it.
    pub contents: Contents,
    _tx: sqlx::Transaction<'static, sqlx::Postgres>,
}

/// What stands in the way of a restore.
#[derive(Clone, Debug)]
pub struct Occupied {
    /// Whether the database has an organization.
    pub has_data: bool,
    /// Connections of our processes, this one left out.
    pub connections: i64,
}

/// Run by psql before a dump and in its transaction: an empty schema, and the role its grants name.
pub const CLEAR: &str = r"
drop schema public cascade;
create schema public;
do $$ begin
    create role wahana_tenant nologin;
exception when duplicate_object or unique_violation then null;
end $$;
";

/// Run by psql after a dump and in its transaction, with `backup_at` set: nothing is sent until somebody says so. What
/// Redis held is to be released again; what ran has lost its lease, and the reconciler looks for it.
pub const GATE: &str = r"
set search_path = public;
insert into restores (backup_at) values (:'backup_at');
insert into controls (scope, target, paused, reason, set_by, set_at)
values ('outbound', '', true,
        'restored from the backup of ' || :'backup_at' || '; `wahana resume-sending` resumes it',
        'wahana restore', now())
on conflict (scope, target) do update set
    paused = true, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at;
update jobs set state = 'pending', released_at = null where state = 'released';
";

/// What is held back after a restore.
#[derive(Clone, Debug)]
pub struct HeldSends {
    /// When the backup was made.
    pub backup_at: DateTime<Utc>,
    /// When it was restored.
    pub restored_at: DateTime<Utc>,
    /// Messages that are due.
    pub due: i64,
    /// Of them, those that were due before the given time.
    pub stale: i64,
    /// When the oldest was due.
    pub oldest: Option<DateTime<Utc>>,
    /// Messages that are due later.
    pub later: i64,
    /// Campaigns with people who have no message yet: running ones, and scheduled ones that are due.
    pub campaigns: Vec<HeldCampaign>,
}

/// A campaign that goes on after the gate.
#[derive(Clone, Debug)]
pub struct HeldCampaign {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// People without a message.
    pub people: i32,
    /// Since when it should have begun by itself; `None` for one that runs.
    pub overdue_since: Option<DateTime<Utc>>,
}

/// A session that may have sent a message in the life that was lost.
#[derive(Clone, Debug)]
pub struct PossibleSender {
    /// The session.
    pub session: SessionId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// Where it lives.
    pub node: NodeId,
}

impl Store {
    /// A snapshot of everything, to be dumped.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let mut tx = self.pool().begin().await?;
        sqlx::query("set transaction isolation level repeatable read").execute(&mut *tx).await?;
        // pg_dump reads for as long as it takes; we only stand by.
        sqlx::query("set local idle_in_transaction_session_timeout = 0").execute(&mut *tx).await?;
        let (id, at): (String, DateTime<Utc>) =
            sqlx::query_as("select pg_export_snapshot(), now()").fetch_one(&mut *tx).await?;
        let migrations =
            sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
                .fetch_all(&mut *tx)
                .await?;
        // So that a restore can be compared with it.
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select 'organizations', count(*) from organizations
             union all select 'users', count(*) from users
             union all select 'sessions', count(*) from sessions
             union all select 'contacts', count(*) from contacts
             union all select 'campaigns', count(*) from campaigns
             union all select 'recipients', count(*) from recipients
             union all select 'messages', count(*) from messages
             union all select 'media', count(*) from media",
        )
        .fetch_all(&mut *tx)
        .await?;
        let rows = rows.into_iter().collect();
        Ok(Snapshot { id, contents: Contents { at, migrations, rows }, _tx: tx })
    }

    /// What of a backup this binary does not know; empty when it can be restored.
    pub fn unknown_migrations(contents: &Contents) -> Vec<i64> {
        if crate::db::baseline::is_replaced(&contents.migrations) {
            return Vec::new();
        }
        let known = |version: &i64| MIGRATOR.iter().any(|migration| migration.version == *version);
        contents.migrations.iter().copied().filter(|version| !known(version)).collect()
    }

    /// What stands in the way of a restore. To be asked through a pool of one connection.
    pub async fn occupied(&self) -> Result<Occupied, StoreError> {
        let mut connection = self.pool().acquire().await?;
        let connections = sqlx::query_scalar(
            "select count(*)
             from pg_stat_activity
             where datname = current_database() and application_name = 'wahana' and pid <> pg_backend_pid()",
        )
        .fetch_one(&mut *connection)
        .await?;
        let migrated: bool = sqlx::query_scalar("select to_regclass('public.organizations') is not null")
            .fetch_one(&mut *connection)
            .await?;
        let has_data = migrated
            && sqlx::query_scalar("select exists (select 1 from public.organizations)")
                .fetch_one(&mut *connection)
                .await?;
        Ok(Occupied { has_data, connections })
    }
}

impl SystemRestores<'_> {
    /// Messages that are older than this may have been sent although they wait: they waited when the backup was made
    /// that this database comes from.
    pub async fn point(self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let point = sqlx::query_scalar!(r#"select max(backup_at) as "at" from restores where verify"#);
        Ok(point.fetch_one(self.system.store.pool()).await?)
    }

    /// Sessions that may also have sent this message between a backup and its restore: the other senders of its campaign or pool,
    /// because the first free sender took the next person, and that need not be the same one in both lives.
    pub async fn other_senders(self, message: MessageId) -> Result<Vec<PossibleSender>, StoreError> {
        let others = sqlx::query_as!(
            PossibleSender,
            r#"select s.id as "session: SessionId", s.waha_name, s.node_id as "node: NodeId"
               from messages m
               left join campaigns c on c.id = m.campaign_id
               join sessions s on s.organization_id = m.organization_id and s.id <> m.session_id
               where m.id = $1
                 and s.deleted_at is null
                 and s.phone is not null
                 and (
                     s.id in (select session_id from campaign_senders where campaign_id = c.id)
                     or s.id in (
                         select session_id from sender_pool_members where pool_id in (m.pool_id, c.pool_id)
                     )
                 )"#,
            message.0,
        );
        Ok(others.fetch_all(self.system.store.pool()).await?)
    }

    /// What the gate of the last restore holds back; `None` when there is no gate. Stale is what was due before then.
    pub async fn held_sends(self, stale_before: DateTime<Utc>) -> Result<Option<HeldSends>, StoreError> {
        let now = self.system.store.clock().now();
        let restore = sqlx::query!(
            "select backup_at, restored_at from restores where resumed_at is null order by id desc limit 1"
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        let Some(restore) = restore else { return Ok(None) };
        let jobs = sqlx::query!(
            r#"select count(*) filter (where run_at <= $1) as "due!",
                      count(*) filter (where run_at < $2) as "stale!",
                      count(*) filter (where run_at > $1) as "later!", min(run_at) as oldest
               from jobs
               where lane is not null and state <> 'dead'"#,
            now,
            stale_before,
        )
        .fetch_one(self.system.store.pool())
        .await?;
        let campaigns = sqlx::query_as!(
            HeldCampaign,
            r#"select id as "id: CampaignId", name, total - cursor as "people!",
                      case when state = 'scheduled' then send_at end as overdue_since
               from campaigns
               where cursor < total and (state = 'running' or state = 'scheduled' and send_at <= $1)
               order by id"#,
            now,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(Some(HeldSends {
            backup_at: restore.backup_at,
            restored_at: restore.restored_at,
            due: jobs.due,
            stale: jobs.stale,
            oldest: jobs.oldest,
            later: jobs.later,
            campaigns,
        }))
    }

    /// Expires waiting messages that were due before this time, and makes campaigns that should have begun before it
    /// drafts again; returns how many messages.
    pub async fn expire_stale_sends(self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let expired = sqlx::query!(
            "with stale as (
                 delete from jobs
                 where lane is not null and state = 'pending' and run_at < $1 and kind = 'send_message'
                 returning id
             ), drafts as (
                 update campaigns
                 set state = 'draft', send_at = null, updated_at = $2
                 where state = 'scheduled' and send_at < $1
             )
             update messages m
             set state = 'expired', settled_at = $2, error_code = 'expired',
                 error_detail = 'it was due before the time given when sending was resumed after a restore'
             from stale
             where m.id = stale.id and m.state in ('accepted', 'scheduled', 'queued')",
            before,
            self.system.store.clock().now(),
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(expired.rows_affected())
    }

    /// Pauses every running campaign, for people to look at them first; returns how many.
    pub async fn pause_running_campaigns(self) -> Result<u64, StoreError> {
        let paused = sqlx::query!(
            "update campaigns set state = 'paused', updated_at = $1 where state = 'running'",
            self.system.store.clock().now()
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(paused.rows_affected())
    }

    /// Notes that the gate is open; `verify` says whether what waited is looked for at WAHA before it is sent.
    pub async fn record_resumed(self, verify: bool) -> Result<(), StoreError> {
        sqlx::query!(
            "update restores set resumed_at = $1, verify = verify and $2 where resumed_at is null",
            self.system.store.clock().now(),
            verify
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}
