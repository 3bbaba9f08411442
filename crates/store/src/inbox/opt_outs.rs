//! Opt-outs and opt-ins by reply: a person asks to be left alone, or takes that back.

use serde_json::json;
use wahana_domain::opt_out::ReplyIntent;
use wahana_domain::{OrganizationId, PersonKey};

use crate::inbox::seen::SeenMessage;
use crate::{StoreError, Tx};

/// The detail of a suppression that a reply made. Only these are lifted by a reply.
const BY_REPLY: &str = "replied to be left alone";

/// Does what the message of this person asks for, if it asks for something. `digits` is the number, where known.
pub(crate) async fn apply(
    tx: &mut Tx,
    organization: OrganizationId,
    person: &PersonKey,
    digits: Option<&str>,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    match message.intent {
        Some(ReplyIntent::OptOut) => opt_out(tx, organization, person, digits, message).await,
        Some(ReplyIntent::OptIn) => opt_in(tx, organization, person, message).await,
        None => Ok(()),
    }
}

/// Writes down that a person asked to be left alone, with the message, its time and its words as proof. Of several
/// requests the last one counts.
async fn opt_out(
    tx: &mut Tx,
    organization: OrganizationId,
    person: &PersonKey,
    digits: Option<&str>,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    let at = message.at.min(tx.store().clock().now());
    sqlx::query!(
        "insert into suppressions as s (organization_id, person, phone, reason, detail, created_at)
         values ($1, $2, $5, 'opt_out', $4, $3)
         on conflict (organization_id, person) do update set
             created_at = greatest(s.created_at, excluded.created_at)
         where s.reason = 'opt_out' and s.detail = $4",
        organization.0,
        person.as_str(),
        at,
        BY_REPLY,
        digits,
    )
    .execute(&mut **tx)
    .await?;
    let target = Some(digits.unwrap_or(person.as_str()).to_owned());
    tx.audit_of(Some(organization), "suppression.opt_out", target, proof(message)).await
}

/// What the person wrote, and when.
fn proof(message: &SeenMessage) -> serde_json::Value {
    json!({
        "message": message.waha_id,
        "at": message.at,
        "words": message.content.content.body.words(),
    })
}

/// Lifts what the person asked for before this message, and keeps the message, its time and its words as proof. What a
/// member of the organization suppressed stays, and so does a request that is newer than the message.
async fn opt_in(
    tx: &mut Tx,
    organization: OrganizationId,
    person: &PersonKey,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    let lifted = sqlx::query!(
        "delete from suppressions
         where organization_id = $1
           and person = $2
           and reason = 'opt_out'
           and detail = $4
           and created_at <= $3
         returning created_at, phone",
        organization.0,
        person.as_str(),
        message.at,
        BY_REPLY,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(lifted) = lifted else { return Ok(()) };
    let mut proof = proof(message);
    proof["opted_out_at"] = json!(lifted.created_at);
    let target = lifted.phone.unwrap_or_else(|| person.to_string());
    tx.audit_of(Some(organization), "suppression.lift", Some(target), proof).await
}
