//! Why a number must not be written to.

use crate::closed::{closed_enum, stored_code};

closed_enum! {
    /// Why a number is on the suppression list.
    SuppressionReason {
        /// The person asked for it: no bulk messages.
        OptOut = "opt_out",
        /// Somebody of the organization decided it: no messages at all.
        Manual = "manual",
        /// It has no WhatsApp.
        NotOnWhatsapp = "not_on_whatsapp",
    }
}

stored_code! {
    /// The reason of a row in the suppression list.
    SuppressionReasonCode of SuppressionReason
}
