//! What a message, a lane or a campaign waits for.

use crate::closed::{closed_enum, closed_union};

closed_enum! {
    /// What a message, a lane or a campaign waits for.
    WaitingFor {
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
        /// The time that it was asked to be sent at.
        SendAt = "send_at",
        /// Its next try.
        Retry = "retry",
        /// Its campaign is paused.
        CampaignPaused = "campaign_paused",
        /// Its file, which is being fetched or converted.
        File = "file",
    }
}

closed_enum! {
    /// The name for a lane that no limit holds.
    FreeLane {
        /// Nothing but its turn between two messages, or a free worker.
        Nothing = "nothing",
    }
}

closed_union! {
    /// What a lane waits for, if it waits for something.
    LaneWait {
        /// It waits for nothing.
        Free(FreeLane),
        /// It waits for this.
        For(WaitingFor),
    }
}

impl LaneWait {
    /// From what a lane waits for.
    pub fn of(waiting: Option<WaitingFor>) -> Self {
        waiting.map_or(Self::Free(FreeLane::Nothing), Self::For)
    }
}
