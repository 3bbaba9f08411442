//! Campaigns, their people and their progress.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::Content;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SessionId};

/// A campaign to create.
#[derive(Clone, Debug, Serialize)]
pub struct CreateCampaign {
    /// For people.
    pub name: String,
    /// Its sessions.
    pub session_ids: Vec<SessionId>,
    /// What it says; its words are a template.
    pub content: Content,
    /// When it starts by itself; otherwise it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_at: Option<DateTime<Utc>>,
    /// Its own rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<CampaignPace>,
}

/// A campaign.
#[derive(Clone, Debug, Deserialize)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// For people.
    pub name: String,
    /// How far it is.
    pub state: CampaignState,
    /// Its people.
    pub total: u64,
}

/// What became of an uploaded list.
#[derive(Clone, Debug, Deserialize)]
pub struct Import {
    /// People that were taken.
    pub accepted: u64,
    /// Lines that were not; duplicates and suppressed numbers included.
    pub rejected: u64,
    /// The first of these.
    pub rejects: Vec<Reject>,
}

/// A refused line.
#[derive(Clone, Debug, Deserialize)]
pub struct Reject {
    /// Its number in the file.
    pub line: u64,
    /// The column that is wrong.
    #[serde(default)]
    pub column: Option<String>,
    /// What stands in it.
    #[serde(default)]
    pub value: Option<String>,
    /// The reason, for people.
    pub reason: String,
}

/// How far a campaign is.
#[derive(Clone, Debug, Deserialize)]
pub struct Progress {
    /// State of the campaign.
    pub state: CampaignState,
    /// Its people.
    pub total: u64,
    /// People without a message yet.
    pub waiting: u64,
    /// Messages by state.
    pub by_state: BTreeMap<String, u64>,
}
