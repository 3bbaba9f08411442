//! Access tokens (JWT, HS256, short) and opaque ones (random, stored as SHA-256): refresh tokens, used once, and those of
//! pairing links.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
pub use jsonwebtoken::errors::Error as InvalidSecret;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wahana_domain::access::Role;
use wahana_domain::{DeviceId, OrganizationId, UserId};

use crate::problem::{Answer, Code, Problem};

const ISSUER: &str = "wahana";
const AUDIENCE: &str = "wahana-api";

/// Signs and verifies access tokens.
pub struct Signer {
    encoding: EncodingKey,
    decoding: DecodingKey,
    key_id: String,
    validation: Validation,
    lifetime: Duration,
}

/// Whose token it is.
#[derive(Clone, Debug)]
pub struct Claims {
    pub user: UserId,
    pub organization: OrganizationId,
    pub device: DeviceId,
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    iss: String,
    aud: String,
    sub: UserId,
    org: OrganizationId,
    role: Role,
    dev: DeviceId,
    iat: i64,
    exp: i64,
}

impl Signer {
    /// Signs with this secret; a token lasts for `lifetime`.
    ///
    /// # Errors
    /// When the secret is empty.
    pub fn new(secret: &SecretString, lifetime: Duration) -> Result<Self, InvalidSecret> {
        let secret = secret.expose_secret().as_bytes();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_exp = false; // by our own clock, in `verify`
        Ok(Self {
            encoding: EncodingKey::from_secret(secret)?,
            decoding: DecodingKey::from_secret(secret)?,
            key_id: hex::encode(&Sha256::digest([b"wahana key id", secret].concat())[..4]),
            validation,
            lifetime,
        })
    }

    /// How long a token lasts.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// A token for this device.
    pub fn sign(
        &self,
        user: UserId,
        organization: OrganizationId,
        role: Role,
        device: DeviceId,
        now: DateTime<Utc>,
    ) -> Answer<String> {
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(Algorithm::HS256) };
        let body = Body {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user,
            org: organization,
            role,
            dev: device,
            iat: now.timestamp(),
            exp: now.timestamp() + self.lifetime.as_secs().cast_signed(),
        };
        jsonwebtoken::encode(&header, &body, &self.encoding).map_err(Problem::internal)
    }

    /// Whose token this is; says nothing about whether the device was logged out since.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Answer<Claims> {
        let unknown = || Problem::of(Code::Unauthenticated);
        let data =
            jsonwebtoken::decode::<Body>(token, &self.decoding, &self.validation).map_err(|_| unknown())?;
        if data.header.kid.as_deref() != Some(&self.key_id) {
            return Err(unknown());
        }
        let Body { sub, org, dev, exp, .. } = data.claims;
        let expires_at = DateTime::from_timestamp(exp, 0).ok_or_else(unknown)?;
        if expires_at <= now {
            return Err(Problem::of(Code::TokenExpired));
        }
        Ok(Claims { user: sub, organization: org, device: dev, expires_at })
    }
}

/// A random token that was just made.
pub struct OpaqueToken {
    /// The token itself: sent once.
    pub text: String,
    /// What is stored.
    pub hash: [u8; 32],
}

impl OpaqueToken {
    /// 256 random bits behind a prefix that says what it is.
    pub fn make(prefix: &str, random: [u8; 32]) -> Self {
        let text = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random));
        Self { hash: Self::hash(&text), text }
    }

    /// What is stored of this token.
    pub fn hash(text: &str) -> [u8; 32] {
        Sha256::digest(text).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn signer(secret: &str) -> Signer {
        Signer::new(&secret.to_owned().into(), Duration::from_secs(900)).unwrap()
    }

    fn token(signer: &Signer, now: DateTime<Utc>) -> String {
        signer
            .sign(UserId::new(now, 1), OrganizationId::new(now, 2), Role::Owner, DeviceId::new(now, 3), now)
            .unwrap()
    }

    #[test]
    fn a_token_lives_its_time_and_no_longer() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let signer = signer("one secret of at least 32 characters");
        let token = token(&signer, now);
        assert_eq!(signer.verify(&token, now).unwrap().device, DeviceId::new(now, 3));
        assert!(signer.verify(&token, now + TimeDelta::seconds(899)).is_ok());
        assert_eq!(
            signer.verify(&token, now + TimeDelta::seconds(900)).unwrap_err().code,
            Code::TokenExpired
        );
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ours = signer("one secret of at least 32 characters");
        let token = token(&ours, now);
        let (head, rest) = token.split_once('.').unwrap();
        let (body, _) = rest.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let no_kid = jsonwebtoken::encode(
            &Header::new(Algorithm::HS256),
            &jsonwebtoken::decode::<Body>(&token, &ours.decoding, &ours.validation).unwrap().claims,
            &ours.encoding,
        )
        .unwrap();
        for bad in [
            String::new(),
            "a.b.c".into(),
            format!("{none}.{body}."),
            format!("{head}.{body}."),
            no_kid,
            format!("{token}x"),
        ] {
            assert_eq!(ours.verify(&bad, now).unwrap_err().code, Code::Unauthenticated, "{bad}");
        }
        assert!(signer("another secret of at least 32 characters").verify(&token, now).is_err());
    }
}
