//! A WhatsApp account paired with us.

use serde::{Deserialize, Serialize};

use crate::closed::{closed_enum, stored_code};
use crate::reason::Reason;

/// What the owner wants of a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "session_desired", rename_all = "snake_case")]
pub enum Desired {
    /// Connected, as far as the phone's owner lets it.
    Running,
    /// Off, but still paired.
    Stopped,
    /// Unpaired and removed.
    Deleted,
}

/// What WAHA last said of a session. WAHA's set is open (docs/waha.md 0.17): what we do not know is `Unknown`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "session_status", rename_all = "snake_case")]
pub enum SessionStatus {
    /// Created here, not yet at WAHA.
    Pending,
    /// Off.
    Stopped,
    /// Connecting.
    Starting,
    /// Waits for somebody to scan the QR code.
    ScanQrCode,
    /// Waits for a passkey on the phone (WAHA 2026.7.1, GOWS).
    PasskeyRequired,
    /// Connected: may send.
    Working,
    /// Needs a restart, or a new pairing.
    Failed,
    /// A status this version does not know.
    Unknown,
}

impl SessionStatus {
    /// Reads WAHA's word.
    pub fn from_waha(word: &str) -> Self {
        match word {
            "STOPPED" => Self::Stopped,
            "STARTING" => Self::Starting,
            "SCAN_QR_CODE" => Self::ScanQrCode,
            "PASSKEY_REQUIRED" | "PASSKEY_CONFIRMATION_REQUIRED" => Self::PasskeyRequired,
            "WORKING" => Self::Working,
            "FAILED" => Self::Failed,
            _ => Self::Unknown,
        }
    }

    /// Whether only a person with the phone can bring it on.
    pub const fn needs_a_human(self) -> bool {
        matches!(self, Self::ScanQrCode | Self::PasskeyRequired)
    }

    /// The status in three words: connected, disconnected, pairing.
    pub const fn simple(self) -> SimpleStatus {
        match self {
            Self::Working => SimpleStatus::Connected,
            Self::Pending | Self::Starting | Self::ScanQrCode | Self::PasskeyRequired => {
                SimpleStatus::Pairing
            }
            Self::Stopped | Self::Failed | Self::Unknown => SimpleStatus::Disconnected,
        }
    }
}

closed_enum! {
    /// The status of a session in one of three words.
    SimpleStatus {
        /// May send.
        Connected = "connected",
        /// On its way to be connected, perhaps with somebody's help.
        Pairing = "pairing",
        /// Off, or in need of help.
        Disconnected = "disconnected",
    }
}

closed_enum! {
    /// What happened to a session besides a mere change of its status.
    SessionSignal {
        /// A person with the phone has to scan its QR code.
        NeedsScan = "needs_scan",
        /// It shows a QR code.
        ScanQrCode = "scan_qr_code",
        /// It waits for a passkey on the phone.
        PasskeyRequired = "passkey_required",
        /// Its WAHA server does not answer.
        NodeAway = "node_away",
        /// Its WAHA server answers again.
        NodeBack = "node_back",
        /// Its WAHA server is dead.
        NodeDead = "node_dead",
        /// It moves to another WAHA server.
        Moving = "moving",
        /// It moved to another WAHA server.
        Moved = "moved",
        /// WhatsApp lets it open no new chats.
        Restricted = "restricted",
        /// WhatsApp's quota of new chats is used up.
        MessageCapping = "message_capping",
        /// It may open new chats again.
        RestrictionLifted = "restriction_lifted",
        /// WhatsApp asked for less.
        RateLimited = "rate_limited",
        /// Nothing is heard of it though it works.
        Deaf = "deaf",
        /// Its messages are not confirmed.
        Unacked = "unacked",
        /// A restart was asked for.
        Restart = "restart",
        /// A restart waits for its turn.
        RestartBudget = "restart_budget",
        /// Many restarts did not help.
        RestartsExhausted = "restarts_exhausted",
        /// It failed.
        Failed = "failed",
        /// What was missed was read back.
        Recovered = "recovered",
    }
}

stored_code! {
    /// The code of a line in a session's history.
    SessionSignalCode of SessionSignal
}

impl SessionSignal {
    /// The line that a restriction leaves in the history.
    pub const fn of_restriction(reason: Reason) -> Self {
        match reason {
            Reason::MessageCapping => Self::MessageCapping,
            _ => Self::Restricted,
        }
    }
}

closed_enum! {
    /// Why a session moves to another WAHA server.
    MoveReason {
        /// An operator said so.
        Operator = "operator",
        /// Its node is drained.
        Drain = "drain",
        /// Its node is dead.
        DeadNode = "dead_node",
    }
}

stored_code! {
    /// The reason of a recorded move.
    MoveReasonCode of MoveReason
}

closed_enum! {
    /// How far the move of a session is.
    MoveState {
        /// Under way.
        Moving = "moving",
        /// It arrived.
        Done = "done",
        /// Given up.
        Failed = "failed",
    }
}

stored_code! {
    /// The state of a recorded move.
    MoveStateCode of MoveState
}
