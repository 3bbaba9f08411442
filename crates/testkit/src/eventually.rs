//! Waiting for what other tasks or processes bring about: the one polling helper of all tests.
//!
//! It must never say anything about speed. A test that sleeps where it could wait is slow on every machine and wrong on
//! a busy one; this asks until it is so, and its limit only ends a test that would wait for ever.

use std::fmt::Debug;
use std::time::{Duration, Instant};

/// How long nothing may change on the slowest and busiest machine.
pub const PATIENCE: Duration = Duration::from_secs(180);

const SHORTEST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// What one look sees: what was waited for, or what is there instead.
pub trait Look {
    /// What was waited for.
    type Found;

    /// It, or what is there instead, in words.
    fn found(self) -> Result<Self::Found, String>;
}

/// A condition; of one that does not hold nothing more is known.
impl Look for bool {
    type Found = ();

    fn found(self) -> Result<(), String> {
        self.then_some(()).ok_or_else(|| "it is not so".to_owned())
    }
}

/// A value, or the one that is there instead.
impl<T, Seen: Debug> Look for Result<T, Seen> {
    type Found = T;

    fn found(self) -> Result<T, String> {
        self.map_err(|seen| format!("{seen:?}"))
    }
}

/// Looks again and again until it finds what is waited for, and returns that. When what is there instead has not changed
/// for [`PATIENCE`], it panics with it; `what` says what was waited for.
pub async fn eventually<L: Look>(what: &str, mut look: impl AsyncFnMut() -> L) -> L::Found {
    let begun = Instant::now();
    let (mut changed, mut last) = (begun, String::new());
    loop {
        let seen = match look().await.found() {
            Ok(found) => return found,
            Err(seen) => seen,
        };
        if seen != last {
            (changed, last) = (Instant::now(), seen);
        }
        let still = changed.elapsed();
        assert!(still < PATIENCE, "waited for {what}, but {} s long it was: {last}", still.as_secs());
        // What takes long is looked at seldom, so that looking does not make it take longer.
        tokio::time::sleep((begun.elapsed() / 16).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)).await;
    }
}

/// [`eventually`], for a value that has to become `wanted`.
pub async fn eventually_is<T: Debug + PartialEq>(what: &str, wanted: T, mut look: impl AsyncFnMut() -> T) {
    eventually(what, async || {
        let seen = look().await;
        if seen == wanted { Ok(()) } else { Err(seen) }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::{eventually, eventually_is};

    #[tokio::test(start_paused = true)]
    async fn it_looks_until_it_is_so() {
        let mut looks = 0;
        let found = eventually("three looks", async || {
            looks += 1;
            if looks == 3 { Ok(looks) } else { Err(looks) }
        })
        .await;
        assert_eq!(found, 3);
        eventually_is("five", 5, async || {
            looks += 1;
            looks
        })
        .await;
    }
}
