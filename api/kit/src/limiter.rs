//! How many requests one caller may make: a bucket per caller, in this process.
//!
//! Guards the edge only. It never paces what is sent through WhatsApp; that is the lanes' work.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::auth::KnownDevice;
use crate::problem::{Code, Problem};

/// When there are more callers than this, those that rest are forgotten.
const MAX_BUCKETS: usize = 10_000;

/// Whose bucket a request is taken from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    /// An API key or a logged-in device.
    Caller(uuid::Uuid),
    /// Somebody unknown at this address.
    Address(IpAddr),
    /// The holders of this pairing link.
    Link(uuid::Uuid),
    /// Attempts to log in with this email address, from networks that nobody logged in from with it.
    Email(String),
    /// Attempts to log in with this email address from this network.
    Login(IpAddr, String),
    /// Attempts to log in from a device that logged in with this account before.
    Device(KnownDevice),
    /// Attempts of this user to give the current password.
    User(uuid::Uuid),
}

/// The network of an address: the first 24 bits of IPv4, 64 of IPv6. One household or server has all the others.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            Ipv4Addr::new(a, b, c, 0).into()
        }
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
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
        // The owner of one IPv6 address has at least all of its network.
        let who = match who {
            Who::Address(address @ IpAddr::V6(_)) => Who::Address(network(address)),
            other => other,
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f5_a_network_is_more_than_an_address() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("203.0.113.77"), "203.0.113.0");
        assert_eq!(of("::ffff:203.0.113.77"), "203.0.113.0");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }

    #[test]
    fn f5_an_address_of_ipv6_is_counted_with_its_network() {
        let one = NonZeroU32::MIN;
        let limiter = Limiter::new(one, one);
        let ask = |text: &str| limiter.check(Who::Address(text.parse().unwrap())).is_ok();
        assert!(ask("2001:db8::1"));
        assert!(!ask("2001:db8::2"));
        assert!(ask("2001:db8:0:1::1"));
    }
}
