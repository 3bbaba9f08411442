//! `message.ack` and `message.ack.group`: delivery state of a message. Acks arrive late, twice and in any
//! order, so a receiver must only move forward.

use serde_json::Value;

use super::flexible;
use crate::{ChatId, MessageId};

/// Delivery state of a message. Ordered; `Error` is the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AckLevel {
    /// -1: WhatsApp refused it.
    Error,
    /// 0: in the engine.
    Pending,
    /// 1: at WhatsApp.
    Server,
    /// 2: on the phone.
    Device,
    /// 3: seen.
    Read,
    /// 4: listened to.
    Played,
}

impl AckLevel {
    /// WAHA's number.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Error => -1,
            Self::Pending => 0,
            Self::Server => 1,
            Self::Device => 2,
            Self::Read => 3,
            Self::Played => 4,
        }
    }

    /// From WAHA's number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            -1 => Self::Error,
            0 => Self::Pending,
            1 => Self::Server,
            2 => Self::Device,
            3 => Self::Read,
            4 => Self::Played,
            _ => return None,
        })
    }
}

/// One ack.
#[derive(Clone, Debug)]
pub struct Ack {
    /// The message; compare the bare id.
    pub id: MessageId,
    /// The chat.
    pub chat: String,
    /// Whether it is about our own message.
    pub from_me: bool,
    /// The delivery state.
    pub level: AckLevel,
    /// Whether it is of a group: then it is about one member, and delivery is level 1 on NOWEB.
    pub of_group: bool,
    /// The member of the group whose phone it is about, where WAHA tells.
    pub member: Option<String>,
    /// When the phone said so (Unix seconds), where WAHA tells.
    pub at: Option<i64>,
    /// Reason of a refusal; only in newer versions of WAHA.
    pub error: Option<AckError>,
}

/// Why WhatsApp refused a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckError {
    /// Such as `463`.
    pub code: String,
    /// Whether the account is restricted.
    pub blocked: bool,
    /// Such as `account_restricted`.
    pub reason: Option<String>,
    /// Unix seconds of the restriction's end, if told.
    pub until: Option<i64>,
}

impl Ack {
    pub(super) fn read(payload: &Value, of_group: bool) -> Option<Self> {
        let id = MessageId::from_answer(payload)?;
        Some(Self {
            of_group,
            member: of_group.then(|| member(payload, &id)).flatten(),
            at: receipt_time(&payload["_data"]["receipt"]),
            id,
            chat: payload["from"].as_str().unwrap_or_default().to_owned(),
            from_me: payload["fromMe"].as_bool().unwrap_or(true),
            level: flexible::integer(&payload["ack"]).and_then(AckLevel::from_number)?,
            error: AckError::read(&payload["error"]),
        })
    }
}

/// The member that a receipt of a group is about: NOWEB's `userJid`, the participant, GOWS' sender, else the end of the id,
/// which may as well be the author of the message.
fn member(payload: &Value, id: &MessageId) -> Option<String> {
    let data = &payload["_data"];
    let told =
        [&data["receipt"]["userJid"], &payload["participant"], &data["Sender"], &data["Info"]["Sender"]];
    let of_id = || id.serialized().split('_').nth(3).map(str::to_owned);
    let jid = told.into_iter().find_map(flexible::text).or_else(of_id)?;
    ChatId::parse(&jid).ok().filter(|chat| !chat.is_group()).map(|chat| chat.as_str().to_owned())
}

fn receipt_time(receipt: &Value) -> Option<i64> {
    let times = [&receipt["readTimestamp"], &receipt["receiptTimestamp"], &receipt["playedTimestamp"]];
    times.into_iter().find_map(flexible::integer).map(flexible::seconds).filter(|at| *at > 0)
}

impl AckError {
    fn read(error: &Value) -> Option<Self> {
        let code = error["code"].as_str().map(str::to_owned);
        let code = code.or_else(|| flexible::integer(&error["code"]).map(|number| number.to_string()))?;
        Some(Self {
            code,
            blocked: error["blocked"].as_bool().unwrap_or(false),
            reason: flexible::text(&error["reason"]),
            until: flexible::time(&error["until"]),
        })
    }
}
