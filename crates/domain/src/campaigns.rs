//! One message template to many people.

use crate::closed::closed_enum;
use crate::states::states;

states! {
    /// The state of a campaign.
    CampaignState ("campaign_state") {
        /// Being written; recipients may be added.
        Draft = "draft" => [Scheduled, Running, Cancelled],
        /// Starts by itself at its `send_at`.
        Scheduled = "scheduled" => [Draft, Running, Cancelled],
        /// Recipients are being released to the lanes.
        Running = "running" => [Paused, Finished, Cancelled],
        /// Nothing more is released or sent until it is resumed.
        Paused = "paused" => [Running, Cancelled],
        /// Every recipient has a settled state.
        Finished = "finished" => [Running],
        /// Given up; who was not sent to is cancelled.
        Cancelled = "cancelled" => [],
    }
}

closed_enum! {
    /// What a campaign is for. A person may want to be spared the one and get the other.
    CampaignKind {
        /// Offers and news.
        Marketing = "marketing",
        /// What the person needs to know: an order, an appointment, a changed date.
        Information = "information",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro has no place for the attribute of the variant")]
impl Default for CampaignKind {
    fn default() -> Self {
        Self::Marketing
    }
}

closed_enum! {
    /// Why a campaign ended before everybody got it, if nobody cancelled it.
    EndReason {
        /// Its deadline passed.
        Deadline = "deadline",
    }
}

closed_enum! {
    /// What can differ between two versions that people got.
    CampaignPart {
        /// What it says.
        Content = "content",
        /// Its rate, window and deadline.
        Pace = "pace",
        /// The sessions that send it.
        Senders = "senders",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paused_campaign_can_only_go_on_or_end() {
        assert_eq!(CampaignState::Paused.next(), [CampaignState::Running, CampaignState::Cancelled]);
        assert!(!CampaignState::Cancelled.can_become(CampaignState::Running));
        assert!(CampaignState::Draft.predecessors().contains(&CampaignState::Scheduled));
    }
}
