//! One of the two lines of a lane: what it waits for now, and what its caps and windows leave.

use chrono::{DateTime, Utc};
use wahana_domain::messages::Class;
use wahana_pacing::{Grant, grant};
use wahana_store::jobs::lane_limits::LaneLimit;
use wahana_store::jobs::relay::LaneFacts;

use crate::messages::waiting::Waiting;

/// One of the two lines of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it waits for; `None` while nothing but the pause between two messages holds it.
    pub waiting: Option<Waiting>,
    /// Messages that the caps still allow; `None` is no limit.
    pub left: Option<u32>,
    /// Chats that may still be begun today; `None` is no limit.
    pub new_chats_left: Option<u32>,
    /// When a window closes next.
    pub open_until: Option<DateTime<Utc>>,
}

impl Line {
    /// The line of this class. `limits` are those that the relay wrote down of the lane.
    pub fn of(facts: &LaneFacts, limits: &[LaneLimit], class: Class, now: DateTime<Utc>) -> Self {
        let waiting = Waiting::of_line(facts, limits, class, now);
        match grant(&facts.state, class, now) {
            Grant::Closed { .. } => {
                Self { waiting, left: Some(0), new_chats_left: Some(0), open_until: None }
            }
            Grant::Open(room) => {
                Self { waiting, left: room.left, new_chats_left: room.new_chats, open_until: room.until }
            }
        }
    }
}
