//! `Idempotency-Key`: the same request under the same key is done once and answered alike.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use wahana_domain::Rule;
use wahana_store::Tenant;
use wahana_store::db::idempotency::{Claim, Idempotency};

use crate::extract::Json;
use crate::problem::{Answer, Code, Problem};
use crate::state::ApiState;

const HEADER: &str = "idempotency-key";
const REPLAYED: &str = "idempotent-replayed";
const MAX_LENGTH: usize = 255;

/// The header, if the client sent one.
pub struct IdempotencyKey(Option<String>);

impl FromRequestParts<ApiState> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Self(None)) };
        let text = value.to_str().ok().filter(|text| !text.trim().is_empty() && text.len() <= MAX_LENGTH);
        let text = text.ok_or_else(|| {
            Problem::field("Idempotency-Key", Rule::BadIdempotencyKey { max: MAX_LENGTH as u64 })
        })?;
        Ok(Self(Some(text.to_owned())))
    }
}

/// A request that carries a key, and what it says.
pub struct Once {
    key: String,
    fingerprint: [u8; 32],
}

impl IdempotencyKey {
    /// The key with the fingerprint of this request: `route` names what is asked for, `body` is the request as it
    /// was read, so that spaces and the order of fields make no difference.
    pub fn once(self, route: &str, body: &impl Serialize) -> Answer<Option<Once>> {
        let Some(key) = self.0 else { return Ok(None) };
        let body = serde_json::to_vec(body).map_err(Problem::internal)?;
        let mut hash = Sha256::new();
        hash.update(route.as_bytes());
        hash.update([0]);
        hash.update(&body);
        Ok(Some(Once { key, fingerprint: hash.finalize().into() }))
    }
}

impl Once {
    /// What the store claims: remembered for 24 hours after it is due.
    pub fn claim(
        &self,
        status: StatusCode,
        view: &impl Serialize,
        due: DateTime<Utc>,
    ) -> Answer<Idempotency> {
        Ok(Idempotency {
            key: self.key.clone(),
            fingerprint: self.fingerprint,
            status: status.as_u16(),
            response: serde_json::to_value(view).map_err(Problem::internal)?,
            expires_at: due + TimeDelta::hours(24),
        })
    }

    /// The answer of an earlier request under this key, for what would otherwise fail or cost before it is claimed.
    pub async fn earlier(&self, tenant: &Tenant) -> Answer<Option<Response>> {
        match tenant.idempotency().claimed(&self.key, self.fingerprint).await? {
            Claim::First => Ok(None),
            Claim::Replay { status, response } => Ok(Some(replay(status, response))),
            Claim::Reused => Err(Problem::of(Code::IdempotencyKeyReused)),
        }
    }
}

pub use wahana_service::messages::accept::stored;

/// The first request's answer again.
pub fn replay(status: u16, response: serde_json::Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, Json(response)).into_response();
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
