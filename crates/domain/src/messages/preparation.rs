//! How far a file is that has to be fetched or converted before it can be sent.

use crate::closed::closed_enum;

closed_enum! {
    /// How far a file is that has to be made ready.
    PreparationState {
        /// A job fetches or converts it.
        Waiting = "waiting",
        /// It can be sent.
        Ready = "ready",
        /// It cannot be had, or not be sent.
        Failed = "failed",
    }
}
