//! Typing before a message, as a person would: seen, typing for as long as the text takes, send.

use serde::{Deserialize, Serialize};

use super::refuse;
use crate::{FieldError, Rule};

/// Longest typing before one message, in milliseconds: well below the time a worker gets to finish at shutdown.
const MAX_MS: u32 = 15_000;

/// How a session pretends to type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Typing {
    /// Characters per minute; people on a phone manage about 200.
    pub chars_per_minute: u32,
    /// Longest typing before one message, in milliseconds.
    pub max_ms: u32,
}

impl Default for Typing {
    fn default() -> Self {
        Self { chars_per_minute: 400, max_ms: 8_000 }
    }
}

impl Typing {
    /// How long this text takes, in milliseconds; `random` in [0, 1) makes it up to a fifth shorter or longer.
    pub fn duration_ms(&self, text: &str, random: f64) -> u64 {
        let even = text.chars().count() as f64 * 60_000.0 / f64::from(self.chars_per_minute.max(1));
        (even * (0.8 + 0.4 * random)).min(f64::from(self.max_ms)) as u64
    }

    pub(super) fn validate(&self) -> Result<(), FieldError> {
        if !(30..=5_000).contains(&self.chars_per_minute) {
            return refuse("typing.chars_per_minute", Rule::OutOfRange { min: 30, max: 5_000 });
        }
        if !(1..=MAX_MS).contains(&self.max_ms) {
            return refuse("typing.max_ms", Rule::OutOfRange { min: 1, max: MAX_MS.into() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_take_longer_up_to_a_bound() {
        let typing = Typing { chars_per_minute: 600, max_ms: 5_000 };
        assert_eq!(typing.duration_ms("ten chars.", 0.5), 1_000);
        assert_eq!(typing.duration_ms("ten chars.", 0.0), 800);
        assert_eq!(typing.duration_ms(&"x".repeat(10_000), 0.9), 5_000);
        assert_eq!(typing.duration_ms("", 0.5), 0);
    }
}
