//! Why a use case of campaigns did not do what it was asked to. Nothing was written then.

use chrono::{DateTime, SecondsFormat, Utc};
use thiserror::Error;
use tokio::task::JoinError;
use wahana_domain::Rule;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::waiting::WaitingFor;
use wahana_store::StoreError;
use wahana_store::campaigns::{Campaign, Changed, Saved};

use crate::checks::{WrongField, WrongFields};
use crate::contacts::lists::ListError;
use crate::messages::media::FileError;

/// Why a campaign was left as it is, or nothing can be said of it.
#[derive(Debug, Error)]
pub enum CampaignError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Fields break rules.
    #[error(transparent)]
    Wrong(#[from] WrongFields),
    /// There is no such campaign.
    #[error("there is no such campaign")]
    NoCampaign,
    /// It is in a state that does not allow this.
    #[error("the campaign is {0}")]
    WrongState(CampaignState),
    /// It is not in the version that the caller looked at.
    #[error("it is version {}, changed {}", .0.version, when_and_by(.0))]
    Changed(Changed),
    /// It has no recipients yet.
    #[error("the campaign has no recipients")]
    NoRecipients,
    /// Everybody of it is left out.
    #[error("nobody of the campaign would get it")]
    NobodyLeft,
    /// It has no sender left.
    #[error("the campaign has no sender")]
    NoSender,
    /// Its sender pool has no member that gets messages.
    #[error("the sender pool has no member that may send")]
    NoMember,
    /// It cannot keep its deadline.
    #[error("it would be through {}, not by {}; it waits for {waits_for}", about(.finish), .finish_by.to_rfc3339())]
    DeadlineMissed {
        /// When it would be through; `None`: not at all as things stand.
        finish: Option<DateTime<Utc>>,
        /// The deadline.
        finish_by: DateTime<Utc>,
        /// What keeps it from being faster.
        waits_for: WaitingFor,
    },
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The simulation of the forecast broke off.
    #[error("the forecast broke off: {0}")]
    Simulation(#[from] JoinError),
}

impl From<FileError> for CampaignError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Store(error) => Self::Store(error),
            FileError::Wrong(wrong) => wrong.into(),
        }
    }
}

impl From<WrongField> for CampaignError {
    fn from(wrong: WrongField) -> Self {
        Self::Wrong(wrong.into())
    }
}

fn when_and_by(changed: &Changed) -> String {
    let at = changed.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    changed.by.as_ref().map_or_else(|| at.clone(), |by| format!("{at} by {by}"))
}

fn about(finish: &Option<DateTime<Utc>>) -> String {
    finish.map_or_else(|| "not at all as things stand".to_owned(), |at| format!("about {}", at.to_rfc3339()))
}

/// The campaign that the store saved, or why it did not.
pub(crate) fn saved(saved: Saved) -> Result<Campaign, CampaignError> {
    Err(match saved {
        Saved::Saved(campaign) => return Ok(*campaign),
        Saved::NotFound => CampaignError::NoCampaign,
        Saved::NoSession(place) => {
            WrongField::new(format!("session_ids[{place}]"), Rule::NoSuchSession).into()
        }
        Saved::NoMedia => WrongField::new("content.media.id", Rule::NoSuchFile).into(),
        Saved::WrongState(state) => CampaignError::WrongState(state),
        Saved::Changed(changed) => CampaignError::Changed(changed),
        Saved::AlreadyStarted => WrongField::new("send_at", Rule::AlreadyStarted).into(),
        Saved::Empty => CampaignError::NoRecipients,
        Saved::NoSender => CampaignError::NoSender,
        Saved::KeyReused => CampaignError::KeyReused,
        Saved::Replay { .. } => StoreError::Unreadable("a replay where none can be".into()).into(),
    })
}

/// Why people were not added to a campaign.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A field of the campaign breaks a rule: its words are no template.
    #[error(transparent)]
    Wrong(#[from] WrongField),
    /// The list was not read to its end.
    #[error(transparent)]
    List(#[from] ListError),
    /// There is no such campaign.
    #[error("there is no such campaign")]
    NoCampaign,
    /// Recipients are added to drafts only.
    #[error("the campaign is {0}; recipients are added to drafts")]
    WrongState(CampaignState),
    /// The campaign would have more recipients than it may.
    #[error("a campaign has at most {most} recipients")]
    TooMany {
        /// The limit.
        most: u32,
    },
    /// The task that reads people broke off.
    #[error("reading broke off: {0}")]
    Broken(#[from] JoinError),
    /// The task that reads people ended without an end of the list and without an error.
    #[error("an import ended without its end")]
    Endless,
}
