//! Rates that hold over many lanes and all schedulers: token buckets in Redis, taken from when jobs are released.
//!
//! If Redis loses them they begin nearly empty, so a rate errs low, never high by more than a burst.

use std::sync::LazyLock;

use redis::Script;

use crate::{Queue, QueueError};

static RATES: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("rates.lua")));
/// A bucket holds what comes in this long, in milliseconds; at least one.
const BURST_MS: u64 = 2_000;

/// A rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Whose, unique among all rates.
    pub name: String,
    /// Jobs per minute; at least 1.
    pub per_minute: u32,
}

/// What somebody wants to release.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The rates that hold for it, all of them.
    pub rates: Vec<Rate>,
    /// Jobs of class hi; negative to give back what was not used.
    pub hi: i64,
    /// Jobs of class lo.
    pub lo: i64,
}

/// What may be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Jobs of class hi.
    pub hi: u32,
    /// Jobs of class lo.
    pub lo: u32,
    /// Which of the rates allowed less than was wanted, and in how many milliseconds it allows the next.
    pub bound: Option<(usize, u64)>,
}

impl Queue {
    /// Takes what is wanted and allowed, for all askers in one step and in their order.
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
