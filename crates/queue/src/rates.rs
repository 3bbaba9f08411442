//! Rates shared by many lanes and all schedulers: token buckets in Redis, charged when jobs are released.
//!
//! If Redis loses them, they start nearly empty, so that a rate is exceeded by at most one burst.

use std::sync::LazyLock;

use redis::Script;

use crate::{Queue, QueueError};

static RATES: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("rates.lua")));
/// Capacity of a bucket, as the milliseconds in which it fills; at least one token.
const BURST_MS: u64 = 2_000;

/// A rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Unique name of the rate.
    pub name: String,
    /// Jobs per minute; at least 1.
    pub per_minute: u32,
}

/// A request to release jobs.
#[derive(Clone, Debug)]
pub struct Ask {
    /// All rates that apply.
    pub rates: Vec<Rate>,
    /// Jobs of class hi; negative to return unused tokens.
    pub hi: i64,
    /// Jobs of class lo.
    pub lo: i64,
}

/// The answer: how many jobs may be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Jobs of class hi.
    pub hi: u32,
    /// Jobs of class lo.
    pub lo: u32,
    /// The rate that allowed less than requested, and in how many milliseconds it allows the next job.
    pub bound: Option<(usize, u64)>,
}

impl Queue {
    /// Takes the allowed part of all requests in one step, in their order.
    pub async fn take_rates(&self, asks: &[Ask]) -> Result<Vec<Allowed>, QueueError> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        let mut call = RATES.key(format!("{}:rate", self.tag("lanes")));
        for ask in asks {
            call.arg(ask.hi).arg(ask.lo).arg(ask.rates.len());
            for rate in &ask.rates {
                let burst = (u64::from(rate.per_minute) * BURST_MS / 60_000).max(1);
                call.arg(&rate.name).arg(rate.per_minute.max(1)).arg(burst);
            }
        }
        let rows: Vec<(i64, i64, usize, u64)> = call.invoke_async(&mut self.conn.clone()).await?;
        let count = |n: i64| u32::try_from(n).unwrap_or(0);
        Ok(rows
            .into_iter()
            .map(|(hi, lo, bound, wait)| Allowed {
                hi: count(hi),
                lo: count(lo),
                bound: bound.checked_sub(1).map(|at| (at, wait)),
            })
            .collect())
    }
}
