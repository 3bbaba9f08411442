//! Authentication: from a token or a key to a [`Caller`].

mod api_key;
mod caller;
pub mod cookie;
mod device_token;
mod password;
mod token;

pub use api_key::NewKey;
pub use caller::{Caller, KeyCaller, UserCaller};
pub use device_token::{DeviceTokens, KnownDevice};
pub use password::{Passwords, Person, check_strength};
pub use token::{InvalidSecret, OpaqueToken, Signer};

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, header};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use wahana_domain::DeviceId;
use wahana_store::Store;
use wahana_store::accounts::devices::Member;

use crate::cache::Cache;
use crate::problem::{Answer, Code, Problem};

/// How long a revoked key may still work in another process.
const KEY_LIFETIME: TimeDelta = TimeDelta::seconds(1);
/// How long a logged-out device may still work in another process.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::seconds(5);

/// What authentication needs of the settings.
pub struct AuthOptions<'a> {
    /// Signs access tokens (HS256).
    pub jwt_secret: &'a SecretString,
    /// How long an access token lasts.
    pub access_token: Duration,
    /// How many passwords are hashed at once.
    pub password_hashes: usize,
}

/// Tokens, keys and passwords.
pub struct Auth {
    /// Signs and verifies access tokens.
    pub signer: Signer,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// Remembers devices that logged in before.
    pub device_tokens: DeviceTokens,
    keys: Cache<[u8; 32], Option<KeyCaller>>,
    devices: Cache<DeviceId, Option<Arc<Member>>>,
}

impl Auth {
    /// Without any cached key or device.
    ///
    /// # Errors
    /// When the secret that tokens are signed with is empty.
    pub fn new(options: AuthOptions<'_>) -> Result<Self, InvalidSecret> {
        Ok(Self {
            signer: Signer::new(options.jwt_secret, options.access_token)?,
            passwords: Passwords::new(options.password_hashes),
            device_tokens: DeviceTokens::new(options.jwt_secret),
            keys: Cache::new(KEY_LIFETIME),
            devices: Cache::new(DEVICE_LIFETIME),
        })
    }

    /// The caller that sent these headers.
    pub async fn caller(&self, store: &Store, headers: &HeaderMap) -> Answer<Caller> {
        let credential = credential(headers)?;
        let now = store.clock().now();
        if credential.starts_with(api_key::PREFIX) {
            return self.key_caller(store, credential, now).await;
        }
        self.user_caller(store, credential, now).await
    }

    async fn key_caller(&self, store: &Store, text: &str, now: DateTime<Utc>) -> Answer<Caller> {
        let hash = api_key::hash(text).ok_or_else(unauthenticated)?;
        let known = match self.keys.get(&hash, now) {
            Some(known) => known,
            None => {
                let found = store.system().api_keys().authenticate(&hash).await?.map(KeyCaller::from);
                self.keys.put(hash, found.clone(), now);
                found
            }
        };
        let caller =
            known.filter(|key| key.expires_at.is_none_or(|end| end > now)).ok_or_else(unauthenticated)?;
        Ok(Caller::Key(caller))
    }

    async fn user_caller(&self, store: &Store, token: &str, now: DateTime<Utc>) -> Answer<Caller> {
        let claims = self.signer.verify(token, now)?;
        let member = match self.devices.get(&claims.device, now) {
            Some(member) => member,
            None => {
                let member = store.system().devices().member(claims.device).await?.map(Arc::new);
                self.devices.put(claims.device, member.clone(), now);
                member
            }
        };
        let member = member.ok_or_else(unauthenticated)?;
        Ok(Caller::User(UserCaller::new(claims, &member)))
    }

    /// Logged out: from now on in this process, within seconds in others.
    pub fn forget_device(&self, device: DeviceId) {
        self.devices.forget(&device);
    }

    /// Revoked: from now on in this process, within a second in others.
    pub fn forget_key(&self, hash: &[u8; 32]) {
        self.keys.forget(hash);
    }
}

/// What stands in `X-Api-Key`, or in `Authorization` after `Bearer`.
fn credential(headers: &HeaderMap) -> Answer<&str> {
    let key = headers.get("x-api-key").and_then(|value| value.to_str().ok());
    let bearer = || {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, rest) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(rest.trim())
    };
    key.or_else(bearer).ok_or_else(unauthenticated)
}

fn unauthenticated() -> Problem {
    Problem::of(Code::Unauthenticated)
}
