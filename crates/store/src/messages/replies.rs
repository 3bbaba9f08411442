//! Messages that Wahana sends by itself, in the transaction of what they answer.

use wahana_domain::chat_id::client_message_id;
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::{JobId, MessageId, OrganizationId, PersonKey, SessionId};
use wahana_jobs::SendMessage;

use crate::{Enqueue, StoreError, Tx};

/// Sends a text to a person who wrote to this session; `digits` is the number, where known.
pub(crate) async fn send_text(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    person: &PersonKey,
    digits: Option<&str>,
    text: &str,
) -> Result<(), StoreError> {
    let now = tx.store().clock().now();
    let id = MessageId::new(now, rand::random());
    let content =
        Content::Text { text: text.to_owned(), reply_to: None, link_preview: None, mentions: Vec::new() };
    sqlx::query!(
        "insert into messages (
             id, organization_id, session_id, direction, class, state, chat_id, phone, content, waha_id, created_at
         )
         values ($1, $2, $3, 'outbound', 'transactional', $4, $5, $6, $7, $8, $9)",
        id.0,
        organization.0,
        session.0,
        MessageState::Queued as MessageState,
        person.as_str(),
        digits,
        serde_json::to_value(&content)?,
        client_message_id(id.0.as_u128()),
        now,
    )
    .execute(&mut **tx)
    .await?;
    let job = Enqueue {
        id: Some(JobId(id.0)),
        lane: Some((session, Class::Transactional)),
        ..Enqueue::now(organization, SendMessage { message: id })
    };
    tx.enqueue(job).await
}
