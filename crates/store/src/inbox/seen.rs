//! A message as an event of WAHA tells it.

use chrono::{DateTime, Utc};
use wahana_domain::Phone;
use wahana_domain::messages::ReceivedMessage;
use wahana_domain::opt_out::Request;

/// A message that WAHA saw and we did not send.
#[derive(Clone, Debug)]
pub struct SeenMessage {
    /// The bare WhatsApp id.
    pub waha_id: String,
    /// Whether the account's own phone sent it.
    pub from_me: bool,
    /// The chat it is in; may be a LID.
    pub chat_id: String,
    /// The other person's number, where the event tells it.
    pub phone: Option<Phone>,
    /// What the other person asks for: to be left alone, or to be written to again.
    pub request: Option<Request>,
    /// The other person's username, where the event tells it.
    pub username: Option<String>,
    /// What the other person calls themself; `None` in groups, where it is the writer's name.
    pub name: Option<String>,
    /// What it says.
    pub content: ReceivedMessage,
    /// When it was sent, by WhatsApp's clock; never in the future.
    pub at: DateTime<Utc>,
}
