//! What a dry run of a campaign finds: what speaks against launching it, or for another look before.

use crate::closed::closed_enum;

closed_enum! {
    /// How much a finding weighs.
    Weight {
        /// It cannot be launched.
        Blocks = "blocks",
        /// Something of it will not go as one expects.
        Warns = "warns",
        /// Worth knowing.
        Notes = "notes",
    }
}

closed_enum! {
    /// What a finding is.
    FindingCode {
        /// Nobody was uploaded yet.
        NoRecipients = "no_recipients",
        /// Everybody is left out.
        NobodyLeft = "nobody_left",
        /// The text is no template.
        BadTemplate = "bad_template",
        /// It has no sender.
        NoSender = "no_sender",
        /// Some people are left out; see `left_out`.
        LeftOut = "left_out",
        /// A sender is not healthy.
        SenderNotHealthy = "sender_not_healthy",
        /// The WAHA server of a sender is too old for safe campaigns: what is in doubt after a crash is not sent again.
        OldWahaServer = "old_waha_server",
        /// WhatsApp's quota of new chats of a sender is nearly used up, or used up.
        NewChatQuota = "new_chat_quota",
        /// As things stand it would never be through.
        NeverFinishes = "never_finishes",
        /// It would not be through by its deadline; a launch has to accept that.
        DeadlineMissed = "deadline_missed",
        /// Everybody would read the very same words, which WhatsApp may take for spam.
        SameText = "same_text",
        /// The file of the campaign cannot be sent: its address gives none, or not one that WhatsApp takes.
        FileNotUsable = "file_not_usable",
        /// The file of the campaign is still being fetched or converted.
        FileNotReady = "file_not_ready",
        /// A sender's pauses are shorter than advised.
        ShortPauses = "short_pauses",
    }
}

impl FindingCode {
    /// How much it weighs.
    pub const fn weight(self) -> Weight {
        match self {
            Self::NoRecipients
            | Self::NobodyLeft
            | Self::BadTemplate
            | Self::NoSender
            | Self::FileNotUsable => Weight::Blocks,
            Self::LeftOut
            | Self::SenderNotHealthy
            | Self::OldWahaServer
            | Self::NewChatQuota
            | Self::NeverFinishes
            | Self::DeadlineMissed => Weight::Warns,
            Self::SameText | Self::ShortPauses | Self::FileNotReady => Weight::Notes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_comes_first() {
        let mut codes = [FindingCode::SameText, FindingCode::LeftOut, FindingCode::NoSender];
        codes.sort_by_key(|code| code.weight());
        assert_eq!(codes, [FindingCode::NoSender, FindingCode::LeftOut, FindingCode::SameText]);
    }
}
