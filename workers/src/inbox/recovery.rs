//! Reading from WAHA's chats what no event told: incoming messages and acks that were missed while the session, its
//! node or we were away. What is found goes the way of every event (`inbound.rs`), so it is known once, however it came.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::SessionId;
use wahana_domain::messages::MessageState;
use wahana_jobs::Outcome;
use wahana_store::StoreError;
use wahana_store::inbox::inbound::NewInboundEvent;
use wahana_store::inbox::recovery::KnownMessages;
use wahana_store::sessions::work::SessionWork;
use wahana_waha::{AckLevel, ChatId, ChatMessage, MessagesQuery, WahaClient, WahaError};

use crate::Workers;
use crate::sessions::commands;

/// Read from a little before, for clocks differ and acks come late.
const MARGIN: TimeDelta = TimeDelta::minutes(2);
/// Chats asked for at once.
const CHATS: u32 = 100;
/// Chats looked at in one run; the newest first.
const MAX_CHATS: u32 = 2_000;
/// Messages read of one chat.
const DEPTH: u32 = 200;

/// What the ids of events begin with that WAHA did not send.
pub(crate) const RECOVERED: &str = "recovered:";

/// What was missed.
#[derive(Default)]
struct Missed {
    events: Vec<NewInboundEvent>,
    messages: usize,
    acks: usize,
}

/// Reads the chats that changed since everything was known.
pub(crate) async fn recover(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match commands::open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let system = workers.store.system();
    let began = workers.store.clock().now();
    let Some(known_up_to) = system.inbox().caught_up_to(session).await? else { return Ok(Outcome::Done) };
    let found = match read(&client, &work.waha_name, known_up_to - MARGIN).await {
        Ok(found) => found,
        Err(error) => return Ok(commands::failed(&error)),
    };
    let ids: Vec<String> = found.iter().map(|message| message.id.bare().to_owned()).collect();
    let known = system.inbox().known_messages(session, &ids).await?;
    let mut missed = Missed::default();
    found.into_iter().for_each(|message| missed.add(&work, &known, message));
    system.inbox().receive(&missed.events).await?;
    system.inbox().caught_up(session, began, missed.messages, missed.acks).await?;
    metrics::counter!("events_recovered_total", "kind" => "message").increment(missed.messages as u64);
    metrics::counter!("events_recovered_total", "kind" => "ack").increment(missed.acks as u64);
    Ok(Outcome::Done)
}

/// The messages of all chats that have one from `since` on.
async fn read(client: &WahaClient, name: &str, since: DateTime<Utc>) -> Result<Vec<ChatMessage>, WahaError> {
    let mut found = Vec::new();
    let query = MessagesQuery { limit: DEPTH, from_me: None, since: Some(since.timestamp()) };
    for offset in (0..MAX_CHATS).step_by(CHATS as usize) {
        let chats = client.chats(name, CHATS, offset).await?;
        let changed = chats.iter().filter(|chat| chat.last_at.is_none_or(|at| at >= since.timestamp()));
        for chat in changed {
            let Ok(id) = ChatId::parse(&chat.id) else { continue };
            found.extend(client.messages(name, &id, query).await?);
        }
        // The newest come first: what follows is older.
        let older = chats.last().is_some_and(|chat| chat.last_at.is_some_and(|at| at < since.timestamp()));
        if older || chats.len() < CHATS as usize {
            break;
        }
    }
    Ok(found)
}

impl Missed {
    fn add(&mut self, work: &SessionWork, known: &KnownMessages, message: ChatMessage) {
        let bare = message.id.bare();
        if !message.from_me {
            if !known.ids.iter().any(|id| id == bare) {
                let event =
                    event(work, &format!("{RECOVERED}{bare}"), "message.any", &message, message.raw.clone());
                self.events.push(event);
                self.messages += 1;
            }
            return;
        }
        // Own messages that the phone sent are not ours to send again; only their acks matter.
        let Some(ack) = message.ack else { return };
        // Of a group, the chat shows the furthest ack of any phone, the account's own included: no member is proven by it.
        let of_group = message.raw["from"].as_str().is_some_and(|chat| chat.ends_with("@g.us"));
        let ack = if of_group { ack.min(AckLevel::Server) } else { ack };
        let Some(proven) = MessageState::from_ack(ack.number()) else { return };
        let is_news = |state: &MessageState| *state != proven && state.can_become(proven);
        if known.own.iter().any(|(id, state)| id == bare && is_news(state)) {
            let payload = json!({"id": message.raw["id"], "from": message.raw["from"], "fromMe": true, "ack": ack.number()});
            let id = format!("{RECOVERED}{bare}:{}", ack.number());
            self.events.push(event(work, &id, "message.ack", &message, payload));
            self.acks += 1;
        }
    }
}

/// The event that WAHA would have sent.
fn event(work: &SessionWork, id: &str, kind: &str, message: &ChatMessage, payload: Value) -> NewInboundEvent {
    let body = json!({
        "id": id,
        "timestamp": message.timestamp * 1000,
        "event": kind,
        "session": work.waha_name,
        "payload": payload,
    });
    let event_id = format!("{id}:{kind}");
    NewInboundEvent { organization: work.organization, session: work.id, event_id, event: kind.into(), body }
}
