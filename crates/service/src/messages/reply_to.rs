//! What `reply_to` may name: a message of ours (`msg_...`), one by WhatsApp's bare id, or WhatsApp's whole id, which is
//! what WAHA wants (docs/waha.md 0.4; transcripts C45, C46: it answers 500 to anything else).

use serde::Deserialize;
use thiserror::Error;
use wahana_domain::messages::{Author, Content, Direction};
use wahana_domain::{MessageId, Rule, SessionId};
use wahana_store::messages::Message;
use wahana_store::{StoreError, Tenant};

use crate::checks::WrongField;

/// Why it is not known what is replied to.
#[derive(Debug, Error)]
pub enum ReplyError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It names no message of this chat that WhatsApp has.
    #[error(transparent)]
    Wrong(#[from] WrongField),
}

/// Makes a whole id of what the content's `reply_to` names, if it has one.
///
/// # Errors
/// See [`ReplyError`].
pub(crate) async fn resolve(
    tenant: &Tenant,
    session: SessionId,
    chat_id: &str,
    content: &mut Content,
) -> Result<(), ReplyError> {
    let Content::Text { reply_to: Some(named), .. } = content else { return Ok(()) };
    if is_whole(named) {
        return Ok(());
    }
    let wrong = |rule| WrongField::new("content.reply_to", rule);
    let id = match named.parse::<MessageId>() {
        Ok(id) => Some(id),
        Err(_) => tenant.messages().by_whatsapp_id(session, named).await?,
    };
    let found = if let Some(id) = id { tenant.messages().get(id).await? } else { None };
    let message = found
        .filter(|message| message.session_id == session && message.chat_id == chat_id)
        .ok_or_else(|| wrong(Rule::NoSuchMessage))?;
    *named = whole(&message).ok_or_else(|| wrong(Rule::MessageNotSent))?;
    Ok(())
}

/// `{true|false}_{chat}_{ID}[_{author}]`.
fn is_whole(id: &str) -> bool {
    let mut parts = id.split('_');
    let known = matches!(parts.next(), Some("true" | "false"));
    known
        && parts.next().is_some_and(|chat| chat.contains('@'))
        && parts.next().is_some_and(|id| !id.is_empty())
}

/// The whole id of a message that WhatsApp has.
fn whole(message: &Message) -> Option<String> {
    let (chat, id) = (message.waha_chat_id.as_ref().unwrap_or(&message.chat_id), message.waha_id.as_ref()?);
    match message.direction {
        Direction::Outbound => message.sent_at.map(|_| format!("true_{chat}_{id}")),
        Direction::Inbound => {
            let author =
                Author::deserialize(&message.content["author"]).ok().filter(|_| chat.ends_with("@g.us"));
            let author = author.map(|author| format!("_{}", author.chat_id)).unwrap_or_default();
            Some(format!("false_{chat}_{id}{author}"))
        }
    }
}
