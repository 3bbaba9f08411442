//! Opt-outs and opt-ins by reply: a person asks to be left alone, or takes that back.

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::OrganizationId;
use wahana_domain::opt_out::ReplyIntent;

use crate::inbox::seen::SeenMessage;
use crate::{StoreError, Tx};

/// The detail of a suppression that a reply made. Only these are lifted by a reply.
const BY_REPLY: &str = "replied to be left alone";

/// Does what the message of this person asks for, if it asks for something.
pub(crate) async fn apply(
    tx: &mut Tx,
    organization: OrganizationId,
    digits: &str,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    match message.intent {
        Some(ReplyIntent::OptOut) => opt_out(tx, organization, digits, message.at).await,
        Some(ReplyIntent::OptIn) => opt_in(tx, organization, digits, message).await,
        None => Ok(()),
    }
}

/// Writes down that a person asked to be left alone, and when. Of several requests the last one counts.
pub(crate) async fn opt_out(
    tx: &mut Tx,
    organization: OrganizationId,
    digits: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let at = at.min(tx.store().clock().now());
    sqlx::query!(
        "insert into suppressions as s (organization_id, phone, reason, detail, created_at)
         values ($1, $2, 'opt_out', $4, $3)
         on conflict (organization_id, phone) do update set
             created_at = greatest(s.created_at, excluded.created_at)
         where s.reason = 'opt_out' and s.detail = $4",
        organization.0,
        digits,
        at,
        BY_REPLY,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lifts what the person asked for before this message, and keeps the message, its time and its words as proof. What a
/// member of the organization suppressed stays, and so does a request that is newer than the message.
async fn opt_in(
    tx: &mut Tx,
    organization: OrganizationId,
    digits: &str,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    let lifted = sqlx::query_scalar!(
        "delete from suppressions
         where organization_id = $1
           and phone = $2
           and reason = 'opt_out'
           and detail = $4
           and created_at <= $3
         returning created_at",
        organization.0,
        digits,
        message.at,
        BY_REPLY,
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(opted_out_at) = lifted {
        sqlx::query!(
            "update lids set opted_out_at = null
             where organization_id = $1 and phone = $2 and opted_out_at <= $3",
            organization.0,
            digits,
            message.at,
        )
        .execute(&mut **tx)
        .await?;
        let proof = json!({
            "message": message.waha_id,
            "at": message.at,
            "words": message.content.content.body.words(),
            "opted_out_at": opted_out_at,
        });
        tx.audit_of(Some(organization), "suppression.lift", Some(digits.to_owned()), proof).await?;
    }
    Ok(())
}
