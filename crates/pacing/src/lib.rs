//! Pacing: how many messages a lane may send now; if none, the reason and until when. Pure functions of facts
//! and time.
//!
//! The relay, the API and the forecast use the same function, so that they cannot disagree.

mod book;
mod calendar;
mod caps;
pub mod day;
pub mod forecast;
pub mod gap;
pub mod pools;
pub mod rate;
pub mod windows;

use chrono::{DateTime, Utc};
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_domain::sessions::{Desired, SessionStatus};

pub use wahana_domain::waiting::WaitingFor;
pub use windows::Window;

/// What one class of a lane may do now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grant {
    /// It may send, one message per pause.
    Open(Room),
    /// It may not.
    Closed {
        /// The reason that lasts longest.
        why: WaitingFor,
        /// Until when; `None` if not a time but an act ends it.
        until: Option<DateTime<Utc>>,
    },
}

/// How many messages an open class may send.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Room {
    /// Messages left; `None` is no limit.
    pub left: Option<u32>,
    /// Of those, messages that begin a chat; `None` is no limit.
    pub new_chats: Option<u32>,
    /// When a window closes, if one does.
    pub until: Option<DateTime<Utc>>,
}

impl Room {
    /// The number of messages that fit if the fraction `new_chats` (0 to 1) of them begins a chat.
    pub(crate) fn fits(&self, new_chats: f64) -> f64 {
        let left = self.left.map_or(f64::INFINITY, f64::from);
        match self.new_chats {
            Some(chats) if new_chats > 0.0 => left.min((f64::from(chats) / new_chats).max(1.0)),
            _ => left,
        }
    }
}

/// What this class of the lane may do at `now`. Windows and caps do not stop transactional messages, because
/// somebody waits for them; pauses do.
pub fn grant(lane: &LaneState, class: Class, now: DateTime<Utc>) -> Grant {
    if lane.paused {
        return Grant::Closed { why: WaitingFor::Paused, until: None };
    }
    if lane.desired != Desired::Running {
        return Grant::Closed { why: WaitingFor::SessionStopped, until: None };
    }
    if lane.status != SessionStatus::Working {
        return Grant::Closed { why: WaitingFor::SessionNotWorking, until: None };
    }
    let mut closed: Option<(DateTime<Utc>, WaitingFor)> = None;
    let mut close = |why, until| {
        if until > now && closed.is_none_or(|(longest, _)| until > longest) {
            closed = Some((until, why));
        }
    };
    if let Some(until) = lane.parked_until {
        close(WaitingFor::Parked, until);
    }
    let mut room = Room::default();
    if class == Class::Bulk {
        if let Some(until) = lane.bulk_parked_until {
            close(WaitingFor::Parked, until);
        }
        match windows::of_sender(&lane.policy, None, now) {
            Window::Open(until) => room.until = until,
            Window::Closed(why, until) => close(why, until),
        }
        for cap in caps::of(lane, now) {
            if cap.left == 0 {
                close(cap.why, cap.until);
            }
            room.left = Some(room.left.map_or(cap.left, |left| left.min(cap.left)));
        }
        room.new_chats = caps::new_chats(lane, now);
    }
    match closed {
        Some((until, why)) => Grant::Closed { why, until: Some(until) },
        None => Grant::Open(room),
    }
}

/// End of the day for which new chats are counted.
pub fn new_chats_again(lane: &LaneState, now: DateTime<Utc>) -> DateTime<Utc> {
    calendar::day(lane.policy.time_zone, now).1
}

#[cfg(test)]
mod tests;
