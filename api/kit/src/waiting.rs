//! What something waits for, as the API shows it: in messages, lanes and the operator's list of lanes.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wahana_service::messages::waiting::Waiting;

/// What a message waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingView {
    /// `turn` (the pause between two messages), `send_at`, `retry`, `campaign_paused`, `session_stopped`,
    /// `session_not_working`, `paused`, `parked`, `quiet_hours`, `send_window`, `recipient_window`, `hourly_cap`,
    /// `daily_cap`, `warm_up_cap`, `new_chat_cap`, `campaign_rate`, `plan_rate` or `node_limit`.
    #[serde(rename = "for")]
    #[schema(example = "turn")]
    pub reason: &'static str,
    /// Until when, if that is known.
    pub until: Option<DateTime<Utc>>,
    /// Why it is parked or tried again.
    pub code: Option<String>,
}

impl From<Waiting> for WaitingView {
    fn from(Waiting { reason, until, code }: Waiting) -> Self {
        Self { reason, until, code }
    }
}
