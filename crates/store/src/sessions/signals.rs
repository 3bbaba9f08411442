//! What WhatsApp and WAHA signal about a session, written down: restrictions, rests, and the timeline's lines.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::sessions::{ParkReason, QuotaStatus, SessionSignal};
use wahana_domain::{OrganizationId, SessionId};
use wahana_jobs::{CheckAccount, Retry};

use super::SystemSessions;
use crate::{Enqueue, StoreError, Tx, Wake};

/// Rest of a restricted account whose end nobody told yet.
const UNKNOWN_END: TimeDelta = TimeDelta::hours(1);
/// How often WAHA is asked while the account is restricted: WhatsApp may lift it before its end.
pub const ASK_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// Ends that differ by less are the same.
const SAME_END: TimeDelta = TimeDelta::seconds(60);
/// WAHA's "not restricted" counts only this long after a refusal: what it knows may be older (#2219).
const REFUSAL_COUNTS: TimeDelta = TimeDelta::seconds(60);
/// Rests of a lane of which WhatsApp asks for less: doubled each time, until something went out again.
const RATE_LIMITED: Retry =
    Retry { attempts: u32::MAX, base: Duration::from_secs(60), cap: Duration::from_secs(3600) };
/// No rest that WAHA asks for is longer.
const LONGEST_ASKED: Duration = Duration::from_secs(24 * 3600);

/// WhatsApp lets an account open no new chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// `restricted` (error 463, reachout timelock) or `message_capping`.
    pub code: ParkReason,
    /// Its end, if somebody told.
    pub until: Option<DateTime<Utc>>,
    /// For people.
    pub detail: String,
}

/// WhatsApp's quota of new chats of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChatQuota {
    /// How far it is used up.
    pub status: QuotaStatus,
    /// New chats of a cycle; `None` is no limit.
    pub total: Option<i32>,
    /// Of those, begun.
    pub used: Option<i32>,
    /// When it resets, if told.
    pub resets_at: Option<DateTime<Utc>>,
}

impl SystemSessions<'_> {
    /// Notes the quota of new chats as WAHA reported it now.
    pub async fn record_quota(self, session: SessionId, quota: &NewChatQuota) -> Result<(), StoreError> {
        sqlx::query!(
            "update sessions
             set quota_status = $2, quota_total = $3, quota_used = $4, quota_resets_at = $5,
                 quota_checked_at = $6
             where id = $1",
            session.0,
            quota.status.as_str(),
            quota.total,
            quota.used,
            quota.resets_at,
            self.system.store.clock().now(),
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    /// Parks the bulk line until the restriction ends, and has WAHA asked whether it still holds. Returns the end.
    pub async fn restrict(
        self,
        session: SessionId,
        restriction: &Restriction,
    ) -> Result<DateTime<Utc>, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let before = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", bulk_parked_until
               from sessions
               where id = $1
               for update"#,
            session.0,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(before) = before else { return Ok(now) };
        let held = before.bulk_parked_until.filter(|end| *end > now);
        let until = restriction.until.unwrap_or_else(|| held.unwrap_or(now).max(now + UNKNOWN_END));
        sqlx::query!(
            "update sessions
             set bulk_parked_until = $2, bulk_park_code = $3, rejections_since = null,
                 bulk_parked_since = case when bulk_parked_until > $4 then bulk_parked_since else $4 end
             where id = $1",
            session.0,
            until,
            restriction.code.as_str(),
            now,
        )
        .execute(&mut *tx)
        .await?;
        // What WhatsApp says itself takes the place of what was concluded from rejections.
        forget_rejection_count(&mut tx, session).await?;
        // An unknown end is asked for at once; a known one may come earlier.
        let ask_at = restriction.until.map(|_| now + ASK_AGAIN);
        let job = CheckAccount { session };
        tx.enqueue(Enqueue { run_at: ask_at, ..Enqueue::now(before.organization, job) }).await?;
        if held.is_none_or(|end| (end - until).abs() > SAME_END) && until > now {
            let detail = format!("{}; cold messages wait until {}", restriction.detail, until.to_rfc3339());
            if let Some(signal) = restriction.code.signal() {
                note(&mut tx, session, signal, &detail, now).await?;
            }
            tx.wake(Wake::Lane(session));
        }
        tx.commit().await?;
        Ok(until)
    }

    /// Lets the bulk line go again, for WAHA says that the account is free. Not right after a refusal. True if it
    /// was held.
    pub async fn lift_restriction(self, session: SessionId) -> Result<bool, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let lifted = sqlx::query!(
            r#"update sessions set bulk_parked_until = null, bulk_park_code = null, bulk_parked_since = null
               where id = $1 and bulk_parked_until > $2 and bulk_parked_since < $3
                 and bulk_park_code in ('restricted', 'message_capping')"#,
            session.0,
            now,
            now - REFUSAL_COUNTS,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected()
            > 0;
        if lifted {
            sqlx::query!(
                r#"update jobs set run_at = $2 where lane = $1 and state = 'pending' and run_at > $2
                   and error_code in ('restricted', 'message_capping')"#,
                session.0,
                now,
            )
            .execute(&mut *tx)
            .await?;
            note(
                &mut tx,
                session,
                SessionSignal::RestrictionLifted,
                "WAHA says that the account may open chats again",
                now,
            )
            .await?;
            tx.wake(Wake::Lane(session));
        }
        tx.commit().await?;
        Ok(lifted)
    }

    /// Has WAHA asked whether the account may open chats.
    pub async fn ask_account(
        self,
        organization: OrganizationId,
        session: SessionId,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        tx.enqueue(Enqueue::now(organization, CheckAccount { session })).await?;
        tx.commit().await
    }

    /// Whether the bulk line is held by a restriction, and its end.
    pub async fn restricted_until(self, session: SessionId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let until = sqlx::query_scalar!(
            r#"select bulk_parked_until as "until!"
               from sessions
               where id = $1 and bulk_parked_until > $2
                 and bulk_park_code in ('restricted', 'message_capping')"#,
            session.0,
            self.system.store.clock().now(),
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        Ok(until)
    }

    /// Rests a whole lane because WhatsApp asks for less: longer each time in a row, never shorter than WAHA asked
    /// for. `random` in [0, 1) spreads the ends. Returns the end.
    pub async fn back_off(
        self,
        session: SessionId,
        asked: Option<Duration>,
        random: f64,
    ) -> Result<DateTime<Utc>, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let streak = sqlx::query_scalar!(
            "update sessions s
             set rate_limited_at = $2,
                 rate_limit_streak = case
                                         when s.rate_limited_at is null
                                              or exists (
                                                  select 1
                                                  from session_usage u
                                                  where u.session_id = s.id and u.last_at > s.rate_limited_at
                                              )
                                             then 1
                                         else s.rate_limit_streak + 1
                                     end
             where id = $1
             returning rate_limit_streak",
            session.0,
            now,
        )
        .fetch_optional(&mut *tx)
        .await?
        .map_or(1, |n| n.max(1) as u32);
        let own = RATE_LIMITED.after(streak, random).unwrap_or(RATE_LIMITED.cap);
        let rest = own.max(asked.unwrap_or_default().min(LONGEST_ASKED));
        let until = now + TimeDelta::from_std(rest).unwrap_or(TimeDelta::hours(1));
        park(&mut tx, session, until, ParkReason::RateLimited).await?;
        let detail = format!("WhatsApp asks for less ({streak} in a row): it rests {} s", rest.as_secs());
        note(&mut tx, session, SessionSignal::RateLimited, &detail, now).await?;
        tx.commit().await?;
        Ok(until)
    }

    /// Parks a whole lane. A later end wins over an earlier one.
    pub async fn park_lane(
        self,
        session: SessionId,
        until: DateTime<Utc>,
        code: ParkReason,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        park(&mut tx, session, until, code).await?;
        tx.commit().await
    }
}

async fn park(
    tx: &mut Tx,
    session: SessionId,
    until: DateTime<Utc>,
    code: ParkReason,
) -> Result<(), StoreError> {
    let now = tx.store().clock().now();
    sqlx::query!(
        "update sessions
         set park_code = case when parked_until > $2 then park_code else $3 end,
             parked_since = case when parked_until > $4 then coalesce(parked_since, $4) else $4 end,
             parked_until = greatest(parked_until, $2)
         where id = $1",
        session.0,
        until,
        code.as_str(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A line in the session's timeline that is no change of its status.
pub(crate) async fn note(
    tx: &mut Tx,
    session: SessionId,
    code: SessionSignal,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"insert into session_events (session_id, organization_id, at, status, code, detail)
           select id, organization_id, $2, status, $3, $4 from sessions where id = $1"#,
        session.0,
        now,
        code.as_str(),
        detail,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the count of rejections: something else is known of the account now.
pub(crate) async fn forget_rejection_count(tx: &mut Tx, session: SessionId) -> Result<(), StoreError> {
    sqlx::query!(
        "update rejections set accepted_after = null where session_id = $1 and accepted_after is not null",
        session.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
