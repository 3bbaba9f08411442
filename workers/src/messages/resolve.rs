//! Finding out at WAHA what became of a message whose answer was lost.
//!
//! Found: it is sent. Not found in several honest looks: it goes again, if its class is transactional or WAHA sends it under
//! the id that we chose, so that WhatsApp would know it again. Any other bulk message never goes again: a chat that does
//! not show it is no proof, because a WAHA that dies after a send has not stored it. It waits for an ack (`inbox::doubts`)
//! and ends as not confirmed.
//!
//! A look is honest once the session has worked for a moment, and once WAHA cannot be sending any more. Looks that
//! cannot be made cost nothing; the doubt lasts until WAHA is back.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::{MessageId, Reason};
use wahana_jobs::{Job, Outcome, ResolveMessage};
use wahana_store::StoreError;
use wahana_store::inbox::inbound_work::Proof;
use wahana_store::jobs::FencedJob;
use wahana_store::messages::resolving::{LookBasis, NOT_FOUND_YET, Resolution, UnknownMessage};
use wahana_waha::{
    AckLevel, ChatId, ChatMessage, Class as Failure, ErrorCode, MessagesQuery, WahaError, keeps_client_id,
};

use crate::reasons::of_waha;
use crate::{DoubtOptions, Workers};

/// Looks that must find nothing before we believe it.
const HONEST_LOOKS: u32 = 3;
/// Messages of the chat that are read.
const DEPTH: u32 = 100;
/// How long one look may take. Shorter than the job may, so that a WAHA that hangs is an answer, too.
const LOOK: Duration = Duration::from_secs(20);
/// Pause until the next look, where this one proves nothing or cannot be made.
const PAUSE: TimeDelta = TimeDelta::seconds(5);
/// Longest doubt about a message whose WAHA does not come back.
const LONGEST_DOUBT: TimeDelta = TimeDelta::hours(1);

/// One look by this job.
pub(crate) async fn resolve(
    workers: &Workers,
    message: MessageId,
    job: &FencedJob,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let Some((unknown, basis)) = system.messages().unknown(message, job.id).await? else {
        return Ok(Outcome::Done);
    };
    let now = workers.store.clock().now();
    let seen = look(workers, &unknown).await;
    let last = job.attempt >= ResolveMessage::RETRY.attempts;
    let resolution = match next(&unknown, &basis, &seen, workers.options.doubt, last, now) {
        Next::Look(outcome) => return Ok(outcome),
        Next::Resolve(resolution) => resolution,
    };
    tracing::info!(message.id = %message, ?resolution, "the answer was lost; now it is known");
    metrics::counter!("messages_resolved_total", "as" => name(&resolution)).increment(1);
    system.messages().resolve(&unknown, &resolution, &workers.options.owner).await?;
    if let Ok(Some(seen)) = seen {
        let limits = &workers.options.rejections;
        system.inbox().apply_proofs(unknown.session, &[seen], limits).await?;
    }
    Ok(Outcome::Done)
}

/// What follows from a look.
#[derive(Debug, PartialEq)]
enum Next {
    /// Another one, later.
    Look(Outcome),
    /// The doubt is over.
    Resolve(Resolution),
}

/// What follows from this look.
fn next(
    unknown: &UnknownMessage,
    basis: &LookBasis,
    seen: &Result<Option<Proof>, WahaError>,
    options: DoubtOptions,
    last: bool,
    now: DateTime<Utc>,
) -> Next {
    let later = |code| Next::Look(Outcome::Defer { until: now + PAUSE, code });
    let lasts = now < unknown.attempted_at + LONGEST_DOUBT;
    match seen {
        Ok(Some(found)) => Next::Resolve(Resolution::Sent { waha_id: Some(found.waha_id.clone()) }),
        Ok(None) if !is_honest(unknown, basis, options, now) && lasts => later(NOT_FOUND_YET),
        Ok(None) if unknown.looked + 1 < HONEST_LOOKS && !last => {
            let detail = "WAHA does not show it yet".into();
            Next::Look(Outcome::Retry { code: NOT_FOUND_YET, detail })
        }
        Ok(None) if may_go_again(unknown, basis) => Next::Resolve(Resolution::SendAgain),
        Ok(None) if !is_over(unknown.attempted_at, options.late_send, now) => later(NOT_FOUND_YET),
        Ok(None) => give_up("its chat does not show it, which is no proof that it was not sent"),
        Err(error) if can_wait(error) && lasts => later(of_waha(error.code)),
        Err(error) if can_wait(error) => give_up(&error.message),
        // WAHA will never show the chat: the class decides, because twice is worse than not for a bulk message.
        Err(error) => match unknown.class {
            Class::Transactional => Next::Resolve(Resolution::SendAgain),
            Class::Bulk => give_up(&error.message),
        },
    }
}

fn give_up(why: &str) -> Next {
    let detail =
        format!("WAHA cannot say whether it was sent ({why}), and sending again might send it twice");
    Next::Resolve(Resolution::GiveUp { detail })
}

/// Whether a look that does not find the message counts.
fn is_honest(unknown: &UnknownMessage, basis: &LookBasis, options: DoubtOptions, now: DateTime<Utc>) -> bool {
    let settled = basis.working_since.is_some_and(|since| is_over(since, options.settle, now));
    settled && (!basis.timed_out || is_over(unknown.attempted_at, options.late_send, now))
}

fn is_over(since: DateTime<Utc>, time: Duration, now: DateTime<Utc>) -> bool {
    TimeDelta::from_std(time).is_ok_and(|time| since + time <= now)
}

/// Whether sending it again is worth the risk: the answer is awaited by somebody, or WhatsApp would know the id again.
fn may_go_again(unknown: &UnknownMessage, basis: &LookBasis) -> bool {
    let is_text = matches!(unknown.content, Content::Text { .. });
    let same_id = is_text && keeps_client_id(basis.version.as_deref(), basis.engine.as_deref());
    unknown.class == Class::Transactional || same_id
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
    for chat in &unknown.chats {
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
    // Of a group, the chat shows the furthest ack of any phone, the account's own included.
    let of_group = seen.id.serialized().contains("@g.us");
    let ack = seen.ack.map(|ack| if of_group { ack.min(AckLevel::Server) } else { ack });
    let state = ack.and_then(|ack| MessageState::from_ack(ack.number())).unwrap_or(MessageState::Sent);
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

#[cfg(test)]
mod tests {
    use super::*;
    use wahana_domain::{NodeId, OrganizationId, SessionId};

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn bulk() -> UnknownMessage {
        UnknownMessage {
            message: MessageId::new(at(0), 1),
            organization: OrganizationId::new(at(0), 1),
            session: SessionId::new(at(0), 1),
            waha_name: "s".into(),
            node: NodeId::new(at(0), 1),
            class: Class::Bulk,
            chats: vec!["628110000001@c.us".into()],
            content: serde_json::from_str(r#"{"type": "text", "text": "hi"}"#).unwrap(),
            waha_id: None,
            attempted_at: at(0),
            looked: 2,
        }
    }

    fn basis(version: &str) -> LookBasis {
        LookBasis {
            working_since: Some(at(-3_600)),
            timed_out: false,
            version: Some(version.into()),
            engine: Some("NOWEB".into()),
        }
    }

    fn next_at(seconds: i64, unknown: &UnknownMessage, basis: &LookBasis) -> &'static str {
        match next(unknown, basis, &Ok(None), DoubtOptions::default(), false, at(seconds)) {
            Next::Look(Outcome::Defer { .. }) => "wait",
            Next::Look(_) => "look",
            Next::Resolve(resolution) => name(&resolution),
        }
    }

    #[test]
    fn f1_bulk_goes_again_only_under_its_own_id() {
        assert_eq!(next_at(10, &bulk(), &basis("2026.7.1")), "send_again");
        assert_eq!(next_at(10, &bulk(), &basis("2026.4.1")), "wait");
        assert_eq!(next_at(301, &bulk(), &basis("2026.4.1")), "give_up");
        let code = UnknownMessage { class: Class::Transactional, ..bulk() };
        assert_eq!(next_at(10, &code, &basis("2026.4.1")), "send_again");
        let first = UnknownMessage { looked: 0, ..bulk() };
        assert_eq!(next_at(10, &first, &basis("2026.7.1")), "look");
    }

    #[test]
    fn f1_a_look_counts_once_the_session_has_settled() {
        let back = LookBasis { working_since: Some(at(0)), ..basis("2026.7.1") };
        assert_eq!(next_at(29, &bulk(), &back), "wait");
        assert_eq!(next_at(30, &bulk(), &back), "send_again");
        let away = LookBasis { working_since: None, ..basis("2026.7.1") };
        assert_eq!(next_at(3_599, &bulk(), &away), "wait");
    }

    #[test]
    fn f2_after_our_time_limit_a_look_counts_once_wahas_is_over() {
        let slow = LookBasis { timed_out: true, ..basis("2026.7.1") };
        let code = UnknownMessage { class: Class::Transactional, ..bulk() };
        assert_eq!(next_at(299, &code, &slow), "wait");
        assert_eq!(next_at(300, &code, &slow), "send_again");
    }

    #[test]
    fn f3_an_unreachable_waha_costs_nothing() {
        let error = || WahaError {
            class: Failure::Unreachable,
            status: None,
            code: ErrorCode::NodeUnreachable,
            message: "away".into(),
            retry_after: None,
        };
        let code = UnknownMessage { class: Class::Transactional, ..bulk() };
        for unknown in [bulk(), code] {
            let seen = Err(error());
            let options = DoubtOptions::default();
            let look = |seconds| next(&unknown, &basis("2026.7.1"), &seen, options, true, at(seconds));
            assert!(matches!(look(3_599), Next::Look(Outcome::Defer { .. })));
            assert!(matches!(look(3_600), Next::Resolve(Resolution::GiveUp { .. })), "not sent again");
        }
    }
}
