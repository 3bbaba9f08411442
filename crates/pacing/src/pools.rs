//! Choice of the pool member that writes to a person. A pure function of the members' states and one random
//! number.
//!
//! A person keeps the member that they know, as long as it can write. Otherwise a member is drawn by weight;
//! the weight falls as its daily cap is used up and as messages queue for it.

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_domain::lanes::LaneState;
use wahana_domain::messages::Class;
use wahana_domain::sender_pools::MemberStanding;

use crate::{Grant, WaitingFor, grant};

/// A member with this many waiting messages gets no more while another has fewer, because its pace limits it,
/// not its weight.
pub const MAX_WAITING: u32 = 200;

/// Whether a member can send messages of one class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It sends; a cap may limit how many more today.
    Sends {
        /// Messages left; `None` is no limit.
        left: Option<u32>,
    },
    /// It continues at a known time: quiet hours, a cap.
    Rests {
        /// Why it rests.
        why: WaitingFor,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// It does not send: not connected, stopped, or parked after a signal of WhatsApp. Its peers take over.
    Out {
        /// The reason.
        why: WaitingFor,
        /// Until when, if a time ends it.
        until: Option<DateTime<Utc>>,
    },
}

impl Standing {
    /// The same in one word.
    pub const fn name(&self) -> MemberStanding {
        match self {
            Self::Sends { .. } => MemberStanding::Sends,
            Self::Rests { .. } => MemberStanding::Rests,
            Self::Out { .. } => MemberStanding::Out,
        }
    }
}

impl From<Grant> for Standing {
    fn from(grant: Grant) -> Self {
        match grant {
            // Nearly all messages of a pool begin a chat.
            Grant::Open(room) => Self::Sends { left: room.left.into_iter().chain(room.new_chats).min() },
            Grant::Closed { why: why @ WaitingFor::Parked, until } => Self::Out { why, until },
            Grant::Closed { why, until: Some(until) } => Self::Rests { why, until },
            Grant::Closed { why, until: None } => Self::Out { why, until: None },
        }
    }
}

/// The current state of a member.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The session.
    pub session: SessionId,
    /// Its weight relative to the others, set by the owner.
    pub weight: u32,
    /// Whether the owner enabled it.
    pub enabled: bool,
    /// Whether it sends.
    pub standing: Standing,
    /// Daily cap, if there is one.
    pub daily_cap: Option<u32>,
    /// Messages that already wait for it.
    pub waiting: u32,
}

/// Suitability of a member, best first; the choice is among the members of the best class that occurs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fitness {
    /// It sends.
    Sends,
    /// It sends, but many messages wait for it.
    Busy,
    /// It continues at a known time: quiet hours, a cap.
    Rests,
    /// It does not send, and the time when it will is unknown.
    Out,
}

impl Member {
    /// A session as a member: the owner's settings, its waiting messages, and the state of its lane for this
    /// class.
    pub fn of(
        lane: (SessionId, &LaneState),
        weight: u32,
        enabled: bool,
        waiting: u32,
        class: Class,
        now: DateTime<Utc>,
    ) -> Self {
        let (session, state) = lane;
        let daily_cap = state.policy.daily_cap.filter(|_| class == Class::Bulk);
        Self { session, weight, enabled, waiting, daily_cap, standing: grant(state, class, now).into() }
    }

    fn fitness(&self) -> Option<Fitness> {
        if !self.enabled {
            return None;
        }
        Some(match self.standing {
            Standing::Sends { left }
                if self.waiting >= MAX_WAITING || left.is_some_and(|l| l <= self.waiting) =>
            {
                Fitness::Busy
            }
            Standing::Sends { .. } => Fitness::Sends,
            Standing::Rests { .. } => Fitness::Rests,
            Standing::Out { .. } => Fitness::Out,
        })
    }

    /// Its current weight: 0 while it does not send; it falls as the daily cap is used or reserved.
    pub fn weight_in_force(&self) -> u32 {
        match (self.fitness(), self.standing) {
            (Some(Fitness::Sends), Standing::Sends { left }) => self.scaled(left),
            _ => 0,
        }
    }

    fn scaled(&self, left: Option<u32>) -> u32 {
        let (Some(left), Some(cap)) = (left, self.daily_cap) else { return self.weight };
        let free = left.saturating_sub(self.waiting).min(cap);
        let share = u64::from(self.weight) * u64::from(free) / u64::from(cap.max(1));
        u32::try_from(share).unwrap_or(u32::MAX).clamp(1, self.weight.max(1))
    }

    fn share(&self, fitness: Fitness) -> u32 {
        if fitness == Fitness::Sends { self.weight_in_force() } else { self.weight }
    }

    /// Whether it can take over messages of another member.
    pub fn can_take_over(&self) -> bool {
        self.fitness().is_some_and(|fitness| fitness < Fitness::Out)
    }
}

/// The members that a person knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// The person wrote to this member: the chat continues there, even if it has to wait.
    pub chat: Option<SessionId>,
    /// This member wrote to the person before.
    pub wrote: Option<SessionId>,
}

/// The member that writes next: the one that the person has a chat with; else the one that wrote before,
/// unless it is out; else one drawn by `dice` (0 to 1). `None` if no member is enabled.
pub fn pick(members: &[Member], known: Known, dice: f64) -> Option<SessionId> {
    let enabled = |id| members.iter().find(|m| Some(m.session) == id && m.enabled);
    let kept = enabled(known.chat).or_else(|| enabled(known.wrote).filter(|m| m.can_take_over()));
    if let Some(member) = kept {
        return Some(member.session);
    }
    let best = members.iter().filter_map(Member::fitness).min()?;
    let drawn: Vec<(SessionId, u32)> =
        members.iter().filter(|m| m.fitness() == Some(best)).map(|m| (m.session, m.share(best))).collect();
    let total: u64 = drawn.iter().map(|(_, share)| u64::from(*share)).sum();
    let mut at = (dice.clamp(0.0, 1.0) * total as f64) as u64;
    for (session, share) in &drawn {
        if at < u64::from(*share) {
            return Some(*session);
        }
        at -= u64::from(*share);
    }
    drawn.last().map(|(session, _)| *session)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(n: u128) -> SessionId {
        SessionId::new(DateTime::<Utc>::UNIX_EPOCH, n)
    }

    fn member(n: u128, weight: u32) -> Member {
        let standing = Standing::Sends { left: None };
        Member { session: session(n), weight, enabled: true, standing, daily_cap: None, waiting: 0 }
    }

    const OUT: Standing = Standing::Out { why: WaitingFor::SessionNotWorking, until: None };
    const NIGHT: Standing =
        Standing::Rests { why: WaitingFor::QuietHours, until: DateTime::<Utc>::UNIX_EPOCH };

    fn shares(members: &[Member]) -> Vec<usize> {
        let drawn: Vec<_> =
            (0..1000).filter_map(|n| pick(members, Known::default(), f64::from(n) / 1000.0)).collect();
        members.iter().map(|m| drawn.iter().filter(|s| **s == m.session).count()).collect()
    }

    #[test]
    fn weights_decide_among_members_that_send() {
        assert_eq!(shares(&[member(1, 100), member(2, 300)]), [250, 750]);
        let off = Member { enabled: false, ..member(3, 900) };
        let down = Member { standing: OUT, ..member(4, 900) };
        let night = Member { standing: NIGHT, ..member(5, 900) };
        assert_eq!(shares(&[member(1, 100), off, down, night, member(2, 300)]), [250, 0, 0, 0, 750]);
    }

    #[test]
    fn a_used_up_cap_and_a_long_line_take_weight_away() {
        let half =
            Member { standing: Standing::Sends { left: Some(50) }, daily_cap: Some(100), ..member(1, 100) };
        assert_eq!(half.weight_in_force(), 50);
        assert_eq!(Member { waiting: 40, ..half }.weight_in_force(), 10);
        assert_eq!(Member { waiting: 50, ..half }.weight_in_force(), 0);
        assert_eq!(shares(&[half, member(2, 100)]), [334, 666]);
        let long = Member { waiting: MAX_WAITING, ..member(3, 1000) };
        assert_eq!(shares(&[half, long, member(2, 100)]), [334, 0, 666]);
        assert_eq!(shares(&[long]), [1000]);
    }

    #[test]
    fn a_person_keeps_the_member_they_know_while_it_can_write() {
        let wrote = Known { wrote: Some(session(1)), chat: None };
        let chat = Known { wrote: Some(session(2)), chat: Some(session(1)) };
        let kept = |first: Member, known| pick(&[first, member(2, 1000)], known, 0.9) == Some(session(1));
        let (night, down) =
            (Member { standing: NIGHT, ..member(1, 1) }, Member { standing: OUT, ..member(1, 1) });
        let off = Member { enabled: false, ..member(1, 1) };
        assert!([member(1, 1), night].into_iter().all(|first| kept(first, wrote) && kept(first, chat)));
        assert!(!kept(down, wrote), "who only wrote is replaced");
        assert!(kept(down, chat), "a chat waits for its member");
        assert!(!kept(off, wrote) && !kept(off, chat));
    }

    #[test]
    fn when_all_rest_or_are_out_somebody_is_still_chosen() {
        let night = Member { standing: NIGHT, ..member(1, 100) };
        let down = Member { standing: OUT, ..member(2, 100) };
        assert_eq!(pick(&[night, down], Known::default(), 0.99), Some(session(1)));
        assert_eq!(pick(&[down], Known::default(), 0.5), Some(session(2)));
        assert_eq!(pick(&[Member { enabled: false, ..down }], Known::default(), 0.5), None);
        assert_eq!(pick(&[], Known::default(), 0.5), None);
        assert!(night.can_take_over() && !down.can_take_over());
    }
}
