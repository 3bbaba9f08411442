//! Queued sends that a session or a campaign takes back when it ends: their jobs go, their messages are cancelled.

use chrono::{DateTime, Utc};
use wahana_domain::{CampaignId, Reason, SessionId};

use crate::{StoreError, Tx};

/// Takes back what a session has not sent yet.
pub(crate) async fn of_session(
    tx: &mut Tx,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!("delete from jobs where lane = $1 and state in ('pending', 'released')", session.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        r#"update messages set state = 'cancelled', settled_at = $2, error_code = 'session_deleted'
           where session_id = $1 and direction = 'outbound' and state in ('accepted', 'scheduled', 'queued')"#,
        session.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes back what a campaign has not sent yet.
pub(crate) async fn of_campaign(
    tx: &mut Tx,
    campaign: CampaignId,
    why: Reason,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "delete from jobs j
         using messages m
         where m.campaign_id = $1 and j.id = m.id and j.state in ('pending', 'released')",
        campaign.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update messages set state = 'cancelled', settled_at = $2, error_code = $3
           where campaign_id = $1 and state in ('accepted', 'scheduled', 'queued')"#,
        campaign.0,
        now,
        why.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
