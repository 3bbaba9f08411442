//! Seeded random numbers: the same (seed, what, session, chat, n) gives the same number, in any order of
//! calls.

/// A stream of numbers that belongs to one decision.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64, what: &str, session: &str, chat: &str, n: u32) -> Self {
        let mut hash = seed ^ 0xcbf2_9ce4_8422_2325;
        for part in [what, session, chat] {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Self(hash ^ (u64::from(n) << 32))
    }

    /// splitmix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// In [0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// In [low, high].
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high.saturating_sub(low) + 1)
    }
}

/// `evt_` ids: a lower-case ULID of the time and 80 bits of chance (docs/waha.md 0.7).
pub(crate) fn ulid(now_ms: i64, random: u128) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let value = (u128::from(now_ms.unsigned_abs()) << 80) | (random & ((1 << 80) - 1));
    (0..26).rev().map(|place| char::from(ALPHABET[(value >> (place * 5)) as usize & 31])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way() {
        let roll = |seed, n| Dice::new(seed, "fault", "s", "c", n).next();
        assert_eq!(roll(1, 1), roll(1, 1));
        assert_ne!(roll(1, 1), roll(1, 2));
        assert_ne!(roll(1, 1), roll(2, 1));
        let hits = (0..10_000).filter(|n| Dice::new(7, "x", "s", "c", *n).chance(0.25)).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
    }

    #[test]
    fn ulids_sort_by_time() {
        assert_eq!(ulid(1, 0).len(), 26);
        assert!(ulid(1_795_353_207_380, u128::MAX) < ulid(1_795_353_207_381, 0));
        assert!(ulid(1_795_353_207_380, 0).starts_with("01m81p7rj"), "{}", ulid(1_795_353_207_380, 0));
    }
}
