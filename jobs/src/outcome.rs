//! How an attempt may end. The handler decides, where it knows.

use chrono::{DateTime, Utc};
use wahana_domain::Reason;
use wahana_domain::jobs::AttemptOutcome;

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing left to do.
    Done,
    /// Surely not done; try again by the kind's [`crate::Retry`], until its attempts are used up.
    Retry {
        /// Why.
        code: Reason,
        /// What happened, for people.
        detail: String,
    },
    /// Could not be tried now. Costs no attempt.
    Defer {
        /// When to look again.
        until: DateTime<Utc>,
        /// What it waits for.
        code: Reason,
    },
    /// Will never work: a dead letter.
    GiveUp {
        /// Why.
        code: Reason,
        /// What happened, for people.
        detail: String,
    },
    /// It may have been done; find out before anything is done again.
    Unknown {
        /// Why: our time limit, or an answer that was lost.
        code: Reason,
        /// What happened, for people.
        detail: String,
    },
}

impl Outcome {
    /// Without what belongs to it.
    pub const fn kind(&self) -> AttemptOutcome {
        match self {
            Self::Done => AttemptOutcome::Done,
            Self::Retry { .. } => AttemptOutcome::Retry,
            Self::Defer { .. } => AttemptOutcome::Defer,
            Self::GiveUp { .. } => AttemptOutcome::GiveUp,
            Self::Unknown { .. } => AttemptOutcome::Unknown,
        }
    }

    /// The name in SQL and metrics.
    pub const fn as_str(&self) -> &'static str {
        self.kind().as_str()
    }

    /// Why, if the outcome has a reason.
    pub const fn code(&self) -> Option<Reason> {
        match self {
            Self::Done => None,
            Self::Retry { code, .. }
            | Self::Defer { code, .. }
            | Self::GiveUp { code, .. }
            | Self::Unknown { code, .. } => Some(*code),
        }
    }

    /// What happened, for people.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Retry { detail, .. } | Self::GiveUp { detail, .. } | Self::Unknown { detail, .. } => {
                Some(detail)
            }
            Self::Done | Self::Defer { .. } => None,
        }
    }
}
