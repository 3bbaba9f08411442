//! Finding out at WAHA what became of a message whose answer was lost.
//!
//! Found: it is sent. Not found in several honest looks, under the id we chose: it surely is not, and goes again
//! under the same id. If WAHA cannot show the chat, the class decides: a transactional message goes again, a bulk
//! message does not, for twice is worse than not.

use chrono::TimeDelta;
use wahana_domain::MessageId;
use wahana_domain::messages::Class;
use wahana_jobs::{Job, Outcome, ResolveMessage};
use wahana_store::StoreError;
use wahana_store::resolving::{Resolution, UnknownMessage};
use wahana_waha::{ChatId, ChatMessage, Class as Failure, MessagesQuery, WahaError};

use crate::Workers;

/// Looks that must find nothing before we believe it.
const HONEST_LOOKS: u32 = 3;
/// Messages of the chat that are read.
const DEPTH: u32 = 100;

/// One look. `attempt` counts them.
pub(crate) async fn resolve(workers: &Workers, message: MessageId, attempt: u32) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let Some(unknown) = system.unknown_message(message).await? else { return Ok(Outcome::Done) };
    let resolution = match look(workers, &unknown).await {
        Ok(Some(found)) => Resolution::Sent { waha_id: Some(found) },
        Ok(None) if attempt < HONEST_LOOKS => {
            return Ok(Outcome::Retry { code: "not_found_yet", detail: "WAHA does not show it yet".into() });
        }
        Ok(None) => Resolution::SendAgain,
        Err(error) if can_wait(&error) && attempt < ResolveMessage::RETRY.attempts => {
            return Ok(Outcome::Retry { code: error.code, detail: error.message });
        }
        Err(_) if unknown.class == Class::Transactional => Resolution::SendAgain,
        Err(error) => Resolution::GiveUp { detail: format!("WAHA cannot say whether it was sent ({}), and sending again might send it twice", error.message) },
    };
    tracing::info!(%message, ?resolution, "the answer was lost; now it is known");
    metrics::counter!("messages_resolved_total", "as" => name(&resolution)).increment(1);
    system.resolve_unknown(&unknown, &resolution, &workers.options.owner).await?;
    Ok(Outcome::Done)
}

/// Whether a later look may see more.
fn can_wait(error: &WahaError) -> bool {
    !matches!(error.class, Failure::Permanent)
}

const fn name(resolution: &Resolution) -> &'static str {
    match resolution {
        Resolution::Sent { .. } => "sent",
        Resolution::SendAgain => "send_again",
        Resolution::GiveUp { .. } => "give_up",
    }
}

/// The bare id of our message in its chat, if it is there.
async fn look(workers: &Workers, unknown: &UnknownMessage) -> Result<Option<String>, WahaError> {
    let unreachable = |message: String| WahaError { class: Failure::Unreachable, status: None, code: "node_unknown", message };
    let client = workers.fleet.client(unknown.node).await.map_err(|error| unreachable(error.to_string()))?;
    let chat = ChatId::parse(&unknown.chat_id).map_err(|error| unreachable(error.to_string()))?;
    let since = (unknown.attempted_at - TimeDelta::seconds(60)).timestamp();
    let query = MessagesQuery { limit: DEPTH, from_me: Some(true), since: Some(since) };
    let messages = client.messages(&unknown.waha_name, &chat, query).await?;
    Ok(messages.iter().find(|m| is_it(unknown, m)).map(|m| m.id.bare().to_owned()))
}

/// The id we chose, or, where the engine chose its own, the same words sent since.
fn is_it(unknown: &UnknownMessage, seen: &ChatMessage) -> bool {
    if unknown.waha_id.as_deref() == Some(seen.id.bare()) {
        return true;
    }
    let words = unknown.content.words();
    seen.from_me && words.is_some() && seen.body.as_deref() == words && seen.timestamp >= (unknown.attempted_at - TimeDelta::seconds(5)).timestamp()
}
