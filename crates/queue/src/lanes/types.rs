//! Types of lanes: pace, depth, parking, outcome. All times are ms since 1970 by Redis's clock.

use uuid::Uuid;

/// Id of a lane: the id of its WhatsApp session.
pub type LaneId = Uuid;

/// Class of a job: which of the two lines of a lane it waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Replies, transactional messages, one-time passwords: always first.
    Hi,
    /// Campaigns and other cold messages.
    Lo,
}

impl Class {
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Hi => "h",
            Self::Lo => "l",
        }
    }

    pub(crate) fn from_letter(letter: &str) -> Self {
        if letter == "h" { Self::Hi } else { Self::Lo }
    }
}

/// The scheduler's grant to a lane: how fast, how many, until when. A new grant replaces the old one
/// completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Shortest time between two claims, ms.
    pub gap_min_ms: u64,
    /// Longest time between two claims, ms; the gap is drawn from min to max, skewed towards the lower half.
    pub gap_max_ms: u64,
    /// Occasional longer gaps.
    pub breaks: Option<Breaks>,
    /// Jobs that may run at the same time; one more of class hi may while none of that class runs.
    pub max_in_flight: u32,
    /// Claims allowed until the next grant; `None` = no limit. A claim that ends in [`Settled::Again`] is
    /// given back.
    pub budget: Option<u64>,
    /// No claim at or after this time; `None` = open. The lane waits for a new grant then.
    pub open_until_ms: Option<i64>,
    /// No claim before this time.
    pub not_before_ms: i64,
    /// No claim of the low line from the first to the second time.
    pub lo_closed_ms: Option<(i64, i64)>,
    /// The organization of the lane; organizations take turns.
    pub organization: Uuid,
    /// Weight of the organization: its turns per turn of an organization with weight 1; at least 1.
    pub weight: u32,
    /// Whether Postgres has more jobs for the lane; only then a low depth is reported.
    pub more: bool,
}

/// A longer gap after about `every` claims (half to one and a half of it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaks {
    /// Mean number of claims between two of them.
    pub every: u32,
    /// Shortest, ms.
    pub min_ms: u64,
    /// Longest, ms.
    pub max_ms: u64,
}

/// Number of jobs in a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneDepth {
    /// Waiting, high.
    pub hi: u64,
    /// Waiting, low.
    pub lo: u64,
    /// Deferred by [`Settled::Again`] to a time that has not come (either class).
    pub later: u64,
    /// Running now.
    pub leased: u64,
}

impl LaneDepth {
    /// All waiting jobs, deferred included, running excluded.
    pub fn waiting(&self) -> u64 {
        self.hi + self.lo + self.later
    }
}

/// Scope of a park.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Park {
    /// The whole lane.
    All,
    /// Only class lo: replies continue (WhatsApp restricts cold sends separately).
    Lo,
}

impl Park {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Lo => "lo",
        }
    }
}

/// What to do with the Redis entry of a job after its handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Finished here, regardless of the result. A retry is a new push by the relay.
    Drop,
    /// Nothing was sent; deliver again, not before this time. Order and class are kept, the budget is given
    /// back.
    Again {
        /// Earliest time of the next delivery, ms.
        not_before_ms: i64,
    },
    /// Finished, and the lane must rest. Never shortens a longer rest.
    DropAndPark {
        /// End of the rest, ms.
        until_ms: i64,
        /// Scope of the rest.
        scope: Park,
    },
}

/// The reason why a lane does not run now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingFor {
    /// Nothing: the next job starts as soon as a worker is free.
    Worker,
    /// The lane is empty.
    Jobs,
    /// No grant was ever given (or it expired after a week of silence).
    Grant,
    /// `max_in_flight` jobs run.
    InFlight,
    /// The budget is used up.
    Budget,
    /// The window of the grant is over.
    Closed,
    /// `not_before_ms` of the grant.
    NotBefore,
    /// The gap since the last claim.
    Gap,
    /// Parked: the whole lane, or the only class that has jobs.
    Parked,
    /// All waiting jobs are deferred.
    Deferred,
}

impl WaitingFor {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Worker,
        Self::Jobs,
        Self::Grant,
        Self::InFlight,
        Self::Budget,
        Self::Closed,
        Self::NotBefore,
        Self::Gap,
        Self::Parked,
        Self::Deferred,
    ];

    /// Its name in the Lua scripts and in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "due",
            Self::Jobs => "empty",
            Self::Grant => "no_pace",
            Self::InFlight => "in_flight",
            Self::Budget => "budget",
            Self::Closed => "closed",
            Self::NotBefore => "not_before",
            Self::Gap => "pace",
            Self::Parked => "parked",
            Self::Deferred => "deferred",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// A lane as an operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneView {
    /// The lane.
    pub lane: LaneId,
    /// Number of jobs in it.
    pub depth: LaneDepth,
    /// Why it waits.
    pub waiting_for: WaitingFor,
    /// When the next job may start, ms; in the past if it waits only for a worker; `None` if not a time but
    /// an event is awaited.
    pub next_at_ms: Option<i64>,
    /// End of a park of the whole lane, ms; 0 = never parked.
    pub parked_until_ms: i64,
    /// End of a park of the low line, ms; 0 = never parked.
    pub lo_parked_until_ms: i64,
    /// Claims left in the current grant.
    pub budget_left: Option<u64>,
    /// End of the window of the current grant, ms.
    pub open_until_ms: Option<i64>,
}
