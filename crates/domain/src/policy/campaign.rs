//! What a campaign asks for on top of the pace of its senders: its own rate, its own window, a deadline.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{DayWindow, refuse};
use crate::{FieldError, Rule};

/// The pace of one campaign over all its senders. Those of the senders hold as well; the strictest wins.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CampaignPace {
    /// Most messages in an hour, spread evenly; none means no limit of its own.
    pub messages_per_hour: Option<u32>,
    /// When it may send; none means whenever its senders may.
    pub send_window: Option<DayWindow>,
    /// When it should be through. A launch that cannot meet it is refused, unless it says `accept_late`.
    pub finish_by: Option<DateTime<Utc>>,
}

impl CampaignPace {
    /// Refuses what could never send.
    pub fn validate(&self, send_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), FieldError> {
        if self.messages_per_hour == Some(0) {
            return refuse("messages_per_hour", Rule::SendsNothing);
        }
        if self.send_window.is_some_and(|window| window.is_empty()) {
            return refuse("send_window", Rule::EmptyWindow);
        }
        if self.finish_by.is_some_and(|by| by <= send_at.unwrap_or(now).max(now)) {
            return refuse("finish_by", Rule::NotAfterSendAt);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_name_their_field() {
        let now: DateTime<Utc> = "2026-11-23T03:00:00Z".parse().unwrap();
        for (json, field) in [
            (r#"{}"#, None),
            (r#"{"messages_per_hour": 60, "finish_by": "2026-11-24T03:00:00Z"}"#, None),
            (r#"{"messages_per_hour": 0}"#, Some("messages_per_hour")),
            (r#"{"send_window": {"from": "08:00", "to": "08:00"}}"#, Some("send_window")),
            (r#"{"finish_by": "2026-11-23T03:00:00Z"}"#, Some("finish_by")),
        ] {
            let pace: CampaignPace = serde_json::from_str(json).unwrap();
            assert_eq!(pace.validate(None, now).err().map(|e| e.field), field, "{json}");
        }
        let pace: CampaignPace = serde_json::from_str(r#"{"finish_by": "2026-11-24T03:00:00Z"}"#).unwrap();
        let later = "2026-11-25T03:00:00Z".parse().unwrap();
        assert_eq!(pace.validate(Some(later), now).err().map(|e| e.field), Some("finish_by"));
    }
}
