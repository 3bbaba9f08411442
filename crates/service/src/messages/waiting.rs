//! What a message or one line of a lane waits for, in the order in which relay and fence look: the message, its
//! campaign, its lane, its job, and the rates that many lanes share.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{ReasonCode, SessionId};
use wahana_pacing::{Grant, grant};
use wahana_store::jobs::lane_limits::LaneLimit;
use wahana_store::jobs::relay::LaneFacts;
use wahana_store::messages::Message;

/// A shared rate is written down again every ten seconds while it binds; an older note says nothing.
const LIMIT_IS_FRESH: TimeDelta = TimeDelta::seconds(15);

/// Why something does not go yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What it waits for.
    pub reason: WaitingFor,
    /// Until when, if that is known.
    pub until: Option<DateTime<Utc>>,
    /// Why it is parked or tried again.
    pub code: Option<ReasonCode>,
}

impl Waiting {
    /// For this reason, with no code.
    pub fn new(reason: WaitingFor, until: Option<DateTime<Utc>>) -> Self {
        Self { reason, until, code: None }
    }

    fn because(self, code: Option<&String>) -> Self {
        Self { code: code.cloned().map(ReasonCode::from), ..self }
    }

    /// What a message waits for; `None` when it does not wait. `lane` and `limits` are those of its session.
    pub fn of_message(
        message: &Message,
        lane: Option<&LaneFacts>,
        limits: &[LaneLimit],
        now: DateTime<Utc>,
    ) -> Option<Self> {
        if !is_waiting(message) {
            return None;
        }
        let after = |until: Option<DateTime<Utc>>| until.filter(|until| *until > now);
        if message.state == MessageState::Scheduled && after(message.send_at).is_some() {
            return Some(Self::new(WaitingFor::SendAt, message.send_at));
        }
        if message.campaign_state == Some(CampaignState::Paused) {
            return Some(Self::new(WaitingFor::CampaignPaused, None));
        }
        if let Some(lane) = lane
            && let Grant::Closed { why, until } = grant(&lane.state, message.class, now)
        {
            let code = lane.park_code.as_ref().filter(|_| why == WaitingFor::Parked);
            return Some(Self::new(why, until).because(code));
        }
        if let Some(until) = after(message.job_run_at) {
            if let Some(why) = message.held_for {
                // A hold for a file ends when that is ready; its time only says when the fence looks again.
                return Some(Self::new(why, Some(until).filter(|_| why != WaitingFor::File)));
            }
            return Some(Self::new(WaitingFor::Retry, Some(until)).because(message.job_code.as_ref()));
        }
        let limit = Self::of_limit(limits, message.session_id, message.class, now);
        Some(limit.unwrap_or_else(|| Self::new(WaitingFor::Turn, None)))
    }

    /// What one line of a lane waits for; `None` while nothing but the pause between two messages holds it.
    pub fn of_line(
        facts: &LaneFacts,
        limits: &[LaneLimit],
        class: Class,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        match grant(&facts.state, class, now) {
            Grant::Closed { why, until } => Some(Self::new(why, until)),
            Grant::Open(_) => Self::of_limit(limits, facts.session, class, now),
        }
    }

    /// A limit that the relay met and that no row shows: rates over many lanes. Other limits are asked afresh, because
    /// the note may be out of date.
    fn of_limit(limits: &[LaneLimit], session: SessionId, class: Class, now: DateTime<Utc>) -> Option<Self> {
        let limit = limits.iter().find(|limit| limit.session == session && limit.class == class)?;
        let why = limit.waiting_for;
        let fresh = limit.until.is_some_and(|until| until + LIMIT_IS_FRESH > now);
        let rate = matches!(why, WaitingFor::PlanRate | WaitingFor::NodeLimit);
        (rate && fresh).then(|| Self::new(why, limit.until.filter(|until| *until > now)))
    }
}

/// Whether a message waits to be sent.
pub fn is_waiting(message: &Message) -> bool {
    matches!(message.state, MessageState::Scheduled | MessageState::Queued)
}
