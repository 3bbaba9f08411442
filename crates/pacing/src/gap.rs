//! Random pause between two messages, irregular so that sending does not look automated: skewed like a
//! log-normal distribution, but bounded.
//!
//! Redis draws the pause at the claim (`crates/queue/src/lanes/lua/claim.lua`) by the same formula. This file
//! is for the forecast and its tests.

use wahana_domain::policy::PacingPolicy;

/// The mean of [`skewed`]: b * B(1 + 1/a, b) of Kumaraswamy's distribution with a = 2, b = 4.
const MEAN: f64 = 0.406_35;
/// The mean of a uniform draw.
const HALF: f64 = 0.5;

/// Kumaraswamy's distribution (a = 2, b = 4) from a uniform draw in [0, 1): most near 0.38, few near 1.
pub fn skewed(uniform: f64) -> f64 {
    (1.0 - (1.0 - uniform).powf(0.25)).sqrt()
}

/// One pause in milliseconds. `until_break` counts down to the next break; all three draws are in [0, 1).
pub fn draw_ms(policy: &PacingPolicy, until_break: &mut Option<u32>, draws: [f64; 3]) -> f64 {
    let between = |min: u32, max: u32, x: f64| f64::from(min) + f64::from(max.saturating_sub(min)) * x;
    if let Some(breaks) = policy.breaks {
        let left = until_break.get_or_insert_with(|| break_after(breaks.every, draws[2]));
        *left = left.saturating_sub(1);
        if *left == 0 {
            *until_break = None;
            return between(breaks.min_ms, breaks.max_ms, draws[1]);
        }
    }
    between(policy.gap_min_ms, policy.gap_max_ms, skewed(draws[0]))
}

/// Number of messages until the next break: half to one and a half of `every`.
fn break_after(every: u32, uniform: f64) -> u32 {
    (f64::from(every) * (HALF + uniform)).ceil() as u32
}

/// The mean pause in milliseconds, breaks included; at least one.
pub fn mean_ms(policy: &PacingPolicy) -> f64 {
    let span = f64::from(policy.gap_max_ms.saturating_sub(policy.gap_min_ms));
    let gap = f64::from(policy.gap_min_ms) + span * MEAN;
    let mean = match policy.breaks {
        Some(breaks) => {
            let long = (f64::from(breaks.min_ms) + f64::from(breaks.max_ms)) * HALF;
            let every = (f64::from(breaks.every) + HALF).max(1.0);
            gap + (long - gap) / every
        }
        None => gap,
    };
    mean.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spread over [0, 1), each of the three draws in a different order.
    fn draws(n: u32) -> impl Iterator<Item = [f64; 3]> {
        let part = |i: u32, step: f64| (f64::from(i) * step).fract();
        (0..n).map(move |i| [part(i, 0.618_034), part(i, 0.754_878), part(i, 0.569_84)])
    }

    #[test]
    fn the_mean_is_what_is_drawn() {
        let policies = [
            PacingPolicy::default(),
            serde_json::from_str(r#"{"breaks": {"every": 20, "min_ms": 300000, "max_ms": 900000}}"#).unwrap(),
        ];
        for policy in policies {
            let mut until_break = None;
            let all: Vec<f64> = draws(40_000).map(|d| draw_ms(&policy, &mut until_break, d)).collect();
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            let told = mean_ms(&policy);
            assert!((mean / told - 1.0).abs() < 0.02, "{mean} drawn, {told} told");
            assert!(all.iter().all(|gap| *gap >= f64::from(policy.gap_min_ms)));
        }
    }

    #[test]
    fn it_is_no_beat_and_not_even() {
        let below = draws(10_000).filter(|d| skewed(d[0]) < 0.5).count();
        assert!((6_500..7_500).contains(&below), "{below} of 10000 in the lower half");
        let shortest = draws(10_000).filter(|d| skewed(d[0]) < 0.1).count();
        assert!(shortest < 500, "{shortest} of 10000 near the shortest");
    }
}
