//! API keys: `wah_`, 32 random characters, 6 characters of checksum. Only the SHA-256 is kept.
//!
//! The checksum lets us turn junk away without asking the database, and lets secret scanners be sure.

use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// What every key begins with.
pub(super) const PREFIX: &str = "wah_";
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LEN: usize = 32;
const CHECKSUM_LEN: usize = 6;
/// How much of a key is shown in lists.
const SHOWN_LEN: usize = 12;

/// A key that was just made.
pub struct NewKey {
    /// The key itself: shown once.
    pub text: SecretString,
    /// Its beginning, to tell keys apart.
    pub prefix: String,
    /// What is stored.
    pub hash: [u8; 32],
}

impl NewKey {
    /// 190 bits of randomness.
    pub fn make(rng: &mut impl rand::Rng) -> Self {
        let random: String =
            (0..RANDOM_LEN).map(|_| char::from(BASE62[rng.random_range(0..BASE62.len())])).collect();
        let text = format!("{PREFIX}{random}{}", checksum(&random));
        Self { prefix: text[..SHOWN_LEN].to_owned(), hash: Sha256::digest(&text).into(), text: text.into() }
    }
}

/// What is stored of this key; `None` if it cannot be one of ours.
pub(super) fn hash(text: &str) -> Option<[u8; 32]> {
    let rest = text
        .strip_prefix(PREFIX)
        .filter(|rest| rest.is_ascii() && rest.len() == RANDOM_LEN + CHECKSUM_LEN)?;
    let (random, sum) = rest.split_at(RANDOM_LEN);
    (checksum(random) == sum).then(|| Sha256::digest(text).into())
}

fn checksum(random: &str) -> String {
    Sha256::digest(random)
        .iter()
        .take(CHECKSUM_LEN)
        .map(|byte| char::from(BASE62[usize::from(*byte) % BASE62.len()]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn only_whole_keys_have_a_hash() {
        let key = NewKey::make(&mut rand::rng());
        let text = key.text.expose_secret();
        assert_eq!(text.len(), 42);
        assert_eq!(hash(text), Some(key.hash));
        assert!(text.starts_with(&key.prefix));
        let mut typo = text.to_owned().into_bytes();
        typo[10] = if typo[10] == b'a' { b'b' } else { b'a' };
        for bad in ["", "wah_", "wah_ü", &text[..41], &String::from_utf8(typo).unwrap()] {
            assert_eq!(hash(bad), None, "{bad}");
        }
    }
}
