//! What the fence says about a message that a worker wants to send. The decision is made in SQL, in one statement with
//! its consequences (`crates/store/src/messages/sending.rs`); here are the words that the statement may use.

use crate::closed::closed_enum;
use crate::reason::Reason;

closed_enum! {
    /// The verdict of the fence.
    FenceVerdict {
        /// Send it.
        Go = "go",
        /// It is no longer queued.
        Gone = "gone",
        /// Its campaign is paused, or an operator holds it.
        Paused = "paused",
        /// Its campaign was cancelled.
        Cancelled = "cancelled",
        /// Its time ran out.
        Expired = "expired",
        /// The number is on the suppression list.
        Suppressed = "suppressed",
        /// The consent is missing that the organization asks for.
        NoConsent = "no_consent",
        /// The session is not connected.
        NotWorking = "not_working",
        /// The account may open no chats for now.
        Parked = "parked",
        /// Another message of its chat is being sent.
        ChatBusy = "chat_busy",
        /// The number has no WhatsApp.
        NotOnWhatsapp = "not_on_whatsapp",
        /// The number has to be checked first.
        Unchecked = "unchecked",
        /// Its file is not ready.
        NoFile = "no_file",
    }
}

impl FenceVerdict {
    /// The reason that the statement writes to the message or its job; `None` where it writes none of its own.
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::Cancelled => Some(Reason::Cancelled),
            Self::Expired => Some(Reason::Expired),
            Self::Suppressed => Some(Reason::Suppressed),
            Self::NoConsent => Some(Reason::NoConsent),
            Self::NotOnWhatsapp => Some(Reason::NotOnWhatsapp),
            Self::Unchecked => Some(Reason::NumberCheck),
            Self::NoFile => Some(Reason::WaitingForFile),
            Self::Go | Self::Gone | Self::Paused | Self::NotWorking | Self::ChatBusy | Self::Parked => None,
        }
    }
}
