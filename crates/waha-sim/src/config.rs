//! Configuration of a simulator.

use std::{net::SocketAddr, time::Duration};

use secrecy::SecretString;

use crate::{Engine, Faults, Phones, Storage};

/// The simulated version of WAHA. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2026.4.1, the one the transcripts were taken from: ignores client-chosen ids and the key in the query.
    V2026_4,
    /// 2026.7.1, the free multi-session image.
    V2026_7,
    /// 2026.10.1: an account can be asked for its restrictions, and the check of a number gives `pn`.
    V2026_10,
}

impl Version {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V2026_4 => "2026.4.1",
            Self::V2026_7 => "2026.7.1",
            Self::V2026_10 => "2026.10.1",
        }
    }
}

/// Configuration of a simulator.
#[derive(Clone, Debug)]
pub struct SimConfig {
    /// Where it listens; port 0 takes a free one.
    pub bind: SocketAddr,
    /// The key required in `X-Api-Key`; `None` requires none.
    pub api_key: Option<SecretString>,
    /// The seed determines faults, acks and replies per session, chat and attempt.
    pub seed: u64,
    /// All of WAHA's and WhatsApp's delays are multiplied by this. 1.0 is real time.
    pub time_scale: f64,
    /// The delay between webhook tries is multiplied by this. Not by `time_scale`: a fast demo should not
    /// lose webhooks faster.
    pub webhook_retry_scale: f64,
    /// The simulated version of WAHA.
    pub version: Version,
    /// The simulated engine.
    pub engine: Engine,
    /// Whether files can be sent (before 2026.6.1 only the paid image could).
    pub media: bool,
    /// Off: no webhook is ever sent.
    pub webhooks: bool,
    /// Off: no message is ever acknowledged or answered.
    pub acks: bool,
    /// A session that asks for a scan is scanned by itself after this long. Not scaled.
    pub auto_scan: Option<Duration>,
    /// How long one QR code lasts; the first one lasts three times as long. Not scaled: a person has to see it.
    pub qr_period: Duration,
    /// After this many unscanned QR codes the session is FAILED.
    pub qr_max: u32,
    /// Webhooks under way at the same time.
    pub webhook_concurrency: usize,
    /// Messages kept per chat, for reading back.
    pub keep_per_chat: usize,
    /// Sends kept in the log.
    pub log_limit: usize,
    /// Lets `/sim` be used from other machines. Off: loopback only.
    pub remote_control: bool,
    /// Storage of its sessions: servers with the same storage share them, as on one database.
    pub storage: Storage,
    /// Faults at the start.
    pub faults: Faults,
    /// The people behind the numbers.
    pub phones: Phones,
    /// The groups that every session is a member of.
    pub groups: Vec<SimGroup>,
}

/// A group of a simulated server.
#[derive(Clone, Debug)]
pub struct SimGroup {
    /// `<id>@g.us`.
    pub id: String,
    /// Its name.
    pub subject: String,
    /// The digits of its members without the account. Each acknowledges like a person, the first under a LID.
    pub members: Vec<String>,
}

impl Default for SimConfig {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            api_key: None,
            seed: 1,
            time_scale: 1.0,
            webhook_retry_scale: 1.0,
            version: Version::V2026_10,
            engine: Engine::Noweb,
            media: true,
            webhooks: true,
            acks: true,
            auto_scan: None,
            qr_period: Duration::from_secs(20),
            qr_max: 6,
            webhook_concurrency: 64,
            keep_per_chat: 100,
            log_limit: 2_000_000,
            remote_control: false,
            storage: Storage::default(),
            faults: Faults::default(),
            phones: Phones::default(),
            groups: Vec::new(),
        }
    }
}
