//! The log of requests: what an organization's keys and members asked of the API, and how it ended.
//!
//! Must never: hold a body, a header or a query. It is no record of acts: that is the audit log.

use std::collections::BTreeMap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;
use wahana_domain::ids::uuid_v7;
use wahana_domain::{ApiKeyId, MessageId, OrganizationId, UserId};

use super::{SystemRequestLog, TenantRequestLog};
use crate::{Page, PageRequest, StoreError};

/// How long a request is remembered, and how many of one organization.
const KEEP: TimeDelta = TimeDelta::days(7);
const MAX_KEPT: i64 = 50_000;
/// Rows thrown away in one statement.
const FORGET_AT_ONCE: i64 = 20_000;
/// What a request made was written while it ran, by the clock of the same process.
const SLACK: TimeDelta = TimeDelta::seconds(1);
/// Things made by one request that are told.
const MADE: i64 = 100;

/// A request and how it ended.
#[derive(Clone, Debug)]
pub struct LoggedRequest {
    /// Whose request it was.
    pub organization: OrganizationId,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Such as `POST`.
    pub method: String,
    /// Such as `/api/v1/messages/{id}`.
    pub route: String,
    /// The same with its ids, without the query.
    pub path: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// How long it took.
    pub duration_ms: u32,
    /// Its name in the logs and in the answer.
    pub request_id: String,
    /// The key that asked, if it was one.
    pub key: Option<ApiKeyId>,
    /// The member that asked, if it was one.
    pub user: Option<UserId>,
    /// The key's name or the member's address.
    pub caller: String,
    /// The code of the problem it was answered with.
    pub error_code: Option<String>,
}

/// A row of `request_log`: the fields are its columns.
#[derive(Serialize)]
struct LogRow<'a> {
    id: Uuid,
    organization_id: Uuid,
    at: DateTime<Utc>,
    method: &'a str,
    route: &'a str,
    path: &'a str,
    status: i16,
    duration_ms: i32,
    request_id: &'a str,
    key_id: Option<Uuid>,
    user_id: Option<Uuid>,
    caller: &'a str,
    error_code: Option<&'a str>,
}

impl<'a> LogRow<'a> {
    fn of(request: &'a LoggedRequest) -> Self {
        Self {
            id: uuid_v7(request.at, rand::random()),
            organization_id: request.organization.0,
            at: request.at,
            method: &request.method,
            route: &request.route,
            path: &request.path,
            status: request.status.cast_signed(),
            duration_ms: i32::try_from(request.duration_ms).unwrap_or(i32::MAX),
            request_id: &request.request_id,
            key_id: request.key.map(|key| key.0),
            user_id: request.user.map(|user| user.0),
            caller: &request.caller,
            error_code: request.error_code.as_deref(),
        }
    }
}

/// Which requests are wanted; `None` is any.
#[derive(Clone, Debug, Default)]
pub struct RequestFilter {
    /// The first digit of the status.
    pub status_class: Option<i16>,
    /// Paths that begin so.
    pub path: Option<String>,
    /// Of this method.
    pub method: Option<String>,
    /// Of this key.
    pub key: Option<ApiKeyId>,
    /// Of this member.
    pub user: Option<UserId>,
    /// With this problem.
    pub error_code: Option<String>,
    /// Of this name.
    pub request_id: Option<String>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
}

/// What a request left behind.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Messages it accepted.
    pub messages: Vec<MessageId>,
    /// Acts it did: what, and to what.
    pub acts: Vec<(String, Option<String>)>,
}

/// How many requests there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestCounts {
    /// All.
    pub requests: i64,
    /// Answered with a status of 400 to 499.
    pub client_errors: i64,
    /// Answered with a status of 500 or more.
    pub server_errors: i64,
}

impl RequestCounts {
    /// Counts one more.
    pub fn add(&mut self, status: u16) {
        self.requests += 1;
        self.client_errors += i64::from((400..500).contains(&status));
        self.server_errors += i64::from(status >= 500);
    }
}

/// Counts of one organization in one minute.
pub type CountsByMinute = BTreeMap<(OrganizationId, DateTime<Utc>), RequestCounts>;

/// The minute in which an instant lies.
pub fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}

impl SystemRequestLog<'_> {
    /// Writes requests down, and adds to the counts.
    pub async fn record(self, requests: &[LoggedRequest], counts: &CountsByMinute) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let rows = serde_json::to_value(requests.iter().map(LogRow::of).collect::<Vec<_>>())?;
        sqlx::query!(
            "insert into request_log
             select *
             from jsonb_populate_recordset(null::request_log, $1)",
            rows,
        )
        .execute(&mut *tx)
        .await?;
        // In the order of the key, as every process does, so that two of them never wait for each other.
        let counted = |value: fn(&RequestCounts) -> i64| {
            counts.values().map(|c| i32::try_from(value(c)).unwrap_or(i32::MAX)).collect::<Vec<i32>>()
        };
        sqlx::query!(
            "insert into request_counts as c (organization_id, minute, requests, client_errors, server_errors)
             select *
             from unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[], $5::int[])
             on conflict (organization_id, minute) do update set
                 requests = c.requests + excluded.requests,
                 client_errors = c.client_errors + excluded.client_errors,
                 server_errors = c.server_errors + excluded.server_errors",
            &counts.keys().map(|(organization, _)| organization.0).collect::<Vec<Uuid>>(),
            &counts.keys().map(|(_, minute)| *minute).collect::<Vec<_>>(),
            &counted(|c| c.requests),
            &counted(|c| c.client_errors),
            &counted(|c| c.server_errors),
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Throws away what is older than a week, and of each organization what is more than enough; a bounded number of rows,
    /// so call it again and again.
    pub async fn forget(self) -> Result<(), StoreError> {
        let before = self.system.store.clock().now() - KEEP;
        sqlx::query!(
            "with old as (
                 (select id from request_log where id < $1 order by id limit $2)
                 union all (
                     select r.id
                     from organizations o
                     cross join lateral (
                         select id
                         from request_log
                         where organization_id = o.id
                         order by id desc
                         offset $3
                         limit 1
                     ) enough
                     join request_log r on r.organization_id = o.id and r.id <= enough.id
                     limit $2
                 )
             )
             delete from request_log r using old
             where r.id = old.id",
            uuid_v7(before, 0),
            FORGET_AT_ONCE,
            MAX_KEPT,
        )
        .execute(self.system.store.pool())
        .await?;
        sqlx::query!("delete from request_counts where minute < $1", before)
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }
}

impl TenantRequestLog<'_> {
    /// The organization's requests, newest first.
    pub async fn list(
        self,
        filter: &RequestFilter,
        page: PageRequest,
    ) -> Result<Page<LoggedRequest>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query!(
            r#"select id, organization_id as "organization: OrganizationId", at, method, route, path, status,
                      duration_ms, request_id, key_id as "key: ApiKeyId", user_id as "user: UserId", caller,
                      error_code
               from request_log
               where organization_id = $1 and ($2::uuid is null or id < $2)
                 and ($3::smallint is null or status / 100 = $3) and (coalesce($3, 0) < 4 or status >= 400)
                 and ($4::text is null or starts_with(path, $4)) and ($5::text is null or method = $5)
                 and ($6::uuid is null or key_id = $6)
                 and ($7::text is null or (error_code = $7 and status >= 400))
                 and ($8::uuid is null or id >= $8) and ($9::text is null or request_id = $9)
                 and ($11::uuid is null or user_id = $11)
               order by id desc
               limit $10"#,
            self.tenant.organization().0,
            page.before,
            filter.status_class,
            filter.path.as_deref(),
            filter.method.as_deref(),
            filter.key.map(|key| key.0),
            filter.error_code.as_deref(),
            filter.from.map(|from| uuid_v7(from, 0)),
            filter.request_id.as_deref(),
            page.fetch(),
            filter.user.map(|user| user.0),
        )
        .fetch_all(&mut *tx)
        .await?;
        let rows = rows.into_iter().map(|r| {
            let request = LoggedRequest {
                organization: r.organization,
                at: r.at,
                method: r.method,
                route: r.route,
                path: r.path,
                status: r.status.cast_unsigned(),
                duration_ms: r.duration_ms.cast_unsigned(),
                request_id: r.request_id,
                key: r.key,
                user: r.user,
                caller: r.caller,
                error_code: r.error_code,
            };
            (r.id, request)
        });
        let Page { items, next } = Page::cut(rows.collect(), page, |row: &(Uuid, _)| row.0);
        Ok(Page { items: items.into_iter().map(|(_, request)| request).collect(), next })
    }

    /// The newest request of this name; `None` when there is none.
    pub async fn get(self, request_id: String) -> Result<Option<LoggedRequest>, StoreError> {
        let filter = RequestFilter { request_id: Some(request_id), ..RequestFilter::default() };
        let found = self.list(&filter, PageRequest { limit: 1, before: None }).await?;
        Ok(found.items.into_iter().next())
    }

    /// What a request left behind: what carries its name and was written while it ran.
    pub async fn made_by(self, request: &LoggedRequest) -> Result<Made, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let from = uuid_v7(request.at - SLACK, 0);
        let until =
            uuid_v7(request.at + TimeDelta::milliseconds(request.duration_ms.into()) + SLACK, u128::MAX);
        let messages = sqlx::query_scalar!(
            r#"select id as "id: MessageId" from messages
               where organization_id = $1 and id between $2 and $3 and request_id = $4 order by id limit $5"#,
            self.tenant.organization().0,
            from,
            until,
            request.request_id,
            MADE,
        )
        .fetch_all(&mut *tx)
        .await?;
        let acts = sqlx::query!(
            r#"select action, target from audit_events
               where organization_id = $1 and id between $2 and $3 and request_id = $4 order by id limit $5"#,
            self.tenant.organization().0,
            from,
            until,
            request.request_id,
            MADE,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Made { messages, acts: acts.into_iter().map(|act| (act.action, act.target)).collect() })
    }

    /// How many requests there were since then, to the minute.
    pub async fn count(self, since: DateTime<Utc>) -> Result<RequestCounts, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            RequestCounts,
            r#"select coalesce(sum(requests), 0)::bigint as "requests!",
                      coalesce(sum(client_errors), 0)::bigint as "client_errors!",
                      coalesce(sum(server_errors), 0)::bigint as "server_errors!"
               from request_counts
               where organization_id = $1 and minute >= $2"#,
            self.tenant.organization().0,
            minute_of(since),
        )
        .fetch_one(&mut *tx)
        .await?)
    }
}
