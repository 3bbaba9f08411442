//! Several sessions behind one sender.

use crate::closed::closed_enum;

closed_enum! {
    /// Whether a member of a sender pool sends.
    MemberStanding {
        /// It sends.
        Sends = "sends",
        /// It goes on at a known time, such as the end of its quiet hours.
        Rests = "rests",
        /// It does not send: its peers take over.
        Out = "out",
    }
}
