//! Problems of campaigns: the answers to what a use case refused.

use wahana_domain::campaigns::CampaignState;
use wahana_service::campaigns::errors::{CampaignError, ImportError};

use crate::audience;
use wahana_api_kit::problem::{Code, Problem};

pub(crate) fn no_campaign() -> Problem {
    Problem::not_found("campaign")
}

/// The problem of a campaign that was left as it is.
pub(crate) fn problem_of(error: CampaignError) -> Problem {
    match error {
        CampaignError::Store(error) => error.into(),
        CampaignError::Wrong(wrong) => wrong.into(),
        CampaignError::NoCampaign => no_campaign(),
        CampaignError::WrongState(_) => Problem::new(Code::WrongState, error.to_string()),
        CampaignError::Changed(_) => Problem::new(Code::CampaignChanged, error.to_string()).at("version"),
        CampaignError::NoRecipients => Problem::of(Code::NoRecipients),
        CampaignError::NobodyLeft => Problem::of(Code::NobodyLeft),
        CampaignError::NoSender => Problem::of(Code::NoSender),
        CampaignError::NoMember => Problem::of(Code::NoMember).at("pool_id"),
        CampaignError::DeadlineMissed { .. } => {
            Problem::new(Code::DeadlineMissed, error.to_string()).at("pace.finish_by")
        }
        CampaignError::KeyReused => Problem::of(Code::IdempotencyKeyReused),
        CampaignError::Simulation(error) => Problem::internal(error),
    }
}

/// The problem of a campaign that was not changed: another version is a failed precondition there.
pub(crate) fn problem_of_change(error: CampaignError) -> Problem {
    match error {
        CampaignError::Changed(_) => Problem::new(Code::EditedMeanwhile, error.to_string()).at("If-Match"),
        CampaignError::WrongState(CampaignState::Running) => {
            Problem::new(Code::WrongState, format!("{error}; pause it first"))
        }
        other => problem_of(other),
    }
}

/// The problem of people who were not added.
pub(crate) fn import_problem(error: ImportError) -> Problem {
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::Wrong(wrong) => wrong.into(),
        ImportError::List(error) => audience::problem_of(error),
        ImportError::NoCampaign => no_campaign(),
        ImportError::WrongState(_) => Problem::new(Code::WrongState, error.to_string()),
        ImportError::TooMany { .. } => Problem::new(Code::TooManyRecipients, error.to_string()),
        ImportError::Broken(_) | ImportError::Endless => Problem::internal(error),
    }
}
