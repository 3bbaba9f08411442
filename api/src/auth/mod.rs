//! Who calls: from a token or a key to a [`Caller`].

mod api_key;
mod caller;
pub(crate) mod cookie;
mod password;
mod token;

pub(crate) use api_key::NewKey;
pub(crate) use caller::{Caller, KeyCaller, UserCaller};
pub(crate) use password::{Passwords, check_strength};
pub(crate) use token::{OpaqueToken, Signer};

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::DeviceId;
use wahana_store::Store;
use wahana_store::devices::Member;

use crate::cache::Cache;
use crate::problem::{Answer, Code, Problem};
use crate::state::ApiConfig;

/// How long a revoked key may still work in another process.
const KEY_LIFETIME: TimeDelta = TimeDelta::seconds(1);
/// How long a logged-out device may still work in another process.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::seconds(5);

/// Tokens, keys and passwords.
pub(crate) struct Auth {
    pub(crate) signer: Signer,
    pub(crate) passwords: Passwords,
    keys: Cache<[u8; 32], Option<KeyCaller>>,
    devices: Cache<DeviceId, Option<Arc<Member>>>,
}

impl Auth {
    pub(crate) fn new(config: &ApiConfig) -> Self {
        Self {
            signer: Signer::new(&config.jwt_secret, config.access_token),
            passwords: Passwords::new(config.password_hashes),
            keys: Cache::new(KEY_LIFETIME),
            devices: Cache::new(DEVICE_LIFETIME),
        }
    }

    /// Who sent these headers.
    pub(crate) async fn caller(&self, store: &Store, headers: &HeaderMap) -> Answer<Caller> {
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
                let found = store.system().use_api_key(&hash).await?.map(KeyCaller::from);
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
                let member = store.system().device_member(claims.device).await?.map(Arc::new);
                self.devices.put(claims.device, member.clone(), now);
                member
            }
        };
        let member = member.ok_or_else(unauthenticated)?;
        Ok(Caller::User(UserCaller::new(claims, &member)))
    }

    /// Logged out: from now on in this process, within seconds in others.
    pub(crate) fn forget_device(&self, device: DeviceId) {
        self.devices.forget(&device);
    }

    /// Revoked: from now on in this process, within a second in others.
    pub(crate) fn forget_key(&self, hash: &[u8; 32]) {
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
