//! Jobs about messages.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wahana_domain::jobs::Queue;
use wahana_domain::{MediaPreparationId, MessageId, SessionId};

use crate::{Job, Retry};

/// Send one message. Its job id is the message's own uuid, so that asking twice is one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendMessage {
    /// The message.
    pub message: MessageId,
}

impl Job for SendMessage {
    const NAME: &'static str = "send_message";
    const QUEUE: Queue = Queue::Lanes;
    const TIMEOUT: Duration = Duration::from_secs(45);
    const RETRY: Retry = Retry { attempts: 6, base: Duration::from_secs(5), cap: Duration::from_secs(300) };
}

/// Find out at WAHA what became of a message whose answer was lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolveMessage {
    /// The message, in state `unknown`.
    pub message: MessageId,
}

impl Job for ResolveMessage {
    const NAME: &'static str = "resolve_message";
    const QUEUE: Queue = Queue::Maintenance;
    const TIMEOUT: Duration = Duration::from_secs(30);
    const RETRY: Retry = Retry { attempts: 8, base: Duration::from_secs(1), cap: Duration::from_secs(30) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("resolve:{}", self.message))
    }
}

/// Work through what WAHA told us about one session. Carries no event: the unprocessed ones say what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessInbound {
    /// The session.
    pub session: SessionId,
}

impl Job for ProcessInbound {
    const NAME: &'static str = "process_inbound";
    const QUEUE: Queue = Queue::Inbound;
    const TIMEOUT: Duration = Duration::from_secs(30);
    const RETRY: Retry =
        Retry { attempts: 20, base: Duration::from_millis(500), cap: Duration::from_secs(60) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("inbound:{}", self.session))
    }
}

/// Fetch or convert a file, so that the messages that wait for it can be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrepareMedia {
    /// What is to be made ready.
    pub preparation: MediaPreparationId,
}

impl Job for PrepareMedia {
    const NAME: &'static str = "prepare_media";
    const QUEUE: Queue = Queue::Media;
    /// A fetch and a conversion, each within its own limit.
    const TIMEOUT: Duration = Duration::from_secs(240);
    const RETRY: Retry = Retry { attempts: 4, base: Duration::from_secs(2), cap: Duration::from_secs(60) };

    fn dedup_key(&self) -> Option<String> {
        Some(format!("media:{}", self.preparation))
    }
}
