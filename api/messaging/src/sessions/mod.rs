//! WhatsApp accounts: pairing, policy, statistics, sender pools.

pub(crate) mod pairing;
pub(crate) mod pairing_links;
pub(crate) mod policy_preview;
pub(crate) mod sender_pools;
pub(crate) mod session;
pub(crate) mod statistics;
