//! How a new number gets used to sending: a cap for each of its first days.

use serde::{Deserialize, Serialize};

use super::refuse;
use crate::{FieldError, Rule};

/// Longest warm-up, in days.
const MAX_DAYS: usize = 120;

/// Caps for the first days of a number, counted from the day of its first message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WarmUp {
    /// Each day more than the one before.
    Growth {
        /// Most bulk messages on the first day.
        first_day: u32,
        /// Each day's cap in percent of that of the day before: 150 is half as much again.
        percent: u32,
        /// How many days it lasts.
        days: u32,
    },
    /// One cap per day.
    List {
        /// Most bulk messages on the first day, the second, and so on; after the last the warm-up is over.
        caps: Vec<u32>,
    },
}

impl WarmUp {
    /// The cap of a day, the first being 0; `None` when the warm-up is over.
    pub fn cap(&self, day: u32) -> Option<u32> {
        match self {
            Self::Growth { days, .. } if day >= *days => None,
            Self::Growth { first_day, percent, .. } => {
                let grow = |cap: u64, _| (cap * u64::from(*percent)).div_ceil(100).min(u64::from(u32::MAX));
                Some((0..day).fold(u64::from(*first_day), grow) as u32)
            }
            Self::List { caps } => caps.get(day as usize).copied(),
        }
    }

    pub(super) fn validate(&self) -> Result<(), FieldError> {
        match self {
            Self::Growth { first_day: 0, .. } => refuse("warm_up.first_day", Rule::TooSmall { min: 1 }),
            Self::Growth { percent, .. } if !(100..=1_000).contains(percent) => {
                refuse("warm_up.percent", Rule::OutOfRange { min: 100, max: 1_000 })
            }
            Self::Growth { days, .. } if !(1..=MAX_DAYS as u32).contains(days) => {
                refuse("warm_up.days", Rule::OutOfRange { min: 1, max: MAX_DAYS as u64 })
            }
            Self::List { caps } if caps.is_empty() => refuse("warm_up.caps", Rule::TooFewItems { min: 1 }),
            Self::List { caps } if caps.len() > MAX_DAYS => {
                refuse("warm_up.caps", Rule::TooManyItems { max: MAX_DAYS as u64 })
            }
            Self::List { caps } if caps.contains(&0) => refuse("warm_up.caps", Rule::TooSmall { min: 1 }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_grow_day_by_day() {
        let growth = WarmUp::Growth { first_day: 20, percent: 150, days: 4 };
        let caps: Vec<_> = (0..5).map(|day| growth.cap(day)).collect();
        assert_eq!(caps, [Some(20), Some(30), Some(45), Some(68), None]);
        let list = WarmUp::List { caps: vec![5, 9] };
        assert_eq!([list.cap(0), list.cap(1), list.cap(2)], [Some(5), Some(9), None]);
        let wild = WarmUp::Growth { first_day: u32::MAX, percent: 1_000, days: 120 };
        assert_eq!(wild.cap(119), Some(u32::MAX));
    }
}
