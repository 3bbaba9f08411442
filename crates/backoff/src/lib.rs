//! Growing pauses between tries that go on for ever: each about twice the one before, drawn from the upper half of its
//! span, so that processes that failed together do not come back together.
//!
//! - A call that is repeated until it succeeds: `call.retry(pauses(first, longest))` with [`backon::Retryable`].
//! - The same until the process is to end: [`until_shutdown`].
//! - A loop that does more than repeat a call: [`Backoff`].
//!
//! Must never: give up by itself. When a job is tried again is no business of this crate: that is a schedule in Postgres
//! (`jobs/src/retry.rs`).

use std::pin::Pin;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder, Retryable};
use tokio_util::sync::CancellationToken;

/// Pauses of at most `first`, growing to at most `longest`, without end.
pub fn pauses(first: Duration, longest: Duration) -> ExponentialBuilder {
    // The jitter adds up to as much again.
    let builder = ExponentialBuilder::default().with_min_delay(first / 2).with_max_delay(longest / 2);
    builder.without_max_times().with_jitter()
}

/// One try. Boxed, so that what awaits it can be sent to another thread whatever it borrows.
pub type Attempt<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Repeats `attempt` until it succeeds, with growing pauses in between; each failure is told to `failed`. `None`: the
/// end of the process was asked for first.
pub async fn until_shutdown<'a, T, E>(
    shutdown: &CancellationToken,
    first: Duration,
    longest: Duration,
    attempt: impl FnMut() -> Attempt<'a, T, E>,
    mut failed: impl FnMut(&E),
) -> Option<T> {
    let tries = attempt.retry(pauses(first, longest)).notify(|error, _| failed(error));
    shutdown.run_until_cancelled(tries).await?.ok()
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
    use std::cell::Cell;

    use tokio::time::Instant;

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

    #[tokio::test(start_paused = true)]
    async fn it_is_tried_until_it_works_or_the_process_ends() {
        let (shutdown, mut tries, told) = (CancellationToken::new(), 0, Cell::new(0));
        let attempt = || -> Attempt<'_, u32, &str> {
            tries += 1;
            let answer = if tries < 20 { Err("not yet") } else { Ok(tries) };
            Box::pin(async move { answer })
        };
        let told_once = |_: &&str| told.set(told.get() + 1);
        assert_eq!(until_shutdown(&shutdown, FIRST, LONGEST, attempt, told_once).await, Some(20));
        assert_eq!(told.get(), 19);

        let never = || -> Attempt<'_, (), &str> { Box::pin(async { Err("never") }) };
        let start = Instant::now();
        let tries = until_shutdown(&shutdown, FIRST, LONGEST, never, |_| {});
        let end = async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            shutdown.cancel();
        };
        assert_eq!(tokio::join!(tries, end).0, None);
        assert_eq!(start.elapsed(), Duration::from_secs(60));
    }
}
