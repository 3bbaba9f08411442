//! Jobs about sessions.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wahana_domain::SessionId;
use wahana_domain::jobs::Queue;

use crate::{Job, Retry};

/// WAHA serialises the calls of one session and holds each for up to 30 s (docs/waha.md section 3, session locks).
const TIMEOUT: Duration = Duration::from_secs(45);
const RETRY: Retry = Retry { attempts: 10, base: Duration::from_secs(1), cap: Duration::from_secs(120) };

/// Bring a session at WAHA to what its owner wants of it: create, start, stop or delete it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncSession {
    /// The session.
    pub session: SessionId,
}

impl Job for SyncSession {
    const NAME: &'static str = "sync_session";
    const QUEUE: Queue = Queue::Sessions;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("sync:{}", self.session))
    }
}

/// Restart a session at WAHA, the only cure of FAILED (docs/waha.md 0.11).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestartSession {
    /// The session.
    pub session: SessionId,
}

impl Job for RestartSession {
    const NAME: &'static str = "restart_session";
    const QUEUE: Queue = Queue::Sessions;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("restart:{}", self.session))
    }
}

/// Unpair the phone; the session stays and asks for a new QR scan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogoutSession {
    /// The session.
    pub session: SessionId,
}

impl Job for LogoutSession {
    const NAME: &'static str = "logout_session";
    const QUEUE: Queue = Queue::Sessions;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("logout:{}", self.session))
    }
}

/// Stop a session at its old node, see it stopped, and give it to the new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveSession {
    /// The session.
    pub session: SessionId,
}

impl Job for MoveSession {
    const NAME: &'static str = "move_session";
    const QUEUE: Queue = Queue::Sessions;
    const TIMEOUT: Duration = TIMEOUT;
    /// About ten minutes: after that the session stays where it is.
    const RETRY: Retry = Retry { attempts: 20, base: Duration::from_secs(1), cap: Duration::from_secs(60) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("move:{}", self.session))
    }
}

/// Ask WAHA whether WhatsApp lets the account open new chats, again and again while it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckAccount {
    /// The session.
    pub session: SessionId,
}

impl Job for CheckAccount {
    const NAME: &'static str = "check_account";
    const QUEUE: Queue = Queue::Sessions;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("account:{}", self.session))
    }
}

/// Ask WAHA for the names of a session's groups: some have none yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameGroups {
    /// The session.
    pub session: SessionId,
}

impl Job for NameGroups {
    const NAME: &'static str = "name_groups";
    const QUEUE: Queue = Queue::Maintenance;
    const TIMEOUT: Duration = Duration::from_secs(60);
    const RETRY: Retry = Retry { attempts: 4, base: Duration::from_secs(60), cap: Duration::from_secs(3600) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("groups:{}", self.session))
    }
}

/// Read from WAHA's chats what a session missed while it, its node or we were away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoverEvents {
    /// The session.
    pub session: SessionId,
}

impl Job for RecoverEvents {
    const NAME: &'static str = "recover_events";
    const QUEUE: Queue = Queue::Maintenance;
    const TIMEOUT: Duration = Duration::from_secs(120);
    const RETRY: Retry = Retry { attempts: 8, base: Duration::from_secs(5), cap: Duration::from_secs(300) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("recover:{}", self.session))
    }
}

/// Check the next number that waits for this session to ask WhatsApp about it; slowly, as long as there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckNumbers {
    /// The session.
    pub session: SessionId,
}

impl Job for CheckNumbers {
    const NAME: &'static str = "check_numbers";
    const QUEUE: Queue = Queue::Maintenance;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("numbers:{}", self.session))
    }
}

/// Ask WAHA which numbers are behind the LIDs this session met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolveLids {
    /// The session.
    pub session: SessionId,
}

impl Job for ResolveLids {
    const NAME: &'static str = "resolve_lids";
    const QUEUE: Queue = Queue::Inbound;
    const TIMEOUT: Duration = TIMEOUT;
    const RETRY: Retry = RETRY;

    fn dedup_key(&self) -> Option<String> {
        Some(format!("lids:{}", self.session))
    }
}
