//! A WhatsApp account paired with us.

use crate::closed::{closed_enum, stored_code};
use crate::reason::Reason;

closed_enum! {
    /// What the owner wants of a session.
    Desired ("session_desired") {
        /// Connected, as far as the phone's owner lets it.
        Running = "running",
        /// Off, but still paired.
        Stopped = "stopped",
        /// Unpaired and removed.
        Deleted = "deleted",
    }
}

closed_enum! {
    /// What WAHA last said of a session. WAHA's set is open (docs/waha.md 0.17): what we do not know is `Unknown`.
    SessionStatus ("session_status") {
        /// Created here, not yet at WAHA.
        Pending = "pending",
        /// Off.
        Stopped = "stopped",
        /// Connecting.
        Starting = "starting",
        /// Waits for somebody to scan the QR code.
        ScanQrCode = "scan_qr_code",
        /// Waits for a passkey on the phone (WAHA 2026.7.1, GOWS).
        PasskeyRequired = "passkey_required",
        /// Connected: may send.
        Working = "working",
        /// Needs a restart, or a new pairing.
        Failed = "failed",
        /// A status this version does not know.
        Unknown = "unknown",
    }
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
    /// `paired`: somebody scanned it before, and its phone is known.
    pub const fn simple(self, paired: bool) -> SimpleStatus {
        match self {
            Self::Working => SimpleStatus::Connected,
            Self::Pending | Self::Starting if paired => SimpleStatus::Connecting,
            Self::Pending | Self::Starting | Self::ScanQrCode | Self::PasskeyRequired => {
                SimpleStatus::Pairing
            }
            Self::Stopped | Self::Failed | Self::Unknown => SimpleStatus::Disconnected,
        }
    }
}

closed_enum! {
    /// The status of a session in one of four words.
    SimpleStatus {
        /// May send.
        Connected = "connected",
        /// Paired before, and on its way to be connected again by itself.
        Connecting = "connecting",
        /// Waits for somebody to scan it.
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
        /// WhatsApp refuses most of its new chats.
        ManyRejections = "many_rejections",
        /// WhatsApp takes its new chats again, or somebody let it try again.
        RejectionsOver = "rejections_over",
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
        /// The device was removed on the phone: WhatsApp refuses its pairing.
        LoggedOut = "logged_out",
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

closed_enum! {
    /// Why a session rests after a signal of WhatsApp or WAHA: its whole lane, or with a restriction its bulk line.
    ParkReason {
        /// The session is not connected.
        SessionNotWorking = "session_not_working",
        /// The WAHA server of the session cannot be reached.
        NodeUnreachable = "node_unreachable",
        /// WhatsApp asked for less.
        RateLimited = "rate_limited",
        /// WhatsApp lets the account open no new chats for now.
        Restricted = "restricted",
        /// WhatsApp's quota of new chats is used up.
        MessageCapping = "message_capping",
        /// WhatsApp refuses most of its new chats.
        ManyRejections = "many_rejections",
    }
}

impl ParkReason {
    /// The reason for which a message waits with the session.
    pub const fn reason(self) -> Reason {
        match self {
            Self::SessionNotWorking => Reason::SessionNotWorking,
            Self::NodeUnreachable => Reason::NodeUnreachable,
            Self::RateLimited => Reason::RateLimited,
            Self::Restricted => Reason::Restricted,
            Self::MessageCapping => Reason::MessageCapping,
            Self::ManyRejections => Reason::ManyRejections,
        }
    }

    /// The line that it leaves in the session's history; `None` for a rest of a few seconds.
    pub const fn signal(self) -> Option<SessionSignal> {
        match self {
            Self::SessionNotWorking | Self::NodeUnreachable => None,
            Self::RateLimited => Some(SessionSignal::RateLimited),
            Self::Restricted => Some(SessionSignal::Restricted),
            Self::MessageCapping => Some(SessionSignal::MessageCapping),
            Self::ManyRejections => Some(SessionSignal::ManyRejections),
        }
    }
}

closed_enum! {
    /// How far WhatsApp's quota of new chats of an account is used up.
    QuotaStatus {
        /// Far from it.
        None = "none",
        /// WhatsApp warned once.
        FirstWarning = "first_warning",
        /// WhatsApp warned again.
        SecondWarning = "second_warning",
        /// It is used up.
        Capped = "capped",
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
