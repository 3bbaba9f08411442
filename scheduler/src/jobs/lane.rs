//! A lane while it is being refilled: how much each line may still take, and which limit binds.

use chrono::{DateTime, Utc};
use wahana_pacing::WaitingFor;
use wahana_store::jobs::relay::LaneFacts;

/// Lanes refilled in one round. Who comes during a round is in the next one, or organizations / lanes per round later.
pub(crate) const LANES_PER_ROUND: usize = 32;

/// What holds a line, and until when, if that is known.
pub(crate) type Bound = (WaitingFor, Option<DateTime<Utc>>);

/// A lane being refilled.
pub(crate) struct Lane {
    pub(crate) facts: LaneFacts,
    /// Room of the two lines.
    pub(crate) hi: u32,
    pub(crate) lo: u32,
    /// Chats that may be begun; `None` is no limit.
    pub(crate) new_chats: Option<u32>,
    /// What holds the two lines: the strictest limit met so far.
    pub(crate) hi_bound: Option<Bound>,
    pub(crate) lo_bound: Option<Bound>,
    /// Parks that Redis should have: of the whole lane, of its bulk line. `None` where it has them already.
    pub(crate) park_all: Option<i64>,
    pub(crate) park_bulk: Option<i64>,
    /// Whether a line got all that one round gives.
    pub(crate) crowded: bool,
    /// Whether Postgres may have more than fitted: then Redis says when the lane runs low.
    pub(crate) more: bool,
}
