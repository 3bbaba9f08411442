//! What is known of a lane, the paced line of one session, when somebody asks what it may do.

use chrono::{DateTime, Utc};

use crate::policy::PacingPolicy;
use crate::sessions::{Desired, SessionStatus};

/// A lane as it stands now.
#[derive(Clone, Debug)]
pub struct LaneState {
    /// Its pace.
    pub policy: PacingPolicy,
    /// What the session's owner wants.
    pub desired: Desired,
    /// What WAHA last said of the session.
    pub status: SessionStatus,
    /// Whether an operator holds it back.
    pub paused: bool,
    /// No message at all before this time.
    pub parked_until: Option<DateTime<Utc>>,
    /// No bulk message before this time.
    pub bulk_parked_until: Option<DateTime<Utc>>,
    /// What was sent, by the quarter hour it began in, over at least the last 25 hours.
    pub usage: Vec<Used>,
    /// When its number sent for the first time; `None` while it has not.
    pub warm_up_from: Option<DateTime<Utc>>,
}

/// What a lane sent in one quarter of an hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    /// When the quarter began.
    pub quarter: DateTime<Utc>,
    /// Messages of both classes.
    pub sent: u32,
    /// Of those, messages of class bulk.
    pub bulk: u32,
    /// Of all, messages that began a chat.
    pub new_chats: u32,
}
