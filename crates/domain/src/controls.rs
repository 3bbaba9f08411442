//! What operators hold back.

use crate::closed::closed_enum;

closed_enum! {
    /// What a control is about.
    ControlScope {
        /// Every job of every queue.
        All = "all",
        /// Everything that is sent.
        Outbound = "outbound",
        /// The jobs of one queue.
        Queue = "queue",
        /// What one organization sends.
        Organization = "organization",
        /// What is sent through one WAHA server.
        Node = "node",
        /// What one session sends.
        Lane = "lane",
    }
}
