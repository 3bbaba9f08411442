//! What is decided when a session is made, changed or deleted: its time zone, and what happens to scheduled messages.

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_domain::policy::PacingPolicy;

use crate::{StoreError, Tx};

/// Messages that wait for their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledMessages {
    /// How many.
    pub count: i64,
    /// When the first is due.
    pub first: Option<DateTime<Utc>>,
    /// When the last is due.
    pub last: Option<DateTime<Utc>>,
}

/// Gives a pace the organization's time zone if it follows that; whether its zone is another one. The organization's
/// row is locked, so that a session that follows it cannot miss a change.
pub(super) async fn choose_zone(
    tx: &mut Tx,
    policy: &mut PacingPolicy,
    follow: bool,
) -> Result<bool, StoreError> {
    let home = sqlx::query_scalar!(
        "select time_zone from organizations where id = current_organization() for share"
    )
    .fetch_one(&mut **tx)
    .await?;
    let Ok(home) = home.parse() else { return Ok(true) };
    if follow {
        policy.time_zone = home;
    }
    Ok(policy.time_zone != home)
}

/// Messages of a session that wait for their time.
pub(super) async fn scheduled_messages(
    tx: &mut Tx,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<ScheduledMessages, StoreError> {
    Ok(sqlx::query_as!(
        ScheduledMessages,
        r#"select count(*) as "count!", min(m.send_at) as first, max(m.send_at) as last
           from jobs j
           join messages m on m.id = j.id
           where j.lane = $1 and j.state in ('pending', 'released') and m.session_id = $1
             and m.state in ('accepted', 'scheduled', 'queued') and m.send_at > $2"#,
        id.0,
        now,
    )
    .fetch_one(&mut **tx)
    .await?)
}
