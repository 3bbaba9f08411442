//! Secrets at rest: sealed with XChaCha20-Poly1305 under a master key that never enters the database.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::StoreError;

/// Format of a sealed secret: one version byte, 24 bytes of nonce, ciphertext with tag.
const VERSION: u8 = 1;
const NONCE_LEN: usize = 24;

/// Seals and opens secrets.
#[derive(Clone)]
pub struct Keyring {
    cipher: XChaCha20Poly1305,
}

impl Keyring {
    /// A keyring of one master key: any long random text.
    pub fn new(master_key: &SecretString) -> Self {
        let key = Sha256::digest(master_key.expose_secret().as_bytes());
        Self { cipher: XChaCha20Poly1305::new(&key) }
    }

    /// The sealed form; different at every call.
    pub fn seal(&self, secret: &SecretString) -> Result<Vec<u8>, StoreError> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), secret.expose_secret().as_bytes())
            .map_err(|_| StoreError::Sealed)?;
        Ok([&[VERSION], &nonce[..], &sealed].concat())
    }

    /// The secret again.
    pub fn open(&self, sealed: &[u8]) -> Result<SecretString, StoreError> {
        let (&VERSION, rest) = sealed.split_first().ok_or(StoreError::Sealed)? else {
            return Err(StoreError::Sealed);
        };
        let (nonce, cipher) = rest.split_first_chunk::<NONCE_LEN>().ok_or(StoreError::Sealed)?;
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), cipher).map_err(|_| StoreError::Sealed)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| StoreError::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_with_its_own_key_only() {
        let ring = Keyring::new(&"one".into());
        let sealed = ring.seal(&"s3cret".into()).unwrap();
        assert_eq!(ring.open(&sealed).unwrap().expose_secret(), "s3cret");
        assert!(!sealed.windows(6).any(|w| w == b"s3cret"));
        assert!(Keyring::new(&"two".into()).open(&sealed).is_err());
        assert!(ring.open(&sealed[..20]).is_err() && ring.open(&[]).is_err());
    }
}
