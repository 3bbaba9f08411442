//! The envelope of a webhook. Tolerant: unknown fields, events and statuses are kept, not refused.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::{Ack, Change, GroupNews, Message, flexible};
use crate::{Me, SessionStatus};

/// One event of a session.
#[derive(Clone, Debug)]
pub struct Event {
    /// The same on every retry and for every webhook URL, and shared by the `message` and `message.any` of
    /// one incoming message (recorded deliveries): deduplicate on [`Event::dedup_key`].
    pub id: String,
    /// When it happened, Unix milliseconds.
    pub timestamp_ms: i64,
    /// WAHA's name of the event, such as `message.ack`.
    pub kind: String,
    /// The session's name at WAHA.
    pub session: String,
    /// The metadata given when the session was created.
    pub metadata: BTreeMap<String, String>,
    /// The account, once logged in.
    pub me: Option<Me>,
    /// Such as `NOWEB`.
    pub engine: String,
    /// The payload.
    pub payload: Payload,
}

/// The payload of an event.
#[derive(Clone, Debug)]
pub enum Payload {
    /// `session.status`.
    SessionStatus(SessionStatusChange),
    /// `message` and `message.any`.
    Message(Box<Message>),
    /// `message.ack` and `message.ack.group`.
    Ack(Ack),
    /// `message.edited`, `message.revoked` and `message.reaction`: something happened to a message.
    Change(Change),
    /// `group.v2.join`, `group.v2.update` and `group.v2.participants`.
    Group(GroupNews),
    /// Everything else, unparsed.
    Other(Value),
}

/// A session's new status.
#[derive(Clone, Debug, Deserialize)]
pub struct SessionStatusChange {
    /// The new status.
    pub status: SessionStatus,
    /// The last three, oldest first.
    #[serde(default)]
    pub statuses: Vec<StatusPoint>,
}

/// A status and its time.
#[derive(Clone, Debug, Deserialize)]
pub struct StatusPoint {
    /// The status.
    pub status: SessionStatus,
    /// Unix milliseconds.
    #[serde(default)]
    pub timestamp: i64,
}

/// The body is not a WAHA event.
#[derive(Debug, Error)]
pub enum EventError {
    /// Not JSON.
    #[error("the webhook body is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A field without which an event is useless is missing.
    #[error("the webhook body has no {0}")]
    Missing(&'static str),
}

impl Event {
    /// Reads a webhook's body. Check its signature first.
    ///
    /// # Errors
    /// Not JSON, or without id, event or session.
    pub fn parse(body: &[u8]) -> Result<Self, EventError> {
        let mut body: Value = serde_json::from_slice(body)?;
        let kind = flexible::text(&body["event"]).ok_or(EventError::Missing("event"))?;
        let me = Me::deserialize(&body["me"]).ok();
        Ok(Self {
            id: flexible::text(&body["id"]).ok_or(EventError::Missing("id"))?,
            timestamp_ms: flexible::integer(&body["timestamp"]).unwrap_or(0),
            session: flexible::text(&body["session"]).ok_or(EventError::Missing("session"))?,
            metadata: metadata(&body["metadata"]),
            engine: body["engine"].as_str().unwrap_or_default().to_owned(),
            payload: Payload::read(&kind, body["payload"].take()).without_own_number(me.as_ref()),
            me,
            kind,
        })
    }
}

impl Event {
    /// Key by which repeated deliveries are recognized.
    #[must_use]
    pub fn dedup_key(&self) -> String {
        format!("{}:{}", self.id, self.kind)
    }
}

impl Payload {
    /// A payload without the required fields of its kind stays unparsed.
    fn read(kind: &str, payload: Value) -> Self {
        let typed = match kind {
            "session.status" => SessionStatusChange::deserialize(&payload).ok().map(Self::SessionStatus),
            // Some engines tell of a change as of a message.
            "message" | "message.any" => Change::of_protocol(&payload)
                .map(Self::Change)
                .or_else(|| Message::read(payload.clone()).map(|message| Self::Message(Box::new(message)))),
            "message.ack" | "message.ack.group" => {
                Ack::read(&payload, kind == "message.ack.group").map(Self::Ack)
            }
            "message.edited" => Change::edited(&payload).map(Self::Change),
            "message.revoked" => Change::revoked(&payload).map(Self::Change),
            "message.reaction" => Change::reaction(&payload).map(Self::Change),
            "group.v2.join" | "group.v2.update" | "group.v2.participants" => {
                GroupNews::read(kind, &payload).map(Self::Group)
            }
            _ => None,
        };
        typed.unwrap_or(Self::Other(payload))
    }
}

impl Payload {
    /// Beside the LID of another, engines sometimes give the number of the account itself (docs/waha.md section 5).
    fn without_own_number(mut self, me: Option<&Me>) -> Self {
        if let (Self::Message(message), Some(me)) = (&mut self, me) {
            let own = |number: &String| me.is(&format!("{number}@c.us"));
            let number = message.number.take().filter(|number| !own(number) && !me.is(message.chat()));
            message.number = number;
        }
        self
    }
}

fn metadata(value: &Value) -> BTreeMap<String, String> {
    let entries = value.as_object().into_iter().flatten();
    entries.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}
