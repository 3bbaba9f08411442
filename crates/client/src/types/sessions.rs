//! Sessions and sender pools.

use serde::{Deserialize, Serialize};
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{SenderPoolId, SessionId};

/// A session to create.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CreateSession {
    /// For people.
    pub name: String,
    /// How fast and when it may send; by default as docs/openapi.json says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PacingPolicy>,
}

/// A WhatsApp account.
#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// For people.
    pub name: String,
    /// What WAHA last said of it.
    pub status: SessionStatus,
    /// Number of the paired phone, once there is one.
    #[serde(default)]
    pub phone: Option<String>,
}

/// A QR code.
#[derive(Clone, Debug, Deserialize)]
pub struct Qr {
    /// What it encodes.
    pub value: String,
}

/// A sender pool to create.
#[derive(Clone, Debug, Serialize)]
pub struct CreateSenderPool {
    /// For people.
    pub name: String,
    /// Its sessions.
    pub members: Vec<NewMember>,
}

/// A session of a pool.
#[derive(Clone, Debug, Serialize)]
pub struct NewMember {
    /// The session.
    pub session_id: SessionId,
}

/// Several sessions behind one sender.
#[derive(Clone, Debug, Deserialize)]
pub struct SenderPool {
    /// Its id.
    pub id: SenderPoolId,
    /// For people.
    pub name: String,
}
