//! What may become of a message. The SQL guard (`message_next`), docs/states and the tests come from this table.

use crate::states::states;

states! {
    /// The state of a message.
    MessageState ("message_state") {
        /// Written down for a campaign, not yet released to its lane.
        Accepted = "accepted" => [Scheduled, Queued, Cancelled, Expired],
        /// Waits for its `send_at`.
        Scheduled = "scheduled" => [Queued, Cancelled, Expired],
        /// Waits for its turn in the lane. WhatsApp may prove it sent while we wait to retry.
        Queued = "queued" => [Sending, Sent, Delivered, Read, Played, Failed, Cancelled, Expired],
        /// A worker holds the fence and is calling WAHA.
        Sending = "sending" => [Sent, Queued, Failed, Unknown, Cancelled, Expired, Delivered, Read, Played],
        /// The answer of WAHA was lost; being looked for before anything is sent again.
        Unknown = "unknown" => [Sent, Delivered, Read, Played, Failed, Queued],
        /// WAHA took it, or WhatsApp's server did (ack 1).
        Sent = "sent" => [Delivered, Read, Played, Failed],
        /// On the recipient's device (ack 2).
        Delivered = "delivered" => [Read, Played],
        /// Read (ack 3).
        Read = "read" => [Played],
        /// A voice note that was played (ack 4).
        Played = "played" => [],
        /// Gave up, with a code; an operator may replay it, and a late ack may prove us wrong.
        Failed = "failed" => [Queued, Sent, Delivered, Read, Played],
        /// Was not sent within its validity.
        Expired = "expired" => [],
        /// Was taken back, or the recipient must not be written to.
        Cancelled = "cancelled" => [],
        /// An inbound message.
        Received = "received" => [],
    }
}

impl MessageState {
    /// Whether a campaign need not wait for it any more.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Accepted | Self::Scheduled | Self::Queued | Self::Sending | Self::Unknown)
    }

    /// What an ack of WhatsApp means: -1 error, 1 server, 2 device, 3 read, 4 played. 0 (pending) says nothing.
    pub const fn from_ack(ack: i64) -> Option<Self> {
        match ack {
            -1 => Some(Self::Failed),
            1 => Some(Self::Sent),
            2 => Some(Self::Delivered),
            3 => Some(Self::Read),
            4 => Some(Self::Played),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MessageState::*;
    use super::*;

    #[test]
    fn acks_only_move_forward() {
        for (from, to) in [
            (Read, Delivered),
            (Read, Sent),
            (Delivered, Sent),
            (Played, Read),
            (Delivered, Failed),
            (Read, Failed),
        ] {
            assert!(!from.can_become(to), "{from} -> {to}");
        }
        for (from, to) in [(Sending, Read), (Sent, Read), (Unknown, Delivered), (Failed, Delivered)] {
            assert!(from.can_become(to), "{from} -> {to}");
        }
    }

    #[test]
    fn every_state_is_reachable_and_settled_states_never_go_back_by_themselves() {
        for state in MessageState::ALL {
            let reachable = !state.predecessors().is_empty() || matches!(state, Accepted | Received);
            assert!(reachable, "{state}");
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        assert!(MessageState::ALL.iter().filter(|s| s.is_settled()).all(|s| !s.can_become(Sending)));
        assert!(MessageState::mermaid().contains("sending --> unknown"));
    }
}
