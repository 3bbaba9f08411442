//! The reasons a message can wait for.

use serde::Serialize;

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What binds a lane, a campaign or a message: the reason people see.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum WaitingFor {
            $($(#[doc = $doc])+ $name,)+
        }

        impl WaitingFor {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in JSON, in rows and in metrics.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

reasons! {
    /// Nothing but the pause between two messages.
    Turn = "turn",
    /// The session's owner stopped it.
    SessionStopped = "session_stopped",
    /// The phone is not connected.
    SessionNotWorking = "session_not_working",
    /// Somebody holds it: an operator, or the owner.
    Paused = "paused",
    /// Parked after a signal of WhatsApp or WAHA.
    Parked = "parked",
    /// The quiet hours of the session.
    QuietHours = "quiet_hours",
    /// The send window of the session or the campaign.
    SendWindow = "send_window",
    /// The windows, by the clock of the person written to.
    RecipientWindow = "recipient_window",
    /// The cap of this clock hour.
    HourlyCap = "hourly_cap",
    /// The cap of this day.
    DailyCap = "daily_cap",
    /// The cap of this day while the number is new.
    WarmUpCap = "warm_up_cap",
    /// The cap on chats begun in this day.
    NewChatCap = "new_chat_cap",
    /// The campaign's own rate.
    CampaignRate = "campaign_rate",
    /// The rate of the organization's plan.
    PlanRate = "plan_rate",
    /// What one WAHA server is given.
    NodeLimit = "node_limit",
}

impl WaitingFor {
    /// The reason of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == name)
    }
}
