//! When a job is tried again: exponential backoff with jitter.

use std::time::Duration;

/// How often and how fast a kind of job is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The pause after the first attempt, before jitter.
    pub base: Duration,
    /// No pause is longer.
    pub cap: Duration,
}

impl Retry {
    /// The pause after attempt number `attempt` (from 1), or `None` when that was the last one. `random` in
    /// [0, 1) spreads it over the upper half of the backoff, so that a thousand failures do not come back at once.
    pub fn after(&self, attempt: u32, random: f64) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let doubled =
            self.base.saturating_mul(1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
        Some(doubled.min(self.cap).mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_cap_and_ends() {
        let retry = Retry { attempts: 5, base: Duration::from_secs(2), cap: Duration::from_secs(10) };
        let pauses: Vec<_> = (1..=5).map(|n| retry.after(n, 1.0).map(|d| d.as_secs())).collect();
        assert_eq!(pauses, [Some(2), Some(4), Some(8), Some(10), None]);
        assert_eq!(retry.after(1, 0.0), Some(Duration::from_secs(1)));
        assert!(Retry { attempts: 200, ..retry }.after(150, 0.5).is_some_and(|d| d <= retry.cap));
    }
}
