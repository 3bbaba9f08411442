//! How a session is, why, and what to do about it. What it is follows from its row by `session_health` (migrations);
//! here are the words for it. Never a second opinion.

use crate::closed::{closed_enum, stored_code};

closed_enum! {
    /// How a session is.
    Health {
        /// Works.
        Healthy = "healthy",
        /// Works with a rest, or will soon work again by itself.
        Degraded = "degraded",
        /// WAHA says WORKING, but nothing is heard of it (docs/waha.md 10.3).
        Deaf = "deaf",
        /// WhatsApp lets it open no new chats; replies go (docs/waha.md 0.9).
        Restricted = "restricted",
        /// Only a person with the phone helps.
        NeedsScan = "needs_scan",
        /// Gave up; restarts are tried.
        Failed = "failed",
        /// Its owner does not want it to run.
        Stopped = "stopped",
    }
}

closed_enum! {
    /// What the supervisor found wrong with a session, though its status may be `working`.
    Trouble {
        /// Its WAHA server does not answer.
        NodeAway = "node_away",
        /// Nothing is heard of it though it works.
        Deaf = "deaf",
        /// Its messages are not confirmed.
        Unacked = "unacked",
        /// A restart waits for its turn.
        RestartBudget = "restart_budget",
        /// Many restarts did not help.
        RestartsExhausted = "restarts_exhausted",
        /// The device was removed on the phone: WhatsApp refuses its pairing.
        LoggedOut = "logged_out",
    }
}

stored_code! {
    /// The trouble of a session's row.
    TroubleCode of Trouble
}

closed_enum! {
    /// Why a session is not healthy: its trouble, else its status, else why it rests.
    HealthReason {
        /// Its WAHA server does not answer.
        NodeAway = "node_away",
        /// Nothing is heard of it though it works.
        Deaf = "deaf",
        /// Its messages are not confirmed.
        Unacked = "unacked",
        /// A restart waits for its turn.
        RestartBudget = "restart_budget",
        /// Many restarts did not help.
        RestartsExhausted = "restarts_exhausted",
        /// The device was removed on the phone: WhatsApp refuses its pairing.
        LoggedOut = "logged_out",
        /// Created here, not yet at WAHA.
        Pending = "pending",
        /// Off at WAHA, though it should run.
        Stopped = "stopped",
        /// Connecting.
        Starting = "starting",
        /// Waits for somebody to scan the QR code.
        ScanQrCode = "scan_qr_code",
        /// Waits for a passkey on the phone.
        PasskeyRequired = "passkey_required",
        /// Needs a restart, or a new pairing.
        Failed = "failed",
        /// A status of WAHA that this version does not know.
        Unknown = "unknown",
        /// A message found that it is not connected; it rests for a moment.
        SessionNotWorking = "session_not_working",
        /// A message found that its WAHA server cannot be reached; it rests for a moment.
        NodeUnreachable = "node_unreachable",
        /// WhatsApp asked for less.
        RateLimited = "rate_limited",
        /// WhatsApp lets it open no new chats for now.
        Restricted = "restricted",
        /// WhatsApp's quota of new chats is used up.
        MessageCapping = "message_capping",
        /// WhatsApp refuses most of its new chats.
        ManyRejections = "many_rejections",
        /// It rests for a reason that nobody wrote down.
        Parked = "parked",
    }
}

stored_code! {
    /// Why a session is not healthy; a newer version may know other troubles.
    HealthReasonCode of HealthReason
}

impl Health {
    /// What is being done, or what its owner has to do.
    pub const fn remedy(self, reason: Option<HealthReason>) -> Option<&'static str> {
        Some(match (self, reason) {
            (Self::Healthy | Self::Stopped, _) => return None,
            (Self::NeedsScan, Some(HealthReason::PasskeyRequired)) => "Confirm the passkey on the phone.",
            (Self::NeedsScan, Some(HealthReason::ScanQrCode)) => {
                "Scan the session's QR code, or pair with a code."
            }
            (Self::NeedsScan, Some(HealthReason::LoggedOut)) => {
                "The device was removed on the phone. Restart the session, then scan its QR code."
            }
            (Self::NeedsScan, _) => "Restart the session, then scan its QR code: the last one ran out.",
            (_, Some(HealthReason::NodeAway)) => {
                "Its WAHA server does not answer; it goes on by itself when that is back."
            }
            (_, Some(HealthReason::RestartBudget)) => {
                "It waits for its turn to be restarted: its WAHA server restarts only a few at a time."
            }
            (_, Some(HealthReason::RestartsExhausted)) => {
                "Many restarts did not help; they go on, but rarely. Log the session out and pair it again."
            }
            (Self::Failed, _) => "It is restarted by itself, with growing pauses.",
            (Self::Deaf, _) => "It is restarted by itself; what was missed is read back.",
            (Self::Restricted, Some(HealthReason::MessageCapping)) => {
                "WhatsApp's quota of new chats is used up; cold messages wait for the next cycle, replies go."
            }
            (Self::Restricted, Some(HealthReason::ManyRejections)) => {
                "WhatsApp refuses most of its new chats; bulk messages rest, replies go. Write less to strangers. Let it \
                 try again, or wait: after each rest one message goes ahead to see. Then replay those who were refused."
            }
            (Self::Restricted, _) => {
                "Cold messages wait until WhatsApp lifts it; replies go. Write less to strangers."
            }
            (Self::Degraded, Some(HealthReason::RateLimited)) => {
                "WhatsApp asked for less; it goes on by itself. Lengthen its pauses."
            }
            (Self::Degraded, Some(HealthReason::Unacked)) => {
                "Its messages are not confirmed; acks are read back, then it is restarted by itself."
            }
            (Self::Degraded, _) => "It goes on by itself.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sessions::{ParkReason, SessionStatus};

    #[test]
    fn whatever_is_not_well_says_what_to_do() {
        let ill = Health::ALL.iter().filter(|health| !matches!(health, Health::Healthy | Health::Stopped));
        for health in ill {
            for reason in HealthReason::ALL.iter().copied().map(Some).chain([None]) {
                assert!(health.remedy(reason).is_some_and(|text| text.ends_with('.')), "{health} {reason:?}");
            }
        }
        assert_eq!(Health::Healthy.remedy(None), None);
        let scan = Health::NeedsScan;
        assert_ne!(scan.remedy(Some(HealthReason::Failed)), scan.remedy(Some(HealthReason::ScanQrCode)));
    }

    #[test]
    fn a_reason_is_a_trouble_a_status_or_a_rest() {
        let troubles = Trouble::ALL.iter().map(|trouble| trouble.as_str());
        let statuses = SessionStatus::ALL.iter().filter(|status| **status != SessionStatus::Working);
        let parks = ParkReason::ALL.iter().map(|reason| reason.as_str());
        let names: Vec<_> =
            troubles.chain(statuses.map(|s| s.as_str())).chain(parks).chain(["parked"]).collect();
        assert_eq!(names, HealthReason::ALL.iter().map(|reason| reason.as_str()).collect::<Vec<_>>());
    }

    #[test]
    fn a_rest_has_the_name_of_its_reason() {
        for park in ParkReason::ALL {
            assert_eq!(park.as_str(), park.reason().as_str());
        }
    }
}
