//! How a session is, and what to do about it. What it is follows from its row by `session_health` (migrations); here
//! are the words for it. Never a second opinion.

use serde::{Deserialize, Serialize};

/// How a session is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Health {
    /// Works.
    Healthy,
    /// Works with a rest, or will soon work again by itself.
    Degraded,
    /// WAHA says WORKING, but nothing is heard of it (docs/waha.md 10.3).
    Deaf,
    /// WhatsApp lets it open no new chats; replies go (docs/waha.md 0.9).
    Restricted,
    /// Only a person with the phone helps.
    NeedsScan,
    /// Gave up; restarts are tried.
    Failed,
    /// Its owner does not want it to run.
    Stopped,
}

impl Health {
    /// What is being done, or what its owner has to do; `reason` is the one of `session_health`.
    pub fn remedy(self, reason: Option<&str>) -> Option<&'static str> {
        let remedy = match (self, reason.unwrap_or_default()) {
            (Self::Healthy | Self::Stopped, _) => return None,
            (Self::NeedsScan, "passkey_required") => "Confirm the passkey on the phone.",
            (Self::NeedsScan, "scan_qr_code") => "Scan the session's QR code, or pair with a code.",
            (Self::NeedsScan, _) => "Restart the session, then scan its QR code: the last one ran out.",
            (_, "node_away") => "Its WAHA server does not answer; it goes on by itself when that is back.",
            (_, "restart_budget") => {
                "It waits for its turn to be restarted: its WAHA server restarts only a few at a time."
            }
            (_, "restarts_exhausted") => {
                "Many restarts did not help; they go on, but rarely. Log the session out and pair it again."
            }
            (Self::Failed, _) => "It is restarted by itself, with growing pauses.",
            (Self::Deaf, _) => "It is restarted by itself; what was missed is read back.",
            (Self::Restricted, "message_capping") => {
                "WhatsApp's quota of new chats is used up; cold messages wait for the next cycle, replies go."
            }
            (Self::Restricted, _) => {
                "Cold messages wait until WhatsApp lifts it; replies go. Write less to strangers."
            }
            (Self::Degraded, "rate_limited") => {
                "WhatsApp asked for less; it goes on by itself. Lengthen its pauses."
            }
            (Self::Degraded, "unacked") => {
                "Its messages are not confirmed; acks are read back, then it is restarted by itself."
            }
            (Self::Degraded, _) => "It goes on by itself.",
        };
        Some(remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::Health;

    #[test]
    fn whatever_is_not_well_says_what_to_do() {
        for ill in [Health::Degraded, Health::Deaf, Health::Restricted, Health::NeedsScan, Health::Failed] {
            assert!(ill.remedy(None).is_some(), "{ill:?}");
        }
        assert_eq!(Health::Healthy.remedy(None), None);
        assert_ne!(Health::NeedsScan.remedy(Some("failed")), Health::NeedsScan.remedy(Some("scan_qr_code")));
    }
}
