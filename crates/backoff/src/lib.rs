//! Growing pauses between tries that go on for ever: each about twice the one before, drawn from the upper half of its
//! span, so that processes that failed together do not come back together.
//!
//! - A call that is repeated until it succeeds: `call.retry(pauses(first, longest))` with [`backon::Retryable`].
//! - The same until the process is to end, or a loop that does more than repeat a call: [`Backoff`].
//!
//! ```ignore
//! let mut backoff = Backoff::new(first, longest);
//! while let Err(error) = call().await {
//!     tracing::warn!(error.message = %error, "...");
//!     if shutdown.run_until_cancelled(sleep(backoff.next_pause())).await.is_none() {
//!         break;
//!     }
//! }
//! ```
//!
//! Must never: give up by itself. When a job is tried again is no business of this crate: that is a schedule in Postgres
//! (`jobs/src/retry.rs`).

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// Pauses of at most `first`, growing to at most `longest`, without end.
pub fn pauses(first: Duration, longest: Duration) -> ExponentialBuilder {
    // The jitter adds up to as much again.
    let builder = ExponentialBuilder::default().with_min_delay(first / 2).with_max_delay(longest / 2);
    builder.without_max_times().with_jitter()
}

/// The pauses of a loop.
#[derive(Debug)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    pauses: ExponentialBackoff,
}

impl Backoff {
    /// The first pause takes at most `first`, none more than `longest`.
    pub fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, pauses: pauses(first, longest).build() }
    }

    /// How long to wait after another failure.
    pub fn next_pause(&mut self) -> Duration {
        self.pauses.next().unwrap_or(self.longest)
    }

    /// It worked: the next failure is the first.
    pub fn reset(&mut self) {
        self.pauses = pauses(self.first, self.longest).build();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(100);
    const LONGEST: Duration = Duration::from_secs(2);

    #[test]
    fn pauses_grow_to_the_longest_and_are_not_alike() {
        let mut backoff = Backoff::new(FIRST, LONGEST);
        for round in 0..20_u32 {
            let (pause, most) = (backoff.next_pause(), (FIRST * 2_u32.pow(round.min(10))).min(LONGEST));
            assert!(pause >= most / 2 && pause <= most, "pause {round} is {pause:?}");
        }
        backoff.reset();
        assert!(backoff.next_pause() <= FIRST);
        let draws: Vec<Duration> = (0..10).map(|_| Backoff::new(FIRST, LONGEST).next_pause()).collect();
        assert!(draws.iter().any(|draw| *draw != draws[0]), "every process pauses alike: {draws:?}");
    }
}
