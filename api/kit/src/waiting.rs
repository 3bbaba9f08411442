//! What something waits for, as the API shows it: in messages, lanes and the operator's list of lanes.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wahana_domain::ReasonCode;
use wahana_domain::waiting::WaitingFor;
use wahana_service::messages::waiting::Waiting;

/// What a message waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingView {
    /// What it waits for.
    #[serde(rename = "for")]
    pub reason: WaitingFor,
    /// Until when, if that is known.
    pub until: Option<DateTime<Utc>>,
    /// Why it is parked or tried again.
    pub code: Option<ReasonCode>,
}

impl From<Waiting> for WaitingView {
    fn from(Waiting { reason, until, code }: Waiting) -> Self {
        Self { reason, until, code }
    }
}
