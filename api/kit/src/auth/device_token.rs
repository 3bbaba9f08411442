//! The token by which a device that logged in before is known again: it is good for one account, lasts a year and opens
//! nothing. A device that sends it is not counted among the strangers who try passwords of that account.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// What every device token begins with.
const PREFIX: &str = "wdt_";
/// How long a device is remembered after its last login: a year.
pub(crate) const LIFETIME: Duration = Duration::from_secs(365 * 24 * 3600);

/// Makes and reads device tokens.
pub struct DeviceTokens {
    secret: SecretString,
}

/// A device that is known for an account, to tell it from others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct KnownDevice([u8; 16]);

impl DeviceTokens {
    /// Signs with a key made of this secret.
    pub(super) fn new(secret: &SecretString) -> Self {
        Self { secret: secret.clone() }
    }

    /// A token for this account, in lower case. `nonce` tells devices apart.
    pub fn make(&self, email: &str, now: DateTime<Utc>, nonce: [u8; 16]) -> String {
        let ends = (now.timestamp() + LIFETIME.as_secs() as i64).to_be_bytes();
        let mac = self.mac(email, ends, nonce);
        let text = URL_SAFE_NO_PAD.encode([&ends[..], &nonce, &mac].concat());
        format!("{PREFIX}{text}")
    }

    /// The device that this token was made for, if it was made for this account and has not ended.
    pub fn read(&self, token: &str, email: &str, now: DateTime<Utc>) -> Option<KnownDevice> {
        let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        let (ends, rest) = bytes.split_first_chunk::<8>()?;
        let (nonce, mac) = rest.split_first_chunk::<16>()?;
        let wanted = self.mac(email, *ends, *nonce);
        // All bytes are compared, so that the time tells nothing.
        let differs =
            wanted.iter().zip(mac).fold(wanted.len() ^ mac.len(), |all, (a, b)| all | usize::from(a ^ b));
        (differs == 0 && i64::from_be_bytes(*ends) > now.timestamp()).then_some(KnownDevice(*nonce))
    }

    /// HMAC-SHA256 (RFC 2104) under a key that nothing else is signed with.
    fn mac(&self, email: &str, ends: [u8; 8], nonce: [u8; 16]) -> [u8; 32] {
        let key: [u8; 32] = Sha256::new()
            .chain_update(b"wahana device token\0")
            .chain_update(self.secret.expose_secret().as_bytes())
            .finalize()
            .into();
        let mut block = [0_u8; 64];
        block[..32].copy_from_slice(&key);
        let inner = Sha256::new()
            .chain_update(block.map(|byte| byte ^ 0x36))
            .chain_update(ends)
            .chain_update(nonce)
            .chain_update(email.as_bytes())
            .finalize();
        Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f5_a_device_is_known_for_one_account_and_a_year() {
        let tokens = DeviceTokens::new(&"a secret".to_owned().into());
        let now = DateTime::UNIX_EPOCH;
        let token = tokens.make("ana@a.example", now, [7; 16]);
        assert_eq!(tokens.read(&token, "ana@a.example", now), Some(KnownDevice([7; 16])));
        let read =
            |token: &str, email: &str, days| tokens.read(token, email, now + chrono::TimeDelta::days(days));
        assert!(read(&token, "ana@a.example", 364).is_some());
        assert!(read(&token, "ana@a.example", 365).is_none());
        assert!(read(&token, "bob@a.example", 0).is_none());
        let (start, end) = token.split_at(token.len() - 1);
        let forged = format!("{start}{}", if end == "A" { "E" } else { "A" });
        for wrong in ["", "wdt_", "wdt_AAAA", "x", &token[..30], &forged] {
            assert!(read(wrong, "ana@a.example", 0).is_none(), "{wrong}");
        }
        let others = DeviceTokens::new(&"another secret".to_owned().into());
        assert!(others.read(&token, "ana@a.example", now).is_none());
    }
}
