//! How an attempt may end. The handler decides, where it knows.

use chrono::{DateTime, Utc};

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing left to do.
    Done,
    /// Surely not done; try again by the kind's [`crate::Retry`], until its attempts are used up.
    Retry {
        /// A stable code for people and metrics.
        code: &'static str,
        /// What happened, for people.
        detail: String,
    },
    /// Could not be tried now. Costs no attempt.
    Defer {
        /// When to look again.
        until: DateTime<Utc>,
        /// What it waits for: a stable code.
        code: &'static str,
    },
    /// Will never work: a dead letter.
    GiveUp {
        /// A stable code for people and metrics.
        code: &'static str,
        /// What happened, for people.
        detail: String,
    },
    /// It may have been done; find out before anything is done again.
    Unknown {
        /// What happened, for people.
        detail: String,
    },
}

impl Outcome {
    /// The name in SQL and metrics.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retry { .. } => "retry",
            Self::Defer { .. } => "defer",
            Self::GiveUp { .. } => "give_up",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The stable code, if the outcome has one.
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Done => None,
            Self::Retry { code, .. } | Self::Defer { code, .. } | Self::GiveUp { code, .. } => Some(code),
            Self::Unknown { .. } => Some("answer_lost"),
        }
    }

    /// What happened, for people.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Retry { detail, .. } | Self::GiveUp { detail, .. } | Self::Unknown { detail } => {
                Some(detail)
            }
            Self::Done | Self::Defer { .. } => None,
        }
    }
}
