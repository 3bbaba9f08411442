//! Working through what WAHA told us about one session, in one go: statuses, acks, messages.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::chat_id::is_person_or_group;
use wahana_domain::messages::MessageState;
use wahana_domain::opt_out::{OwnWords, request};
use wahana_domain::sessions::{ParkReason, SessionStatus};
use wahana_domain::{InboundEventId, OrganizationId, Phone, Reason, SessionId};
use wahana_jobs::Outcome;
use wahana_queue::Park;
use wahana_store::StoreError;
use wahana_store::inbox::inbound_work::{Proof, SeenMessage, StatusNews, WaitingEvent};
use wahana_store::inbox::message_changes::{ChangeBody as Stored, GroupName, GroupReceipt, MessageChange};
use wahana_store::sessions::signals::Restriction;
use wahana_waha::{
    Ack, AckError, AckLevel, Change, ChangeBody, ChatId, Event, Me, Message, Payload, Source, Standing,
};

use crate::Workers;
use crate::inbox::recovery::RECOVERED;
use crate::inbox::{doubts, groups, received};
use crate::sessions::account;
use crate::sessions::commands::PLACEMENT;

/// Events taken in one go.
const BATCH: i64 = 500;
/// How long an ack waits for the message it speaks of: the answer to the send may still be on its way to us.
const WAIT_FOR_MESSAGE: TimeDelta = TimeDelta::seconds(20);

/// An event that is older than this when it comes was repeated until we came back: others are lost (docs/waha.md 0.8).
const LATE: TimeDelta = TimeDelta::seconds(120);

/// What a batch of events amounts to.
#[derive(Default)]
struct InboundBatch {
    proofs: HashMap<String, (Proof, Vec<InboundEventId>)>,
    /// The chats of acks, by bare id.
    chats: HashMap<String, String>,
    seen: Vec<SeenMessage>,
    /// Words of the organization that opt out or in.
    own_words: OwnWords,
    changes: Vec<(MessageChange, InboundEventId)>,
    receipts: Vec<GroupReceipt>,
    groups: Vec<GroupName>,
    /// With the placement under which they came to be.
    statuses: Vec<(i32, StatusNews)>,
    /// WhatsApp confirmed or refused a message of ours.
    acked: bool,
    /// WAHA had to repeat for so long to get rid of an event of this time that others are probably lost.
    late_since: Option<DateTime<Utc>>,
    restriction: Option<Restriction>,
    /// The newest word of WAHA on whether the account may open chats, with its time.
    standing: Option<(i64, Standing)>,
    done: Vec<InboundEventId>,
}

/// Works through the waiting events of a session, until none waits.
pub(crate) async fn process(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    loop {
        let events = system.inbox().waiting_events(session, BATCH).await?;
        let now = workers.store.clock().now();
        let full = events.len() as i64 == BATCH;
        // Most batches are acks, which say no words.
        let says =
            |event: &WaitingEvent| matches!(event.body["event"].as_str(), Some("message" | "message.any"));
        let own_words = match events.iter().any(says) {
            true => system.consents().own_words(organization).await?,
            false => OwnWords::default(),
        };
        let mut inbound = InboundBatch { own_words, ..InboundBatch::default() };
        for event in &events {
            inbound.read(event, now);
        }
        inbound.forget_earlier_placements(system.sessions().placement_epoch(session).await?);
        if !events.is_empty() {
            system.inbox().heard(session, now, inbound.acked).await?;
        }
        if let Some(missed_at) = inbound.late_since {
            system.sessions().recover_if_behind(organization, session, missed_at).await?;
        }
        // One by one, so that the session's timeline shows every step.
        inbound.statuses.sort_by_key(|(_, status)| status.event_ms);
        for (_, status) in &inbound.statuses {
            system.inbox().apply_status(session, status).await?;
        }
        heed_restriction(workers, organization, session, &inbound).await?;
        if !inbound.seen.is_empty() {
            system.inbox().store_seen(organization, session, &inbound.seen).await?;
        }
        system.inbox().name_groups(session, &inbound.groups).await?;
        // Before the states: a reader of the state finds the counts that belong to it.
        system.inbox().record_receipts(session, &inbound.receipts).await?;
        let mut waiting = apply_proofs(workers, organization, session, &mut inbound, &events, now).await?;
        waiting.extend(apply_changes(workers, session, &mut inbound, &events, now).await?);
        system.inbox().events_done(&inbound.done).await?;
        measure(&inbound.done, &events, now);
        if !waiting.is_empty() {
            system.inbox().events_again(&waiting, "speaks of a message that is not known yet").await?;
        }
        // An ack that overtook its message would be found again at once: let it rest.
        if !full || !waiting.is_empty() {
            let rest = Outcome::Defer {
                until: now + TimeDelta::milliseconds(500),
                code: Reason::MessageNotKnownYet,
            };
            return Ok(if waiting.is_empty() { Outcome::Done } else { rest });
        }
    }
}

/// Parks the bulk line at the first sign, in Postgres and at once in Redis. That WAHA's note says "free" is only a
/// reason to ask: it may be older than what holds the line.
async fn heed_restriction(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
    inbound: &InboundBatch,
) -> Result<(), StoreError> {
    let system = workers.store.system();
    let told = inbound.standing.map(|(_, standing)| standing);
    let restriction = inbound.restriction.clone().or_else(|| told.and_then(account::restriction));
    if let Some(restriction) = restriction {
        metrics::counter!("session_restrictions_total", "signal" => "event").increment(1);
        let until = system.sessions().restrict(session, &restriction).await?;
        rest_bulk(workers, session, Some(until)).await;
    } else if told == Some(Standing::Free) && system.sessions().restricted_until(session).await?.is_some() {
        system.sessions().ask_account(organization, session).await?;
    }
    Ok(())
}

/// Tells Redis at once that a bulk line rests; Postgres knows it already.
async fn rest_bulk(workers: &Workers, session: SessionId, until: Option<DateTime<Utc>>) {
    let Some(until) = until else { return };
    if let Err(error) = workers.queue.lane_park(session.0, until.timestamp_millis(), Park::Lo).await {
        tracing::debug!(session.id = %session, error.message = %error, "the fence holds bulk messages; Redis hears of it later");
    }
}

/// How many events were worked through, and how long each lay here.
fn measure(done: &[InboundEventId], events: &[WaitingEvent], now: DateTime<Utc>) {
    let done: HashSet<&InboundEventId> = done.iter().collect();
    for event in events.iter().filter(|event| done.contains(&event.id)) {
        metrics::histogram!("inbound_event_lag_seconds").record(seconds(now - event.received_at));
    }
}

/// Never negative: clocks differ.
fn seconds(span: TimeDelta) -> f64 {
    span.as_seconds_f64().max(0.0)
}

/// Moves messages forward. Returns the events whose message is not known yet but may become so.
async fn apply_proofs(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
    inbound: &mut InboundBatch,
    events: &[WaitingEvent],
    now: DateTime<Utc>,
) -> Result<Vec<InboundEventId>, StoreError> {
    if inbound.proofs.is_empty() {
        return Ok(Vec::new());
    }
    let proofs: Vec<Proof> = inbound.proofs.values().map(|(proof, _)| proof.clone()).collect();
    let (inbox, limits) = (workers.store.system(), &workers.options.rejections);
    let applied = inbox.inbox().apply_proofs(session, &proofs, limits).await?;
    rest_bulk(workers, session, applied.parked).await;
    let mut known = applied.known;
    learn_lids(workers, organization, session, &inbound.chats, &known).await?;
    let unknown: Vec<&Proof> = proofs.iter().filter(|proof| !known.contains(&proof.waha_id)).collect();
    let adopted = doubts::adopt(workers, session, &unknown, &inbound.chats).await?;
    if !adopted.known.is_empty() {
        let proven = |proof: &&Proof| adopted.known.contains(&proof.waha_id);
        let proven: Vec<Proof> = unknown.into_iter().filter(proven).cloned().collect();
        let applied = inbox.inbox().apply_proofs(session, &proven, limits).await?;
        rest_bulk(workers, session, applied.parked).await;
        known.extend(applied.known);
    }
    for proof in &proofs {
        metrics::histogram!("message_ack_lag_seconds", "state" => proof.state.as_str())
            .record(seconds(now - proof.at));
    }
    let mut waiting = Vec::new();
    for (waha_id, (_, ids)) in std::mem::take(&mut inbound.proofs) {
        let is_known = known.contains(&waha_id);
        // Kept for as long as a message of its chat is in doubt: it may be the only proof that this was sent.
        let may_become = adopted.may_become.contains(&waha_id);
        for id in ids {
            if is_known || !(may_become || is_young(events, id, now)) {
                inbound.done.push(id)
            } else {
                waiting.push(id)
            }
        }
    }
    Ok(waiting)
}

/// A receipt from a LID for a message that went to a number tells whose LID it is.
async fn learn_lids(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
    chats: &HashMap<String, String>,
    known: &[String],
) -> Result<(), StoreError> {
    let of_lids: Vec<(&str, &str)> = known
        .iter()
        .filter_map(|id| Some((chats.get(id)?.as_str(), id.as_str())))
        .filter(|(chat, _)| chat.ends_with("@lid"))
        .collect();
    if of_lids.is_empty() {
        return Ok(());
    }
    workers.store.system().people().learn_from_receipts(organization, session, &of_lids).await
}

/// Applies edits, deletions and reactions. Returns the events whose message is not known yet but may become so.
async fn apply_changes(
    workers: &Workers,
    session: SessionId,
    inbound: &mut InboundBatch,
    events: &[WaitingEvent],
    now: DateTime<Utc>,
) -> Result<Vec<InboundEventId>, StoreError> {
    if inbound.changes.is_empty() {
        return Ok(Vec::new());
    }
    let (changes, ids): (Vec<MessageChange>, Vec<InboundEventId>) =
        std::mem::take(&mut inbound.changes).into_iter().unzip();
    let known = workers.store.system().inbox().apply_changes(session, &changes).await?;
    let mut waiting = Vec::new();
    for (change, id) in changes.iter().zip(ids) {
        let waits = !known.contains(&change.waha_id) && is_young(events, id, now);
        if waits { waiting.push(id) } else { inbound.done.push(id) }
    }
    Ok(waiting)
}

/// Whether an event came so lately that the message it speaks of may not be written down yet.
fn is_young(events: &[WaitingEvent], id: InboundEventId, now: DateTime<Utc>) -> bool {
    events.iter().any(|event| event.id == id && event.received_at + WAIT_FOR_MESSAGE > now)
}

/// When a message was sent: WhatsApp's second of it, refined by the event where that came in the same second. Never in the
/// future: phones and servers have clocks of their own.
fn sent_at(seconds: i64, event_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let Some(begin) = DateTime::from_timestamp(seconds, 0).filter(|_| seconds > 0) else {
        return event_at.min(now);
    };
    let end = begin + TimeDelta::milliseconds(999);
    event_at.clamp(begin, end).min(now)
}

impl InboundBatch {
    fn read(&mut self, waiting: &WaitingEvent, now: DateTime<Utc>) {
        let event = serde_json::to_vec(&waiting.body)
            .map_err(|e| e.to_string())
            .and_then(|body| Event::parse(&body).map_err(|e| e.to_string()));
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(event.id = %waiting.id, error.message = %error, "an event does not read; kept as it came");
                self.done.push(waiting.id);
                return;
            }
        };
        let at = DateTime::from_timestamp_millis(event.timestamp_ms).unwrap_or(now).min(now);
        if waiting.received_at - at > LATE && !event.id.starts_with(RECOVERED) {
            self.late_since = self.late_since.max(Some(at));
        }
        let standing = event.me.as_ref().map_or(Standing::Unknown, Me::standing);
        if standing != Standing::Unknown && self.standing.is_none_or(|(ms, _)| ms <= event.timestamp_ms) {
            self.standing = Some((event.timestamp_ms, standing));
        }
        match &event.payload {
            Payload::SessionStatus(change) => {
                self.status(&event, change.status.as_str());
                self.done.push(waiting.id);
            }
            Payload::Ack(ack) if ack.from_me => self.ack(ack, event.me.as_ref(), at, waiting.id, now),
            Payload::Message(message) => self.message(message, at, waiting.id, now),
            Payload::Change(change) => self.change(change, at, waiting.id, now),
            Payload::Group(news) => {
                self.groups.push(groups::group(news.clone()));
                self.done.push(waiting.id);
            }
            Payload::Ack(_) | Payload::Other(_) => self.done.push(waiting.id),
        }
    }

    fn status(&mut self, event: &Event, word: &str) {
        let me = event.me.as_ref();
        let placement =
            event.metadata.get(PLACEMENT).and_then(|epoch| epoch.parse().ok()).unwrap_or_default();
        let change = StatusNews {
            status: SessionStatus::from_waha(word),
            event_ms: event.timestamp_ms,
            phone: me.and_then(|m| m.id.split('@').next()).map(str::to_owned),
            push_name: me.and_then(|m| m.push_name.clone()),
        };
        self.statuses.push((placement, change));
    }

    /// How a copy at an earlier node is says nothing of the session where it is now.
    fn forget_earlier_placements(&mut self, now: i32) {
        self.statuses.retain(|(placement, _)| *placement >= now);
    }

    fn change(&mut self, change: &Change, at: DateTime<Utc>, id: InboundEventId, now: DateTime<Utc>) {
        if !is_person_or_group(&change.chat) {
            self.done.push(id);
            return;
        }
        let what = match &change.kind {
            ChangeBody::Edited(words) => Stored::Edited(words.clone()),
            ChangeBody::Revoked => Stored::Revoked,
            ChangeBody::Reaction(emoji) => Stored::Reaction(emoji.clone()),
        };
        let change = MessageChange {
            waha_id: change.target.clone(),
            author: if change.from_me { String::new() } else { change.author.clone() },
            what,
            at: sent_at(change.timestamp, at, now),
        };
        self.changes.push((change, id));
    }

    fn ack(&mut self, ack: &Ack, me: Option<&Me>, at: DateTime<Utc>, id: InboundEventId, now: DateTime<Utc>) {
        self.acked |= ack.level != AckLevel::Pending;
        let Some(mut state) = MessageState::from_ack(ack.level.number()) else {
            self.done.push(id);
            return;
        };
        let at = ack.at.map_or(at, |seconds| sent_at(seconds, at, now));
        if ack.of_group {
            // The account's own phone is no reader; engines report it like a member (docs/waha.md section 7).
            if ack.member.as_deref().is_some_and(|member| me.is_some_and(|me| me.is(member))) {
                self.done.push(id);
                return;
            }
            // Of a group, NOWEB reports a delivery as level 1.
            if state == MessageState::Sent {
                state = MessageState::Delivered;
            }
            if let (Some(member), true) = (&ack.member, state != MessageState::Failed) {
                self.receipts.push(GroupReceipt {
                    waha_id: ack.id.bare().to_owned(),
                    member: member.clone(),
                    read: matches!(state, MessageState::Read | MessageState::Played),
                    at,
                });
            }
        }
        // Without an end the code alone cannot tell whether it is the account or this chat (docs/waha.md 10.1).
        let refusal = ack.error.as_ref().map(|e| (e, e.until.and_then(|s| DateTime::from_timestamp(s, 0))));
        let code = match refusal {
            Some((error, until)) if error.code == "475" => {
                self.restrict(ParkReason::MessageCapping, until.filter(|until| *until > now), error);
                Reason::Restricted
            }
            Some((error, Some(until))) if until > now && (error.blocked || error.code == "463") => {
                self.restrict(ParkReason::Restricted, Some(until), error);
                Reason::Restricted
            }
            Some((error, _)) if error.code == "463" => Reason::ChatRefused,
            _ => Reason::RejectedByWhatsapp,
        };
        let code = (state == MessageState::Failed).then_some(code);
        let detail = ack.error.as_ref().map(|e| {
            format!(
                "WhatsApp refused it: error {}{}",
                e.code,
                e.reason.as_deref().map(|r| format!(", {r}")).unwrap_or_default()
            )
        });
        if let Ok(chat) = ChatId::parse(&ack.chat) {
            self.chats.insert(ack.id.bare().to_owned(), chat.as_str().to_owned());
        }
        self.prove(Proof { waha_id: ack.id.bare().to_owned(), state, at, code, detail }, id);
    }

    fn restrict(&mut self, code: ParkReason, until: Option<DateTime<Utc>>, error: &AckError) {
        let known = self.restriction.as_ref().and_then(|r| r.until);
        let detail = format!("WhatsApp refused a new chat: error {}", error.code);
        self.restriction = Some(Restriction { code, until: until.max(known), detail });
    }

    fn message(&mut self, message: &Message, at: DateTime<Utc>, id: InboundEventId, now: DateTime<Utc>) {
        // The echo of what we sent through the API: proof that WAHA has it.
        if message.from_me && message.source != Some(Source::App) {
            self.prove(
                Proof {
                    waha_id: message.id.bare().to_owned(),
                    state: MessageState::Sent,
                    at,
                    code: None,
                    detail: None,
                },
                id,
            );
            return;
        }
        self.done.push(id);
        let chat = message.chat();
        // Posts of channels and stories are no conversation, and none can be answered.
        if !is_person_or_group(chat) {
            return;
        }
        let digits = chat.strip_suffix("@c.us").or_else(|| chat.strip_suffix("@s.whatsapp.net"));
        let told = chat.ends_with("@lid").then_some(message.number.as_deref()).flatten();
        let is_person = !chat.ends_with("@g.us");
        let asked = message.body.as_deref().filter(|_| is_person && !message.from_me);
        let asked = asked.and_then(|words| request(words, &self.own_words));
        self.seen.push(SeenMessage {
            waha_id: message.id.bare().to_owned(),
            from_me: message.from_me,
            chat_id: digits.map_or_else(|| chat.to_owned(), |d| format!("{d}@c.us")),
            phone: digits.or(told).and_then(Phone::from_whatsapp),
            request: asked,
            username: message.username.clone().filter(|_| !message.from_me && is_person),
            name: message.push_name.clone().filter(|_| !message.from_me && is_person),
            content: received::read(message),
            at: sent_at(message.timestamp, at, now),
        });
    }

    /// Keeps the furthest proof per message; events come in any order.
    fn prove(&mut self, proof: Proof, id: InboundEventId) {
        let rank = |state: MessageState| MessageState::ALL.iter().position(|s| *s == state);
        match self.proofs.entry(proof.waha_id.clone()) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert((proof, vec![id]));
            }
            std::collections::hash_map::Entry::Occupied(mut entry) => {
                let (best, ids) = entry.get_mut();
                ids.push(id);
                let delivered = |s: MessageState| {
                    matches!(s, MessageState::Delivered | MessageState::Read | MessageState::Played)
                };
                let further = if proof.state == MessageState::Failed {
                    !delivered(best.state)
                } else {
                    best.state == MessageState::Failed && delivered(proof.state)
                        || best.state != MessageState::Failed && rank(proof.state) > rank(best.state)
                };
                if further {
                    *best = proof;
                }
            }
        }
    }
}
