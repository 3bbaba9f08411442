//! Finding out at WAHA what became of a message whose answer was lost.
//!
//! Found: it is sent. Not found in several honest looks, under the id we chose: it surely is not, and goes again
//! under the same id. If WAHA cannot show the chat, the class decides: a transactional message goes again, a bulk
//! message does not, for twice is worse than not.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::{MessageId, Reason};
use wahana_jobs::{Job, Outcome, ResolveMessage};
use wahana_store::StoreError;
use wahana_store::inbox::inbound_work::Proof;
use wahana_store::jobs::FencedJob;
use wahana_store::messages::resolving::{NOT_FOUND_YET, Resolution, UnknownMessage};
use wahana_waha::{ChatId, ChatMessage, Class as Failure, ErrorCode, MessagesQuery, WahaError};

use crate::Workers;
use crate::reasons::of_waha;

/// Looks that must find nothing before we believe it.
const HONEST_LOOKS: u32 = 3;
/// Messages of the chat that are read.
const DEPTH: u32 = 100;
/// How long one look may take. Shorter than the job may, so that a WAHA that hangs is an answer, too.
const LOOK: Duration = Duration::from_secs(20);

/// One look by this job.
pub(crate) async fn resolve(
    workers: &Workers,
    message: MessageId,
    job: &FencedJob,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let Some(unknown) = system.messages().unknown(message, job.id).await? else { return Ok(Outcome::Done) };
    let last = job.attempt >= ResolveMessage::RETRY.attempts;
    let mut seen = None;
    let resolution = match look(workers, &unknown).await {
        Ok(Some(found)) => {
            let waha_id = Some(found.waha_id.clone());
            seen = Some(found);
            Resolution::Sent { waha_id }
        }
        Ok(None) if unknown.looked + 1 >= HONEST_LOOKS => Resolution::SendAgain,
        Ok(None) if !last => {
            return Ok(Outcome::Retry { code: NOT_FOUND_YET, detail: "WAHA does not show it yet".into() });
        }
        Err(error) if can_wait(&error) && !last => {
            return Ok(Outcome::Retry { code: of_waha(error.code), detail: error.message });
        }
        Ok(None) => in_doubt(&unknown, "it was not in the chat, but the chat could not be seen often enough"),
        Err(error) => in_doubt(&unknown, &error.message),
    };
    tracing::info!(message.id = %message, ?resolution, "the answer was lost; now it is known");
    metrics::counter!("messages_resolved_total", "as" => name(&resolution)).increment(1);
    system.messages().resolve(&unknown, &resolution, &workers.options.owner).await?;
    if let Some(seen) = seen {
        system.inbox().apply_proofs(unknown.session, &[seen]).await?;
    }
    Ok(Outcome::Done)
}

/// What the class of the message makes of what cannot be found out.
fn in_doubt(unknown: &UnknownMessage, why: &str) -> Resolution {
    match unknown.class {
        Class::Transactional => Resolution::SendAgain,
        Class::Bulk => Resolution::GiveUp {
            detail: format!(
                "WAHA cannot say whether it was sent ({why}), and sending again might send it twice"
            ),
        },
    }
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

/// How far our message is, if it is in its chat. What WhatsApp confirmed while nobody knew its id comes from here only:
/// an ack does not wait for as long as a look may take to be made.
pub(super) async fn look(workers: &Workers, unknown: &UnknownMessage) -> Result<Option<Proof>, WahaError> {
    let unreachable = |message: String| WahaError {
        class: Failure::Unreachable,
        status: None,
        code: ErrorCode::NodeUnreachable,
        message,
        retry_after: None,
    };
    let client = workers.fleet.client(unknown.node).await.map_err(|error| unreachable(error.to_string()))?;
    let since = (unknown.attempted_at - TimeDelta::seconds(60)).timestamp();
    let query = MessagesQuery { limit: DEPTH, from_me: Some(true), since: Some(since) };
    for chat in [Some(&unknown.chat_id), unknown.lid.as_ref()].into_iter().flatten() {
        let chat = ChatId::parse(chat).map_err(|error| unreachable(error.to_string()))?;
        let messages = tokio::time::timeout(LOOK, client.messages(&unknown.waha_name, &chat, query)).await;
        let messages = messages.map_err(|_| unreachable("WAHA did not answer in time".into()))??;
        if let Some(found) = messages.iter().find(|m| is_it(unknown, m)) {
            return Ok(Some(proof(found, workers.store.clock().now())));
        }
    }
    Ok(None)
}

fn proof(seen: &ChatMessage, at: DateTime<Utc>) -> Proof {
    let state = seen.ack.and_then(|ack| MessageState::from_ack(ack.number())).unwrap_or(MessageState::Sent);
    let code = (state == MessageState::Failed).then_some(Reason::RejectedByWhatsapp);
    Proof { waha_id: seen.id.bare().to_owned(), state, at, code, detail: None }
}

/// The id we chose, or, where the engine chose its own, the same words sent since.
fn is_it(unknown: &UnknownMessage, seen: &ChatMessage) -> bool {
    if unknown.waha_id.as_deref() == Some(seen.id.bare()) {
        return true;
    }
    let words = unknown.content.words();
    seen.from_me
        && words.is_some()
        && seen.body.as_deref() == words
        && seen.timestamp >= (unknown.attempted_at - TimeDelta::seconds(5)).timestamp()
}
