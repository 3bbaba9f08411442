//! Injected faults and their probabilities. They can be changed at runtime (`PUT /sim/faults`).

use serde::{Deserialize, Serialize};

use crate::{engine::Engine, seed::Dice};

/// A fault of one send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 500 `Connection Closed`; not sent (transcript C118).
    ConnectionClosed,
    /// Sent, but the answer never comes.
    Hang,
    /// The connection is cut; not sent.
    DropBefore,
    /// Sent, then the connection is cut.
    DropAfter,
    /// Sent, then WAHA died before it stored the message: no answer, no echo, not in the chat. Acks come all the same.
    DiedAfter,
    /// 500 `rate-overlimit`; not sent.
    RateOverlimit,
    /// Error 463. NOWEB: 201, then ack -1. GOWS: 500. Only for chats that never wrote to us.
    Restricted,
    /// The caller hears nothing and hangs up; WAHA goes on and sends it all the same (NOWEB's own limits are longer).
    SentLate,
}

/// One fault for the next send that matches.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Once {
    /// The fault.
    pub fault: Fault,
    /// Only for this session.
    #[serde(default)]
    pub session: Option<String>,
    /// Only for this chat id.
    #[serde(default)]
    pub chat: Option<String>,
}

/// All faults. Probabilities are per send and between 0 and 1.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// See [`Fault::ConnectionClosed`].
    pub connection_closed: f64,
    /// See [`Fault::Hang`].
    pub hang: f64,
    /// See [`Fault::DropBefore`].
    pub drop_before: f64,
    /// See [`Fault::DropAfter`].
    pub drop_after: f64,
    /// See [`Fault::DiedAfter`].
    pub died_after: f64,
    /// See [`Fault::RateOverlimit`].
    pub rate_overlimit: f64,
    /// See [`Fault::Restricted`].
    pub restricted: f64,
    /// See [`Fault::SentLate`].
    pub sent_late: f64,
    /// When WAHA sends what the caller no longer waits for. Not scaled; 0 is three minutes.
    pub late_ms: u64,
    /// How long a node that restarts or dies refuses connections. Not scaled; 0 is a second of WAHA's time.
    pub boot_ms: u64,
    /// How long a hanging answer hangs before the connection is cut. Not scaled; 0 is ten minutes.
    pub hang_ms: u64,
    /// Duration of every send; WhatsApp has the message only at its end. Not scaled.
    pub send_ms: u64,
    /// These happen first, each once.
    pub once: Vec<Once>,
    /// Accounts in the "reachout timelock": every cold chat is refused with 463.
    pub restricted_sessions: Vec<String>,
    /// Accounts whose quota of new chats is used up ("message capping"): every cold chat is refused with 475.
    pub capped_sessions: Vec<String>,
    /// Accounts that WhatsApp warned about their quota of new chats (`FIRST_WARNING`).
    pub warned_sessions: Vec<String>,
    /// Chats that are refused with 463 though the account is free: WhatsApp has no token for them.
    pub refused_chats: Vec<String>,
    /// WORKING, but their events wait until a restart.
    pub deaf_sessions: Vec<String>,
    /// WhatsApp cannot be reached: sessions stay STARTING and end FAILED.
    pub unreachable: bool,
    /// The node cuts every connection.
    pub node_down: bool,
    /// The probability that a webhook is sent twice.
    pub webhook_duplicate: f64,
    /// The probability that a webhook arrives after later ones.
    pub webhook_disorder: f64,
    /// Maximum delay of such a webhook. Scaled; 0 is two seconds.
    pub webhook_disorder_ms: u64,
}

impl Faults {
    /// The fault of the `n`th attempt of this session to write to this chat. `cold` is a chat that never
    /// wrote.
    pub(crate) fn of_send(
        &mut self,
        seed: u64,
        session: &str,
        chat: &str,
        n: u32,
        cold: bool,
    ) -> Option<Fault> {
        if let Some(at) = self.once.iter().position(|once| once.fits(session, chat)) {
            return Some(self.once.remove(at).fault);
        }
        if cold && self.holds(session) || self.refused_chats.iter().any(|refused| refused == chat) {
            return Some(Fault::Restricted);
        }
        let chances = [
            (self.connection_closed, Fault::ConnectionClosed),
            (self.hang, Fault::Hang),
            (self.drop_before, Fault::DropBefore),
            (self.drop_after, Fault::DropAfter),
            (self.died_after, Fault::DiedAfter),
            (self.rate_overlimit, Fault::RateOverlimit),
            (if cold { self.restricted } else { 0.0 }, Fault::Restricted),
            (self.sent_late, Fault::SentLate),
        ];
        let mut left = Dice::new(seed, "fault", session, chat, n).unit();
        for (chance, fault) in chances {
            if left < chance {
                return Some(fault);
            }
            left -= chance;
        }
        None
    }

    /// Whether WhatsApp refuses new chats of this session.
    pub(crate) fn holds(&self, session: &str) -> bool {
        self.restricted_sessions.iter().chain(&self.capped_sessions).any(|name| name == session)
    }

    /// Whether no send can fail.
    pub(crate) fn none_for_sends(&self) -> bool {
        let sum =
            self.connection_closed + self.hang + self.drop_before + self.drop_after + self.rate_overlimit;
        sum + self.died_after + self.restricted + self.sent_late == 0.0
            && self.refused_chats.is_empty()
            && self.once.is_empty()
            && self.restricted_sessions.is_empty()
            && self.capped_sessions.is_empty()
    }
}

impl Once {
    fn fits(&self, session: &str, chat: &str) -> bool {
        self.session.as_deref().is_none_or(|name| name == session)
            && self.chat.as_deref().is_none_or(|id| id == chat)
    }
}

impl Fault {
    /// Whether WhatsApp has the message even if the caller may see an error.
    pub(crate) fn is_sent(self, engine: Engine) -> bool {
        match self {
            Self::Hang | Self::DropAfter | Self::DiedAfter | Self::SentLate => true,
            Self::Restricted => engine != Engine::Gows,
            Self::ConnectionClosed | Self::DropBefore | Self::RateOverlimit => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_shot_faults_come_first_and_once() {
        let once = Once { fault: Fault::Hang, session: Some("a".into()), chat: None };
        let mut faults = Faults { once: vec![once], ..Faults::default() };
        assert_eq!(faults.of_send(1, "b", "c", 0, true), None);
        assert_eq!(faults.of_send(1, "a", "c", 0, true), Some(Fault::Hang));
        assert_eq!(faults.of_send(1, "a", "c", 1, true), None);
        assert!(faults.none_for_sends());
    }

    #[test]
    fn a_restricted_account_may_still_answer() {
        let mut faults = Faults { restricted: 1.0, ..Faults::default() };
        assert_eq!(faults.of_send(1, "a", "c", 0, true), Some(Fault::Restricted));
        assert_eq!(faults.of_send(1, "a", "c", 0, false), None);
    }
}
