//! A WhatsApp account paired with us.

use serde::{Deserialize, Serialize};

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
    pub const fn simple(self) -> &'static str {
        match self {
            Self::Working => "connected",
            Self::Pending | Self::Starting | Self::ScanQrCode | Self::PasskeyRequired => "pairing",
            Self::Stopped | Self::Failed | Self::Unknown => "disconnected",
        }
    }
}
