//! WAHA's signature: lower-case hex HMAC-SHA512 of the raw body. It contains no time, so it does not prevent
//! a replay; deduplicate on the event's id.

use ::hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use subtle::ConstantTimeEq;

/// Whether `header` (`X-Webhook-Hmac`) signs `raw_body` with `key`. Constant time.
#[must_use]
pub fn verify_hmac(key: &[u8], raw_body: &[u8], header: &str) -> bool {
    sign_hmac(key, raw_body).is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(header.as_bytes())))
}

/// The header's value for this body. `None` never happens in practice: any key length is fine.
#[must_use]
pub fn sign_hmac(key: &[u8], raw_body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).ok()?;
    mac.update(raw_body);
    Some(hex::encode(mac.finalize().into_bytes()))
}
