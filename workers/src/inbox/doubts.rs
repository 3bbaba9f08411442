//! An ack with an id that nobody knows proves a message in doubt: our own, in a chat that holds exactly one such message,
//! and later than its attempt. WAHA chose the id, and its answer with it was lost.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use wahana_domain::SessionId;
use wahana_store::StoreError;
use wahana_store::inbox::doubts::DoubtfulMessage;
use wahana_store::inbox::inbound_work::Proof;
use wahana_waha::keeps_client_id;

use crate::Workers;

/// Clocks of WAHA and ours may differ by this.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(5);

/// What became of acks with unknown ids.
#[derive(Default)]
pub(super) struct Adopted {
    /// The ids that are now those of messages of ours.
    pub(super) known: Vec<String>,
    /// The ids that may yet become so: their chat holds a message in doubt.
    pub(super) may_become: HashSet<String>,
}

/// Gives the ids of these acks to the messages in doubt that they speak of. `chats` has the chat of each id.
pub(super) async fn adopt(
    workers: &Workers,
    session: SessionId,
    unknown: &[&Proof],
    chats: &HashMap<String, String>,
) -> Result<Adopted, StoreError> {
    let mut adopted = Adopted::default();
    let asked: HashSet<&str> =
        unknown.iter().filter_map(|proof| chats.get(&proof.waha_id)).map(String::as_str).collect();
    if asked.is_empty() {
        return Ok(adopted);
    }
    let asked: Vec<&str> = asked.into_iter().collect();
    let inbox = workers.store.system();
    let mut doubtful = inbox.inbox().doubtful_messages(session, &asked).await?;
    // An ack of a message that was sent under our id names that id.
    doubtful.retain(|m| !(m.is_text && keeps_client_id(m.version.as_deref(), m.engine.as_deref())));
    for proof in unknown {
        let Some(chat) = chats.get(&proof.waha_id) else { continue };
        if let Some(message) = the_only_one(&doubtful, chat, proof)
            && inbox.inbox().adopt_id(message, &proof.waha_id).await?
        {
            tracing::info!(message.id = %message, "an ack proves a message in doubt");
            metrics::counter!("messages_resolved_total", "as" => "acked").increment(1);
            doubtful.retain(|doubt| doubt.message != message);
            adopted.known.push(proof.waha_id.clone());
        } else if doubtful.iter().any(|doubt| doubt.in_doubt && doubt.chat_id == *chat) {
            adopted.may_become.insert(proof.waha_id.clone());
        }
    }
    Ok(adopted)
}

/// The message in doubt that this ack speaks of; `None` when several may be meant.
fn the_only_one(doubtful: &[DoubtfulMessage], chat: &str, proof: &Proof) -> Option<wahana_domain::MessageId> {
    let mut of_chat = doubtful.iter().filter(|doubt| doubt.chat_id == chat);
    match (of_chat.next(), of_chat.next()) {
        (Some(only), None) if proof.at + CLOCKS_DIFFER >= only.attempted_at => Some(only.message),
        _ => None,
    }
}
