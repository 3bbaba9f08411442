//! What happens to a message, as its timeline tells it.

use crate::closed::closed_enum;

closed_enum! {
    /// One thing that happened to a message.
    MessageEvent {
        /// We accepted it.
        Accepted = "accepted",
        /// It was received.
        Received = "received",
        /// It was asked to be sent later.
        Scheduled = "scheduled",
        /// It was tried.
        Attempt = "attempt",
        /// It moved to another member of its sender pool.
        Moved = "moved",
        /// WhatsApp took it.
        Sent = "sent",
        /// It reached the phone.
        Delivered = "delivered",
        /// It was read.
        Read = "read",
        /// It failed.
        Failed = "failed",
        /// Its time ran out.
        Expired = "expired",
        /// It was cancelled.
        Cancelled = "cancelled",
    }
}
