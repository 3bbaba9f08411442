//! How many requests one caller may make: a bucket per caller, in this process.
//!
//! Guards the edge only. It never paces what is sent through WhatsApp; that is the lanes' work.

use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::{Code, Problem};

/// When there are more callers than this, those that rest are forgotten.
const MAX_BUCKETS: usize = 10_000;

/// Whose bucket a request is taken from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    /// An API key or a logged-in device.
    Caller(uuid::Uuid),
    /// Somebody unknown at this address.
    Address(std::net::IpAddr),
    /// The holders of this pairing link.
    Link(uuid::Uuid),
    /// Attempts to log in with this email address.
    Email(String),
}

/// The buckets of all callers.
pub struct Limiter {
    known: DefaultKeyedRateLimiter<Who>,
    strangers: DefaultKeyedRateLimiter<Who>,
    clock: DefaultClock,
}

impl Limiter {
    /// `known`: requests per second of one caller. `strangers`: attempts per minute without valid credentials.
    pub fn new(known: NonZeroU32, strangers: NonZeroU32) -> Self {
        Self {
            known: RateLimiter::keyed(Quota::per_second(known)),
            strangers: RateLimiter::keyed(Quota::per_minute(strangers)),
            clock: DefaultClock::default(),
        }
    }

    /// Takes one request out of the bucket.
    pub fn check(&self, who: Who) -> Result<(), Problem> {
        let buckets = if matches!(who, Who::Caller(_)) { &self.known } else { &self.strangers };
        if buckets.len() > MAX_BUCKETS {
            buckets.retain_recent();
        }
        buckets.check_key(&who).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Problem::of(Code::RateLimited).retry_after(wait.as_secs() + 1)
        })
    }
}
